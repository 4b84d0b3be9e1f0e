import { Socket } from 'node:net';
import { MikroORM, type EntityManager, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { faultOf } from './errors.js';
import { migrations } from './migrations/index.js';
import { prepareKeyed, tellQueries, type Client } from './prepared.js';
import { runUntil } from './statement.js';
import { inStatementSpan } from './tracing.js';

/** Where PostgreSQL is: a URL, or the address of an embedded cluster's socket. */
export type Address = { url: string } | { host: string; port: number; user: string; database: string };

/** What compiles to a text with parameters. */
type Statement<Row> = Pick<RawBuilder<Row>, 'compile'>;

/** Who reads; the policies of the migrations know these roles. */
export interface Reader {
  role: string;
  partnerId: string | null;
}

/** Who writes. */
export interface Writer extends Reader {
  /** For revisions; null where it is nobody whom we have an account of. */
  accountId: string | null;
}

export interface DatabaseOptions {
  address: Address;
  /** Anonymous reads: another login or a replica. Its login needs the role `goodgraph_public`, as that of `address`. */
  publicUrl?: string | undefined;
  entities: NonNullable<Options['entities']>;
  /** Milliseconds: waiting for a pooled connection, and for one statement of a request. */
  deadlines: { pool: number; statement: number };
  /** How many connections each pool of readers has at most. */
  connections?: number;
  /** And each pool of what is read page by page. */
  streamConnections?: number;
  /** Sees the text of every statement that `readAs` runs, and of all that `writeAs` sends, from `begin` to `commit`. */
  onStatement?: ((sql: string) => void) | undefined;
  log?: ((message: string) => void) | undefined;
}

/** The connections of one pool, at this moment. */
export interface PoolState {
  name: 'public' | 'member' | 'public-stream' | 'member-stream' | 'writer' | 'service';
  most: number;
  open: number;
  idle: number;
  /** Callers that wait for one. */
  waiting: number;
}

export interface Database {
  /** The pool of commands and services: full rights, no statement deadline. */
  orm: MikroORM;
  em(): EntityManager;
  /** The setting that says where anonymous reads go, for messages to operators. */
  publicSetting: 'DATABASE_URL' | 'DATABASE_PUBLIC_URL';
  /**
   * A function that runs statements with the rights of a reader and the deadlines of a request. Once `signal` is aborted
   * it fails with the signal's reason, and PostgreSQL stops what is under way.
   */
  readAs(reader: Reader, signal?: AbortSignal): <Row>(query: Statement<Row>) => Promise<Row[]>;
  /** The same by pools of its own, for what is read page by page: who reads much shall not keep others waiting. */
  streamAs: Database['readAs'];
  /**
   * Runs `work` in one transaction with the rights of a reader, and the deadlines of a request for each statement: all of
   * it is stored, or nothing. Once `signal` is aborted nothing is: that is asked last before the commit, for statements
   * here are short, and have their deadline.
   */
  writeAs<Result>(
    writer: Writer,
    signal: AbortSignal | undefined,
    work: (em: EntityManager) => Promise<Result>,
  ): Promise<Result>;
  /** Resolves when anonymous reads are answered. On a connection of its own: not even a busy server is taken for dead. */
  ping(): Promise<void>;
  /** The pools that have been used so far. */
  pools(): PoolState[];
  close(): Promise<void>;
}

type PoolOptions = Record<string, unknown>;

/** What we read of a `pg` pool. */
interface Pool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

function connect(
  address: Address,
  driverOptions: PoolOptions,
  options: Pick<DatabaseOptions, 'entities' | 'log'>,
): MikroORM {
  const target = 'url' in address ? { connectionString: address.url } : address;
  return new MikroORM({
    dbName: 'database' in address ? address.database : databaseOf(address.url),
    driverOptions: { ...target, ...driverOptions },
    entities: options.entities,
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    migrations: { migrationsList: migrations, snapshot: false, emit: 'ts', silent: true },
    logger: options.log ?? (() => undefined),
  });
}

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

/** So many transactions write at once; more wait for `deadlines.pool`. */
const writers = 10;

/** What is read page by page waits this long for a connection: its pages have a deadline of their own. */
const streamPatience = 5_000;

/** A statement that runs out of time is answered by PostgreSQL; this much later nobody is there to answer. */
const silence = 1_000;

/**
 * A pool for requests, whose connections take a role before anything else runs on them. Not by the driver's start-up
 * options: those of a URL win over them. And not by MikroORM's `onCreateConnection`: a connection that it fails on is
 * never given back to the pool.
 */
function connectReaders(
  address: Address,
  role: string,
  options: DatabaseOptions,
  pooling: PoolOptions,
  { entities, onQuery }: { entities: DatabaseOptions['entities']; onQuery?: DatabaseOptions['onStatement'] } = {
    entities: [],
  },
): MikroORM {
  const { pool, statement } = options.deadlines;
  const driverOptions = {
    ...pooling,
    connectionTimeoutMillis: pool,
    // Shorter than the socket's patience, which does not know idle from silent.
    idleTimeoutMillis: statement,
    application_name: role,
    stream: () => {
      const socket = new Socket();
      const fault = Object.assign(new Error('The database has fallen silent.'), { code: 'ETIMEDOUT' });
      return socket.setTimeout(statement + silence, () => socket.destroy(fault));
    },
    // No compiling: it heeds no timeout. Pages lie in memory or on a disk without a head, where a lookup costs no way.
    onConnect: async (client: Client) => {
      await client.query(
        `set role ${role}; set statement_timeout = ${statement}; set jit = off; set random_page_cost = 1.1`,
      );
      prepareKeyed(client);
      if (onQuery) tellQueries(client, onQuery);
    },
  };
  return connect(address, driverOptions, { ...options, entities });
}

/** What a reader is, as the policies ask for it. */
const settingsOf = ({ role, partnerId }: Reader) => ({
  'goodgraph.viewer_role': role,
  'goodgraph.viewer_partner': partnerId ?? '',
});

/** Opens the pools. Connects on first use: `checkServer` says early and clearly when that will not work. */
export function openDatabase(options: DatabaseOptions): Database {
  const { address, publicUrl, onStatement, connections = 20, streamConnections = 8 } = options;
  const publicAddress = publicUrl === undefined ? address : { url: publicUrl };
  const { pooling, states } = watchedPools();
  const orm = connect(
    address,
    { ...pooling('service', 10), connectionTimeoutMillis: 5_000, application_name: 'goodgraph' },
    options,
  );
  const readers = (kind: '' | '-stream', most: number, pool = options.deadlines.pool) => {
    const given = { ...options, deadlines: { ...options.deadlines, pool } };
    return {
      publicOrm: connectReaders(publicAddress, 'goodgraph_public', given, pooling(`public${kind}`, most)),
      memberOrm: connectReaders(address, 'goodgraph_member', given, pooling(`member${kind}`, most)),
    };
  };
  const requests = readers('', connections);
  const streams = readers('-stream', streamConnections, streamPatience);
  // Apart: who writes holds a connection for many statements, and readers shall not wait for that.
  const writerOrm = connectReaders(address, 'goodgraph_member', options, pooling('writer', writers), {
    entities: options.entities,
    onQuery: onStatement,
  });
  const pingOrm = connectReaders(publicAddress, 'goodgraph_public', options, { max: 1 });

  async function run<Row>(db: Kysely<unknown>, query: Statement<Row>, signal?: AbortSignal): Promise<Row[]> {
    const compiled = query.compile(db);
    onStatement?.(compiled.sql);
    return inStatementSpan(compiled.sql, () => runUntil(db, compiled, signal));
  }

  return {
    orm,
    em: () => orm.em.fork(),
    publicSetting: publicUrl === undefined ? 'DATABASE_URL' : 'DATABASE_PUBLIC_URL',
    readAs: readerOf(requests, run),
    streamAs: readerOf(streams, run),
    writeAs: (writer, signal, work) => writeIn(writerOrm, writer, signal, work),
    ping: async () => {
      try {
        await sql`select 1`.execute(pingOrm.em.fork().getKysely<unknown>());
      } catch (error) {
        throw faultOf(error);
      }
    },
    pools: states,
    close: async () => {
      const pools = [orm, ...Object.values(requests), ...Object.values(streams), writerOrm, pingOrm];
      await Promise.all(pools.map((each) => each.close(true)));
    },
  };
}

type RunOn = <Row>(db: Kysely<unknown>, query: Statement<Row>, signal?: AbortSignal) => Promise<Row[]>;

function readerOf(
  { publicOrm, memberOrm }: Record<'publicOrm' | 'memberOrm', MikroORM>,
  run: RunOn,
): Database['readAs'] {
  // Made once: it holds no state, and a fork for each statement costs more than many a statement.
  const publicly = publicOrm.em.fork().getKysely<unknown>();
  return (reader, signal) => async (query) => {
    try {
      if (reader.role === 'ANONYMOUS') return await run(publicly, query, signal);
      const session = { variables: settingsOf(reader) };
      return await memberOrm.em.fork({ session }).transactional((tx) => run(tx.getKysely<unknown>(), query, signal));
    } catch (error) {
      throw faultOf(error);
    }
  };
}

async function writeIn<Result>(
  orm: MikroORM,
  writer: Writer,
  signal: AbortSignal | undefined,
  work: (em: EntityManager) => Promise<Result>,
): Promise<Result> {
  const session = { variables: { ...settingsOf(writer), 'goodgraph.viewer_account': writer.accountId ?? '' } };
  try {
    return await orm.em.fork({ session }).transactional(async (tx) => {
      const result = await work(tx);
      signal?.throwIfAborted();
      return result;
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw faultOf(error);
  }
}

/** `pooling` is what a pool is opened with so that `states` knows it. */
function watchedPools() {
  const pools: { name: PoolState['name']; max: number; pool: Pool }[] = [];
  return {
    pooling: (name: PoolState['name'], max: number): PoolOptions => ({
      max,
      onPoolCreated: (pool: Pool) => void pools.push({ name, max, pool }),
    }),
    states: () =>
      pools.map(({ name, max, pool }) => ({
        name,
        most: max,
        open: pool.totalCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
      })),
  };
}
