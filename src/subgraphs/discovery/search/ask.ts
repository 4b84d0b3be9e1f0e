import { Refusal } from '../../../graph/errors.js';
import type { PathOf, Where } from '../../../graph/filter.js';
import type { FacetName } from './document.js';
import { EngineFault, type SearchHit, type SearchRequest } from './engine.js';
import { facetRequests, facetValues, type AskedFacet, type FacetLabel, type FacetValue } from './facet-values.js';
import { cursorOf, fingerprintOf, readPage } from './page.js';
import { cleanText, planQuery } from './query.js';
import { searchRelaxed, type Relaxed } from './relax.js';
import type { Freshness, Search } from './search.js';
import { readWhere } from './where.js';

/** What a search needs of the request that asks it. */
export interface Asking {
  search: Search;
  read: { readonly signal: AbortSignal };
  loaders: {
    searchPath: PathOf;
    facetLabel(facet: FacetName, value: string): Promise<FacetLabel | null>;
    nodeById: { load(id: string): Promise<{ id: string } | null> };
    practiceOrigin: { load(id: string): Promise<{ origin: string } | null> };
  };
}

export interface Asked {
  query?: string | null;
  language?: string | null;
  where?: Where | null;
  facets?: AskedFacet[] | null;
  orderBy?: SearchRequest['order'] | null;
  first?: number | null;
  after?: string | null;
}

/** A page of hits, and what is told of all of them; what takes more than to hand it on is made when it is asked for. */
export interface Found {
  nodes: SearchHit[];
  edges(): { node: SearchHit; cursor: string }[];
  pageInfo(): { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
  totalCountIsExact: boolean;
  facets(): Promise<{ field: FacetName; values: FacetValue[] }[]>;
  relaxed: { dropped: string[]; isAnyWord: boolean } | null;
  degraded: boolean;
  freshness(): Promise<Freshness | null>;
}

/** Throws BAD_USER_INPUT for what cannot be asked, and SERVICE_UNAVAILABLE where no engine answers. */
export async function search(
  asked: Asked,
  { search: { engine, vocabulary, freshness }, read, loaders }: Asking,
): Promise<Found> {
  const { query, language = null, where, facets, orderBy } = asked;
  const order = orderBy ?? 'RELEVANCE';
  const plan = await planQuery(query ?? '', language, vocabulary);
  const fingerprint = fingerprintOf(query ?? '', language, where ?? {}, order);
  const { offset, size, before } = readPage(asked, order, fingerprint);
  const wanted = facets ?? [];
  const counted = facetRequests(wanted);
  const narrowing = await readWhere(where ?? {}, loaders.searchPath);
  if (order === 'NEAREST' && narrowing.near === null)
    throw new Refusal('BAD_USER_INPUT', '`orderBy: NEAREST` needs a point to be near to. Name it by `where.near`.');
  const request = { ...narrowing, facets: counted, order, offset, size };
  const found = await searchRelaxed(engine, request, plan, { before, signal: read.signal }).catch(refused);
  const { hits, total, facets: counts } = found.answer;
  const cursorAt = (index: number) => cursorOf(order, fingerprint, offset + index + 1, found.kept.query);
  const degraded = found.answer.isDegraded ?? false;
  return {
    nodes: hits,
    edges: () => hits.map((node, index) => ({ node, cursor: cursorAt(index) })),
    pageInfo: () => ({
      hasNextPage: offset + hits.length < total && size > 0,
      hasPreviousPage: offset > 0,
      startCursor: hits.length > 0 ? cursorAt(0) : null,
      endCursor: hits.length > 0 ? cursorAt(hits.length - 1) : null,
    }),
    totalCount: total,
    totalCountIsExact: true,
    facets: () =>
      Promise.all(
        wanted.map(async (each) => ({
          field: each.field,
          values: await facetValues(each, counts[each.field] ?? [], loaders.searchPath, loaders.facetLabel),
        })),
      ),
    relaxed: relaxationOf(found),
    degraded,
    freshness: () => freshness(degraded),
  };
}

function relaxationOf({ kept: { query, dropped } }: Relaxed): Found['relaxed'] {
  const isAnyWord = query.match === 'some';
  return isAnyWord || dropped.length > 0 ? { dropped, isAnyWord } : null;
}

export async function suggest(
  { prefix, where, size }: { prefix: string; where?: Where | null; size: number },
  { search: { engine }, read, loaders }: Asking,
): Promise<SearchHit[]> {
  const typed = cleanText(prefix).trim();
  const { filter } = await readWhere(where ?? {}, loaders.searchPath);
  if (typed === '' || size === 0) return [];
  return engine.suggest(typed, filter, size, read.signal).catch(refused);
}

/** References to practices like this one, those alone that are still there; null where the practice is none to see. */
export async function similar(
  id: string,
  size: number,
  { search: { engine }, read, loaders }: Asking,
): Promise<{ id: string }[] | null> {
  const practice = await loaders.practiceOrigin.load(id);
  if (practice === null) return null;
  const madeUp = { field: 'origin', eq: 'DEMONSTRATION' };
  const ofItsKind = practice.origin === 'DEMONSTRATION' ? madeUp : { not: madeUp };
  const filter = { and: [{ field: 'type', eq: 'GoodPractice' }, ofItsKind] };
  const hits = size === 0 ? [] : await engine.similar(id, filter, size, read.signal).catch(refused);
  const there = await Promise.all(hits.map((hit) => loaders.nodeById.load(hit.id)));
  return there.filter((each) => each !== null);
}

/** Engines' faults in the words of the graph; what is wrong with them is for the log of those who run them. */
function refused(error: unknown): never {
  if (error instanceof EngineFault && error.kind === 'UNFILLED')
    throw new Refusal('SERVICE_UNAVAILABLE', 'The search index is being built. Try again in a few minutes.');
  if (error instanceof EngineFault && error.kind === 'UNAVAILABLE')
    throw new Refusal('SERVICE_UNAVAILABLE', 'The search does not answer just now. Try again in a few seconds.');
  throw error;
}
