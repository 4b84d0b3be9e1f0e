import DataLoader from 'dataloader';
import type { Read } from './context.js';
import type { Rank } from './waves.js';

/** Loads one row per key; a key without a row resolves to null. `fetch` may return the rows in any order. */
export function oneBy<Row>(
  read: Read,
  fetch: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
  rank: Rank = 'lists',
): DataLoader<string, Row | null> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map((await fetch([...keys])).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    { batchScheduleFn: (dispatch) => read.schedule(dispatch, rank) },
  );
}

/** Loads the rows that share a key, in the order `fetch` returned them; a key without rows resolves to []. */
export function manyBy<Row>(
  read: Read,
  fetch: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(
    async (keys) => {
      const rows = Map.groupBy(await fetch([...keys]), keyOf);
      return keys.map((key) => rows.get(key) ?? []);
    },
    { batchScheduleFn: read.schedule },
  );
}
