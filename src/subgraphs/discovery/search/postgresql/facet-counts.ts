import type { FacetCount } from '../engine.js';

/** How many documents have each of some sets of values, by their places. */
export interface CountedSets {
  sets: number[];
  counts: number[];
}

/** The values of counted sets, the commonest first: each counts in every set that has it. */
export function countsOf(
  { sets, counts }: CountedSets,
  members: readonly (readonly string[] | undefined)[],
  limit: number,
): FacetCount[] {
  const byValue = new Map<string, number>();
  for (const [place, id] of sets.entries())
    for (const value of members[id] ?? []) byValue.set(value, (byValue.get(value) ?? 0) + (counts[place] ?? 0));
  return [...byValue]
    .map(([value, count]) => ({ value, count }))
    .toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, limit);
}
