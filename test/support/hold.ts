import { vi } from 'vitest';
import { execute, type TestDatabase } from './database.js';

const waits = `select from pg_locks where not granted
  and database = (select oid from pg_database where datname = current_database())`;

/** Holds the reads of a table until it is released. */
export async function hold(database: TestDatabase, table: string) {
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = database.em().transactional(async (em) => {
    await em.execute(`lock table ${table}`);
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  /** Statements of the application that wait for the table. */
  const waiting = async () => (await execute(database, waits)).length;
  return {
    /** Resolves once so many statements of the application wait. */
    waited: (statements = 1) => vi.waitUntil(async () => (await waiting()) === statements, { timeout: 10_000 }),
    release: async () => {
      released.resolve();
      await holding;
    },
  };
}
