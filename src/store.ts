import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.js';
import { openDatabase, type Database } from './database/database.js';
import { openEmbedded } from './database/embedded/embedded.js';
import { checkServer } from './database/migrate.js';
import { limits } from './graph/limits.js';
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
    deadlines: limits.deadline,
    connections: config.limits.connections,
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
