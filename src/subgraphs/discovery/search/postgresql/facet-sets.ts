import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import type { FacetCount } from '../engine.js';
import { live, of } from './tables.js';

/** How many documents have each of some sets of values, by their places. */
export interface CountedSets {
  sets: number[];
  counts: number[];
}

/** Sets that are remembered. */
const most = 100_000;

/**
 * The values in the sets that documents are counted by. A set never changes, nor is its id given again in one index, so that
 * each is asked for once.
 */
export class FacetSets {
  #epoch = '';
  #members = new Map<number, readonly string[]>();

  /** The sets of an index by their ids; null where another index has taken its place by now. */
  async learn(run: Run, epoch: string, ids: readonly number[]): Promise<ReadonlyMap<number, readonly string[]> | null> {
    if (epoch !== this.#epoch || this.#members.size > most) {
      this.#epoch = epoch;
      this.#members = new Map();
    }
    const members = this.#members;
    const unknown = ids.filter((id) => !members.has(id));
    if (unknown.length === 0) return members;
    const rows = await run(sql<{ id: number; members: string[]; epoch: string }>`
      select s.id, s.members, i.epoch from ${of(live, 'facet_set')} s cross join ${of(live, 'index_state')} i
      where s.id = any(${`{${unknown.join(',')}}`}::integer[])`);
    if (rows.length < unknown.length || rows.some((row) => row.epoch !== epoch)) return null;
    for (const row of rows) members.set(row.id, row.members);
    return members;
  }
}

/** The values of counted sets, the commonest first: each counts in every set that has it. */
export function countsOf(
  { sets, counts }: CountedSets,
  members: ReadonlyMap<number, readonly string[]>,
  limit: number,
): FacetCount[] {
  const byValue = new Map<string, number>();
  for (const [place, id] of sets.entries())
    for (const value of members.get(id) ?? []) byValue.set(value, (byValue.get(value) ?? 0) + (counts[place] ?? 0));
  return [...byValue]
    .map(([value, count]) => ({ value, count }))
    .toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, limit);
}
