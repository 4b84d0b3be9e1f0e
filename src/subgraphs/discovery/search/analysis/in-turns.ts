import { setImmediate } from 'node:timers/promises';

/** Documents are taken apart in some milliseconds. */
const piece = 50;

/** Does something with many in pieces: between two of them whoever searches in this process has their turn. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (some: readonly Item[], from: number) => readonly Result[] | Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += piece) {
    if (from > 0) await setImmediate();
    results.push(...(await work(items.slice(from, from + piece), from)));
  }
  return results;
}
