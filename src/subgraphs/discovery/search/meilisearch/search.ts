import type { Filter } from '../../../../graph/filter.js';
import { anyTerms, type Terms } from '../analysis/terms.js';
import type { FacetName } from '../document.js';
import type { FacetCount, SearchAnswer, SearchHit, SearchRequest } from '../engine.js';
import { withoutFacet } from '../facet.js';
import { conditionText } from './filter.js';
import { hitsOf, matchingOf, shownOfHits, type AnsweredHit } from './hits.js';
import type { QueryText } from './query-texts.js';
import type { Server } from './server.js';

/** What is asked of the server at once: the union of what some texts find. */
export interface Asking {
  server: Server;
  texts: readonly QueryText[];
  terms: Terms;
  /** Undefined: all that are searched. */
  attributes?: readonly string[];
  signal: AbortSignal | undefined;
}

type Page = Pick<SearchRequest, 'filter' | 'near' | 'order' | 'offset' | 'size'>;

interface FederatedAnswer {
  hits: AnsweredHit[];
  estimatedTotalHits: number;
  facetsByIndex?: Record<string, { distribution?: Record<string, Record<string, number>> }>;
}

function orderOf({ order, near }: Page): string[] {
  if (order === 'UPDATED_DESC') return ['updated:desc', 'id:asc'];
  if (order === 'TITLE_ASC') return ['sortTitle:asc', 'id:asc'];
  if (order === 'NEAREST' && near) return [`_geoPoint(${near.latitude}, ${near.longitude}):asc`, 'id:asc'];
  return [];
}

/**
 * One federated search: a hit of several texts counts once, in the total and in facets. The total is the size of the set
 * that facets are counted over; it is an estimate only for thresholds and distinct attributes, which we do not use.
 */
async function federated(
  { server, texts, attributes, signal }: Asking,
  page: Page,
  facets: readonly FacetName[],
): Promise<FederatedAnswer> {
  const filter = conditionText(page.filter, page.near);
  const sort = orderOf(page);
  const queries = (texts.length > 0 ? texts : [{ text: '', weight: 1 }]).map(({ text, weight }) => ({
    indexUid: server.live,
    q: text,
    matchingStrategy: 'all' as const,
    ...(attributes && { attributesToSearchOn: [...attributes] }),
    ...(filter !== undefined && { filter }),
    ...(sort.length > 0 && { sort }),
    attributesToRetrieve: shownOfHits,
    federationOptions: { weight },
  }));
  const federation = {
    offset: page.offset,
    limit: page.size,
    facetsByIndex: { [server.live]: facets.map((name) => `facet.${name}`) },
  };
  const init = signal ? { signal } : {};
  const answer = await server.ask((client) => client.multiSearch({ federation, queries }, init));
  return answer as unknown as FederatedAnswer;
}

/** Hits, their number and facets. Each facet that is narrowed by itself is counted in a search of its own. */
export async function searchFor(asking: Asking, request: SearchRequest): Promise<SearchAnswer> {
  const { near, query } = request;
  const narrowed = request.facets.map((facet) => ({ ...facet, filter: withoutFacet(request.filter, facet.name) }));
  const isOwn = ({ filter }: { filter: Filter }) => conditionText(filter, null) !== conditionText(request.filter, null);
  const shared = narrowed.filter((each) => !isOwn(each));
  const own = narrowed.filter(isOwn);
  const [main, ...others] = await Promise.all([
    federated(
      asking,
      request,
      shared.map(({ name }) => name),
    ),
    ...own.map(({ filter, name }) => federated(asking, { ...request, filter, order: 'RELEVANCE', size: 0 }, [name])),
  ]);
  const facets = Object.fromEntries([
    ...shared.map(({ name, limit }) => [name, countsIn(asking, main, name, limit)] as const),
    ...own.map(({ name, limit }, index) => [name, countsIn(asking, others[index], name, limit)] as const),
  ]);
  return {
    hits: hitsOf(main.hits, { near, language: query.language, matching: matchingOf(asking.texts, asking.terms) }),
    total: main.estimatedTotalHits,
    facets,
  };
}

/** What no text can hold. */
export const nothing = ({ facets }: SearchRequest): SearchAnswer => ({
  hits: [],
  total: 0,
  facets: Object.fromEntries(facets.map(({ name }) => [name, []])),
});

/** Hits without their number. */
export async function searchPage(asking: Omit<Asking, 'terms'>, page: Page): Promise<SearchHit[]> {
  const { hits } = await federated({ ...asking, terms: anyTerms }, page, []);
  return hitsOf(hits, { near: page.near, language: null, matching: matchingOf(asking.texts, anyTerms) });
}

/** Which of these searches, each the union of what some texts find, find something; asked at once. */
export async function areFound(
  { server, signal }: Pick<Asking, 'server' | 'signal'>,
  searches: readonly (readonly QueryText[])[],
  { filter, near }: Pick<Page, 'filter' | 'near'>,
): Promise<boolean[]> {
  const condition = conditionText(filter, near);
  const asked = searches.flatMap((texts, search) => texts.map(({ text }) => ({ text, search })));
  const queries = asked.map(({ text }) => ({
    indexUid: server.live,
    q: text,
    matchingStrategy: 'all' as const,
    ...(condition !== undefined && { filter: condition }),
    limit: 0,
  }));
  if (queries.length === 0) return searches.map(() => false);
  const { results } = await server.ask((client) => client.multiSearch({ queries }, signal ? { signal } : {}));
  const found = asked.filter((_, index) => (results[index]?.estimatedTotalHits ?? 0) > 0);
  return searches.map((_, index) => found.some(({ search }) => search === index));
}

function countsIn(
  { server }: Asking,
  answer: FederatedAnswer | undefined,
  name: FacetName,
  limit: number,
): FacetCount[] {
  const counts = answer?.facetsByIndex?.[server.live]?.distribution?.[`facet.${name}`] ?? {};
  return Object.entries(counts)
    .map(([value, count]) => ({ value, count }))
    .toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, limit);
}
