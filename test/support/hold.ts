import { vi } from 'vitest';
import { execute, type TestDatabase } from './database.js';

/** Of requests alone: what keeps the search up reads the same tables. */
const waits = `select from pg_locks l join pg_stat_activity a using (pid) where not l.granted
  and a.application_name in ('goodgraph_public', 'goodgraph_member')
  and l.database = (select oid from pg_database where datname = current_database())`;

/** Holds the reads of a table until it is released. */
export async function hold(database: TestDatabase, table: string) {
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = database.em().transactional(async (em) => {
    await em.execute(`lock table ${table}`);
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  /** Statements of requests that wait for the table. */
  const waiting = async () => (await execute(database, waits)).length;
  return {
    /** Resolves once so many statements of requests wait. */
    waited: (statements = 1) => vi.waitUntil(async () => (await waiting()) === statements, { timeout: 10_000 }),
    release: async () => {
      released.resolve();
      await holding;
    },
  };
}
