import DataLoader, { type Options } from 'dataloader';
import type { Read } from './context.js';
import type { Rank } from './waves.js';

/** A loader whose batches go out in the waves of its request. `load` answers as many as there are keys, in their order. */
export function loaderOf<Key, Value, CacheKey = Key>(
  read: Read,
  load: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
  { rank, ...options }: Pick<Options<Key, Value, CacheKey>, 'cacheKeyFn'> & { rank?: Rank } = {},
): DataLoader<Key, Value, CacheKey> {
  return new DataLoader((keys) => read.batch(keys.length, () => load(keys)), {
    ...options,
    batchScheduleFn: (dispatch) => read.schedule(dispatch, rank),
  });
}

/** Loads one row per key; a key without a row resolves to null. `fetch` may return the rows in any order. */
export function oneBy<Row>(
  read: Read,
  fetch: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
  rank: Rank = 'lists',
): DataLoader<string, Row | null> {
  return loaderOf(
    read,
    async (keys) => {
      const rows = new Map((await fetch([...keys])).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    { rank },
  );
}

/** Loads the rows that share a key, in the order `fetch` returned them; a key without rows resolves to []. */
export function manyBy<Row>(
  read: Read,
  fetch: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return loaderOf(read, async (keys) => {
    const rows = Map.groupBy(await fetch([...keys]), keyOf);
    return keys.map((key) => rows.get(key) ?? []);
  });
}

/** Makes one for each request, whichever subgraph asks for it first, so that all of them share its statements. */
export function onePerRequest<Value>(make: (read: Read) => Value): (read: Read) => Value {
  const made = new WeakMap<Read, { value: Value }>();
  return (read) => {
    const known = made.get(read) ?? { value: make(read) };
    made.set(read, known);
    return known.value;
  };
}
