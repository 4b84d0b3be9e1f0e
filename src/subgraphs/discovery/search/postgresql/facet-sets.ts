import type { FacetName } from '../document.js';
import type { FacetCount } from '../engine.js';

/** How many documents have each of some sets of values, by their places. */
export interface CountedSets {
  sets: number[];
  counts: number[];
}

/** The different sets of values that documents have in their facets, by the ids that the index gives them. They never change. */
export class FacetSets {
  /** Numbers of values by the id of a set; the one of no values is 0. */
  readonly #members: (readonly number[])[] = [[]];
  readonly #values: string[] = [];
  /** The sets that have a value, by facet and value. */
  readonly #sets = new Map<FacetName, Map<string, { value: number; sets: number[] }>>();

  /** One more than the highest id. */
  get length(): number {
    return this.#members.length;
  }

  add(id: number, facet: FacetName, values: readonly string[]): void {
    if (this.#members[id] !== undefined) return;
    const known = this.#sets.get(facet) ?? new Map<string, { value: number; sets: number[] }>();
    this.#sets.set(facet, known);
    this.#members[id] = values.map((value) => {
      const found = known.get(value) ?? { value: this.#values.push(value) - 1, sets: [] };
      known.set(value, found);
      found.sets.push(id);
      return found.value;
    });
  }

  valuesOf = (set: number): string[] => (this.#members[set] ?? []).map((value) => this.#values[value] as string);

  /** All values of a facet. */
  valuesIn = (facet: FacetName): string[] => [...(this.#sets.get(facet)?.keys() ?? [])];

  /** The sets that have this value. */
  setsWith = (facet: FacetName, value: string): readonly number[] => this.#sets.get(facet)?.get(value)?.sets ?? [];

  /** The values of counted sets, the commonest first, then by code point: each counts in every set that has it. */
  countsOf({ sets, counts }: CountedSets, limit: number): FacetCount[] {
    const byValue = new Uint32Array(this.#values.length);
    const found: number[] = [];
    for (let place = 0; place < sets.length; place += 1) {
      const values = this.#members[sets[place] as number] ?? [];
      for (let at = 0; at < values.length; at += 1) {
        const value = values[at] as number;
        if (byValue[value] === 0) found.push(value);
        byValue[value] = (byValue[value] as number) + (counts[place] as number);
      }
    }
    return found
      .map((value) => ({ value: this.#values[value] as string, count: byValue[value] as number }))
      .toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
      .slice(0, limit);
  }
}
