import type { Filter } from '../../../../graph/filter.js';
import type { FacetName } from '../document.js';
import type { SearchRequest } from '../engine.js';
import { conjunctsOf, withoutFacet } from '../facet.js';
import type { Columns } from './columns.js';
import type { CountedSets } from './facet-sets.js';
import { allOf, testOf, type Compared, type Test } from './filter.js';
import { Scored } from './scoring.js';

export interface Narrowed {
  documents: Int32Array;
  scores: Float32Array;
  /** Kilometres, where `near` was asked for. */
  distances: Float64Array | null;
  counts: Map<FacetName, CountedSets>;
}

interface Part {
  test: Test;
  /** The facets that are counted as if it were not there. */
  facets: FacetName[];
}

/** What must all hold: the parts of the filter, those for the same facets together, and the circle. */
function partsOf({ filter, facets, near }: SearchRequest, compared: Compared): Part[] {
  const parts = new Map<string, { filters: Filter[]; facets: FacetName[] }>();
  const others = facets.map(({ name }) => ({ name, filters: conjunctsOf(withoutFacet(filter, name)) }));
  for (const each of conjunctsOf(filter)) {
    const own = others.flatMap(({ name, filters }) => (filters.includes(each) ? [] : name));
    const part = parts.get(own.join()) ?? { filters: [], facets: own };
    part.filters.push(each);
    parts.set(own.join(), part);
  }
  const tests = [...parts.values()].map((part) => ({
    test: allOf(part.filters.map((each) => testOf(each, compared))),
    facets: part.facets,
  }));
  if (near === null) return tests;
  const distanceTo = distancesFrom(near, compared.columns);
  // Where there is no point the distance is no number.
  return [...tests, { test: (document) => distanceTo(document) <= near.radius, facets: [] }];
}

/** Whether a document is counted by any facet: what speaks of none of them alone holds for it. */
export function isCounted(request: SearchRequest, compared: Compared): Test {
  const { type } = compared.columns.of;
  const tests = partsOf(request, compared).flatMap(({ test, facets }) => (facets.length === 0 ? test : []));
  return allOf([(document) => type[document] !== 0, ...tests]);
}

/** How many documents have each set of the values of a facet. */
class Counter {
  readonly #counts: Uint32Array;
  readonly #sets: number[] = [];

  constructor(
    readonly name: FacetName,
    readonly column: Int32Array,
    /** Bits of the parts of the filter that it does not heed. */
    readonly own: number,
    sets: number,
  ) {
    this.#counts = new Uint32Array(sets);
  }

  add(document: number): void {
    const set = this.column[document] as number;
    // The empty set has no values to count.
    if (set === 0) return;
    if (this.#counts[set] === 0) this.#sets.push(set);
    this.#counts[set] = (this.#counts[set] as number) + 1;
  }

  done(): CountedSets {
    return { sets: this.#sets, counts: this.#sets.map((set) => this.#counts[set] as number) };
  }
}

/** Those that the filter leaves, and how many of them have each set of the values of a facet. */
export function narrowedTo({ documents, scores }: Scored, request: SearchRequest, compared: Compared): Narrowed {
  const { columns } = compared;
  const parts = partsOf(request, compared);
  const counters = request.facets.map(({ name }) => {
    const own = parts.reduce((bits, { facets }, index) => (facets.includes(name) ? bits | (1 << index) : bits), 0);
    return new Counter(name, columns.of[name], own, columns.sets.length);
  });
  const { type } = columns.of;
  const found = new Scored(documents.length);
  for (let at = 0; at < documents.length; at += 1) {
    const document = documents[at] as number;
    if (type[document] === 0) continue;
    let failed = 0;
    for (let index = 0; index < parts.length; index += 1)
      if (!(parts[index] as Part).test(document)) failed |= 1 << index;
    for (const counter of counters) if ((failed & ~counter.own) === 0) counter.add(document);
    if (failed !== 0) continue;
    found.add(document, scores[at] as number);
  }
  const distances = request.near && Float64Array.from(found.documents, distancesFrom(request.near, columns));
  return {
    documents: found.documents,
    scores: found.scores,
    distances,
    counts: new Map(counters.map((counter) => [counter.name, counter.done()])),
  };
}

/** Kilometres on a sphere (haversine). */
function distancesFrom({ latitude, longitude }: { latitude: number; longitude: number }, { of }: Columns) {
  const radians = Math.PI / 180;
  const cosine = Math.cos(latitude * radians);
  const haversine = (degrees: number) => Math.sin((degrees * radians) / 2) ** 2;
  return (document: number): number => {
    const [north, east] = [of.latitude[document] as number, of.longitude[document] as number];
    const across = cosine * Math.cos(north * radians) * haversine(east - longitude);
    return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(haversine(north - latitude) + across)));
  };
}
