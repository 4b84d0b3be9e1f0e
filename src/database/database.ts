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
  /** Anonymous reads: another login or a replica. Without it the restricted role is set on the same address. */
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

/** Opens the pools. Connects on first use: `checkServer` says early and clearly when that will not work. */
export function openDatabase(options: DatabaseOptions): Database {
  const { address, deadlines, onStatement } = options;
  const orm = connect(address, { max: 10, connectionTimeoutMillis: 5_000, application_name: 'goodgraph' }, options);
  const publicOptions = {
    max: 20,
    connectionTimeoutMillis: deadlines.pool,
    statement_timeout: deadlines.statement,
    application_name: 'goodgraph anonymous',
    ...(options.publicUrl === undefined && { options: '-c role=goodgraph_public' }),
  };
  const publicAddress = options.publicUrl === undefined ? address : { url: options.publicUrl };
  const publicOrm = connect(publicAddress, publicOptions, { ...options, entities: [] });

  async function run<Row>(db: Kysely<unknown>, query: RawBuilder<Row>): Promise<Row[]> {
    const compiled = query.compile(db);
    onStatement?.(compiled.sql);
    return (await db.executeQuery(compiled)).rows;
  }

  return {
    orm,
    em: () => orm.em.fork(),
    readAs: (reader) => async (query) => {
      try {
        if (reader.role === 'ANONYMOUS') return await run(publicOrm.em.fork().getKysely<unknown>(), query);
        const session = {
          role: 'goodgraph_member',
          variables: {
            statement_timeout: deadlines.statement,
            'goodgraph.viewer_role': reader.role,
            'goodgraph.viewer_partner': reader.partnerId ?? '',
          },
        };
        return await orm.em.fork({ session }).transactional((tx) => run(tx.getKysely<unknown>(), query));
      } catch (error) {
        throw faultOf(error);
      }
    },
    close: async () => {
      await Promise.all([orm.close(true), publicOrm.close(true)]);
    },
  };
}
