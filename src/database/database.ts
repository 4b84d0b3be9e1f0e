import { Socket } from 'node:net';
import { MikroORM, type EntityManager, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import type { Kysely, RawBuilder } from 'kysely';
import { faultOf } from './errors.js';
import { migrations } from './migrations/index.js';

/** Where PostgreSQL is: a URL, or the address of an embedded cluster's socket. */
export type Address = { url: string } | { host: string; port: number; user: string; database: string };

/** Who reads; the policies of the migrations know these roles. */
export interface Reader {
  role: string;
  partnerId: string | null;
}

export interface DatabaseOptions {
  address: Address;
  /** Anonymous reads: another login or a replica. Its login needs the role `goodgraph_public`, as that of `address`. */
  publicUrl?: string | undefined;
  entities: NonNullable<Options['entities']>;
  /** Milliseconds: waiting for a pooled connection, and for one statement of a request. */
  deadlines: { pool: number; statement: number };
  /** Sees the text of every statement that `readAs` runs. */
  onStatement?: ((sql: string) => void) | undefined;
  log?: ((message: string) => void) | undefined;
}

export interface Database {
  /** The pool of commands and services: full rights, no statement deadline. */
  orm: MikroORM;
  em(): EntityManager;
  /** The setting that says where anonymous reads go, for messages to operators. */
  publicSetting: 'DATABASE_URL' | 'DATABASE_PUBLIC_URL';
  /** A function that runs statements with the rights of a reader and the deadlines of a request. */
  readAs(reader: Reader): <Row>(query: RawBuilder<Row>) => Promise<Row[]>;
  close(): Promise<void>;
}

type PoolOptions = Record<string, unknown>;

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

/** A statement that runs out of time is answered by PostgreSQL; this much later nobody is there to answer. */
const silence = 1_000;

/**
 * A pool for requests, whose connections take a role before anything else runs on them. Not by the driver's start-up
 * options: those of a URL win over them. And not by MikroORM's `onCreateConnection`: a connection that it fails on is
 * never given back to the pool.
 */
function connectReaders(address: Address, role: string, options: DatabaseOptions): MikroORM {
  const { pool, statement } = options.deadlines;
  const driverOptions = {
    max: 20,
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
    onConnect: (client: { query(text: string): Promise<unknown> }) =>
      client.query(`set role ${role}; set statement_timeout = ${statement}; set jit = off; set random_page_cost = 1.1`),
  };
  return connect(address, driverOptions, { ...options, entities: [] });
}

/** Opens the pools. Connects on first use: `checkServer` says early and clearly when that will not work. */
export function openDatabase(options: DatabaseOptions): Database {
  const { address, publicUrl, onStatement } = options;
  const orm = connect(address, { max: 10, connectionTimeoutMillis: 5_000, application_name: 'goodgraph' }, options);
  const publicOrm = connectReaders(publicUrl === undefined ? address : { url: publicUrl }, 'goodgraph_public', options);
  const memberOrm = connectReaders(address, 'goodgraph_member', options);

  async function run<Row>(db: Kysely<unknown>, query: RawBuilder<Row>): Promise<Row[]> {
    const compiled = query.compile(db);
    onStatement?.(compiled.sql);
    return (await db.executeQuery(compiled)).rows;
  }

  return {
    orm,
    em: () => orm.em.fork(),
    publicSetting: publicUrl === undefined ? 'DATABASE_URL' : 'DATABASE_PUBLIC_URL',
    readAs: (reader) => async (query) => {
      try {
        if (reader.role === 'ANONYMOUS') return await run(publicOrm.em.fork().getKysely<unknown>(), query);
        const variables = {
          'goodgraph.viewer_role': reader.role,
          'goodgraph.viewer_partner': reader.partnerId ?? '',
        };
        const session = { variables };
        return await memberOrm.em.fork({ session }).transactional((tx) => run(tx.getKysely<unknown>(), query));
      } catch (error) {
        throw faultOf(error);
      }
    },
    close: async () => {
      await Promise.all([orm, publicOrm, memberOrm].map((each) => each.close(true)));
    },
  };
}
