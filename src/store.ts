import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.js';
import { openDatabase, type Database } from './database/database.js';
import { openEmbedded } from './database/embedded/embedded.js';
import { checkServer } from './database/migrate.js';
import { anonymous } from './graph/context.js';
import { accountsIn, type Accounts } from './subgraphs/directory/account.service.js';
import type { OpenedSearch } from './subgraphs/discovery/search/open.js';
import type { Search } from './subgraphs/discovery/search/search.js';
import { upkeepOf } from './subgraphs/discovery/search/upkeep/freshness.js';
import { startPruning } from './subgraphs/discovery/search/upkeep/prune.js';
import { startRelay } from './subgraphs/discovery/search/upkeep/relay.js';
import { holdsDemonstration, tellsOfDemonstration } from './subgraphs/demonstration.js';
import type { GatewayGraph } from './subgraphs/gateway.js';
import { subgraphs } from './subgraphs/subgraphs.js';

/** The database of a process, wherever it runs. */
export interface Store {
  database: Database;
  close(): Promise<void>;
}

export interface StoreOptions {
  config: Config;
  /** `server`: the one process that serves an embedded cluster; everything else is a client of it. */
  as: 'server' | 'client';
  command: string;
  log: FastifyBaseLogger;
  onStatement?: (sql: string) => void;
}

/** Opens the configured PostgreSQL, or starts the embedded one. Throws a DatabaseFault or an EmbeddedError. */
export async function openStore({ config, as, command, log, onStatement }: StoreOptions): Promise<Store> {
  const url = config.databaseUrl;
  const cluster =
    url === undefined
      ? await openEmbedded({ dataDir: config.dataDir, as, command, log: (message) => log.info(message) })
      : null;
  const database = openDatabase({
    address: cluster ? cluster.address : { url: url as string },
    publicUrl: config.databasePublicUrl,
    entities: subgraphs.flatMap(({ entities }) => [...entities]),
    deadlines: config.limits.deadline,
    connections: config.limits.connections,
    streamConnections: config.limits.lists.connections,
    onStatement,
    log: (message) => log.warn(message),
  });
  const close = async () => {
    try {
      await database.close();
    } finally {
      await cluster?.release();
    }
  };
  try {
    await checkServer(database);
  } catch (error) {
    await close();
    throw error;
  }
  return { database, close };
}

/** From now on the engines are kept up with the records, until the store is closed. `isFilled`: the first has an index. */
export function keptUp(
  store: Store,
  { engines, isFilled }: Pick<OpenedSearch, 'engines'> & { isFilled: boolean },
  log: FastifyBaseLogger,
): Store {
  const { database } = store;
  const tell = (message: string) => log.warn(message);
  const relays = engines.map((engine, index) =>
    startRelay({ em: database.em(), engine, isFilled: isFilled && index === 0, log: tell }),
  );
  const pruning = startPruning(database.em(), (message) => log.info(message));
  return {
    database,
    close: async () => {
      await Promise.all([...relays, pruning].map((each) => each.close()));
      await store.close();
    },
  };
}

/** What a process answers from: its database, or nothing but subgraphs elsewhere. */
export interface Backing extends Pick<Database, 'readAs' | 'streamAs' | 'writeAs' | 'pools'> {
  /** Resolves when there is something to answer from. */
  ping(): Promise<unknown>;
  /** What it means when `ping` rejects. */
  silence: string;
  /** Those who may sign in; absent, as is `search`, where no database is open. */
  accounts?: Accounts;
  search?: Search;
  /** How far its search engines are behind. */
  upkeep?(): ReturnType<typeof upkeepOf>;
  /** Whether anonymous readers may meet records that are made up; false where that cannot be told. */
  holdsDemonstration(): Promise<boolean>;
  close(): Promise<void>;
}

export function onDatabase({ database, close }: Store, search: Search, log: FastifyBaseLogger): Backing {
  const { readAs, streamAs, writeAs, pools, ping } = database;
  const readOpen = readAs(anonymous);
  const accounts = accountsIn(database.em(), (message) => log.warn(message));
  return {
    readAs,
    streamAs,
    writeAs,
    pools,
    ping,
    silence: 'The database does not answer.',
    accounts,
    search,
    upkeep: () => upkeepOf(database.em().getKysely<unknown>()),
    holdsDemonstration: () => holdsDemonstration(readOpen).catch(() => false),
    close: async () => {
      await accounts.settled();
      await close();
    },
  };
}

/** Behind a gateway none of whose own subgraphs runs here. */
export function onSubgraphs({ executor, ping }: GatewayGraph): Backing {
  const nothing = () => Promise.reject(new Error('No subgraph runs in this process: nothing is kept here.'));
  return {
    readAs: () => nothing,
    streamAs: () => nothing,
    writeAs: nothing,
    pools: () => [],
    ping,
    silence: 'No subgraph answers.',
    holdsDemonstration: () => tellsOfDemonstration(executor).catch(() => false),
    close: async () => undefined,
  };
}
