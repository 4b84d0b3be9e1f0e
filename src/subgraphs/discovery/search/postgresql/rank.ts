import type { Filter } from '../../../../graph/filter.js';
import type { FacetName } from '../document.js';
import type { SearchRequest } from '../engine.js';
import { conjunctsOf, withoutFacet } from '../facet.js';
import type { Columns } from './columns.js';
import type { CountedSets } from './facet-counts.js';
import { allOf, testOf, type Compared, type Test } from './filter.js';

/** Documents in which something was found, and how much that says of each: a big-endian integer and a float, in turns. */
export interface Posted {
  postings: Buffer;
  /** What of the query it stands for. */
  mask: number;
  weight: number;
}

/** Documents with their scores, in no order. */
export interface Scored {
  documents: number[];
  scores: number[];
}

export interface Ranked extends Scored {
  /** Kilometres, where `near` was asked for. */
  distances: number[] | null;
  counts: Map<FacetName, CountedSets>;
}

/** All documents that have everything that is required, each with the sum of what its postings say. */
export function scoredBy(posted: readonly Posted[], required: number, { length }: Columns): Scored {
  const [sums, masks] = [new Float32Array(length), new Uint32Array(length)];
  // A mask of nothing is none: whether a document was met is a bit of its own.
  const met = 0x80_00_00_00;
  const seen: number[] = [];
  for (const { postings, mask, weight } of posted)
    for (let at = 0; at < postings.length; at += 8) {
      const document = postings.readInt32BE(at);
      if (masks[document] === 0) seen.push(document);
      masks[document] = (masks[document] as number) | mask | met;
      sums[document] = (sums[document] as number) + weight * postings.readFloatBE(at + 4);
    }
  const documents = seen.filter((document) => ((masks[document] as number) & required) === required);
  return { documents, scores: documents.map((document) => sums[document] as number) };
}

/** Every document, none better than another. */
export function all({ length }: Columns): Scored {
  return { documents: Array.from({ length }, (_, id) => id), scores: Array.from({ length }, () => 1) };
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

/** The documents that every facet is counted among: those that fulfil what speaks of none of them alone. */
export function possibleIn(request: SearchRequest, compared: Compared): number[] {
  const tests = partsOf(request, compared).flatMap(({ test, facets }) => (facets.length === 0 ? test : []));
  const isPossible = allOf(tests);
  const { length } = compared.columns;
  const { type } = compared.columns.of;
  const possible: number[] = [];
  for (let id = 0; id < length; id += 1) if (type[id] !== 0 && isPossible(id)) possible.push(id);
  return possible;
}

/** Those that the filter leaves, and how many of them have each set of the values of a facet. */
export function narrowed(scored: Scored, request: SearchRequest, compared: Compared): Ranked {
  const { columns } = compared;
  const parts = partsOf(request, compared);
  const counters = request.facets.map(({ name }) => ({
    name,
    column: columns.of[name],
    counts: new Uint32Array(columns.members.length),
    /** Bits of the parts that it does not heed. */
    own: parts.reduce((bits, { facets }, index) => (facets.includes(name) ? bits | (1 << index) : bits), 0),
  }));
  const { type } = columns.of;
  const found: Scored = { documents: [], scores: [] };
  scored.documents.forEach((document, at) => {
    if (type[document] === 0) return;
    let failed = 0;
    for (let index = 0; index < parts.length; index += 1)
      if (!(parts[index] as Part).test(document)) failed |= 1 << index;
    for (const { column, counts, own } of counters) {
      if ((failed & ~own) !== 0) continue;
      const set = column[document] as number;
      counts[set] = (counts[set] as number) + 1;
    }
    if (failed !== 0) return;
    found.documents.push(document);
    found.scores.push(scored.scores[at] as number);
  });
  return {
    ...found,
    distances: request.near === null ? null : found.documents.map(distancesFrom(request.near, columns)),
    counts: new Map(counters.map(({ name, counts }) => [name, counted(counts)])),
  };
}

/** The documents with words of one of them, without it; those that share a theme with it count half as much again. */
export function alike({ documents, scores }: Scored, own: number | null, columns: Columns): Scored {
  if (own === null) return { documents: [], scores: [] };
  const { theme } = columns.of;
  const themes = columns.members[theme[own] as number] ?? [];
  const shared = new Set(themes.flatMap((each) => columns.setsWith('theme', each)));
  const others = documents.map((document, at) => ({
    document,
    score: (scores[at] as number) * (shared.has(theme[document] as number) ? 1.5 : 1),
  }));
  const found = others.filter(({ document }) => document !== own);
  return { documents: found.map(({ document }) => document), scores: found.map(({ score }) => score) };
}

/** The empty set, which has the number 0, has no values to count. */
function counted(bySet: Uint32Array): CountedSets {
  const found: CountedSets = { sets: [], counts: [] };
  bySet.forEach((count, set) => {
    if (count === 0 || set === 0) return;
    found.sets.push(set);
    found.counts.push(count);
  });
  return found;
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

/** Places in `ranked`, the best first, from `offset` on. */
export function pageOf(
  { documents, scores, distances }: Ranked,
  {
    order,
    offset,
    size,
  }: Pick<SearchRequest, 'offset' | 'size'> & { order: Exclude<SearchRequest['order'], 'TITLE_ASC'> },
  { of: { updated } }: Columns,
): number[] {
  const by = (numbers: ArrayLike<number>, one: number, other: number) =>
    (numbers[one] as number) - (numbers[other] as number);
  const byChange = (one: number, other: number) =>
    by(updated, documents[other] as number, documents[one] as number) || by(documents, one, other);
  const byScore = (one: number, other: number) => by(scores, other, one) || byChange(one, other);
  const compare = {
    RELEVANCE: byScore,
    UPDATED_DESC: byChange,
    NEAREST: (one: number, other: number) => by(distances ?? [], one, other) || byScore(one, other),
  }[order];
  return first(documents.length, offset + size, compare).slice(offset);
}

/** The first of so many places in an order: sorted are a few of them at a time, and none that comes after those that are kept. */
function first(length: number, size: number, compare: (one: number, other: number) => number): number[] {
  if (size === 0) return [];
  let kept: number[] = [];
  let last: number | undefined;
  const cut = () => {
    kept = kept.toSorted(compare).slice(0, size);
    if (kept.length === size) last = kept.at(-1);
  };
  for (let place = 0; place < length; place += 1) {
    if (last !== undefined && compare(place, last) > 0) continue;
    kept.push(place);
    if (kept.length >= 2 * size + 100) cut();
  }
  cut();
  return kept;
}
