import type { Filter } from '../../src/graph/filter.js';
import type { SearchDocument } from '../../src/subgraphs/discovery/search/document.js';
import type {
  SearchEngine,
  SearchHit,
  SearchQuery,
  SearchRequest,
} from '../../src/subgraphs/discovery/search/engine.js';
import { withAncestors, withoutFacet } from '../../src/subgraphs/discovery/search/facet.js';

type Documents = readonly SearchDocument[];

/** An engine that looks through a list, for tests of what stands before engines. It knows no typos and no languages. */
export function aListedEngine(documents: Documents) {
  const asked: SearchRequest[] = [];
  const hitsOf = (found: Documents, size: number) => found.slice(0, size).map(hitOf);
  const engine: Pick<SearchEngine, 'search' | 'suggest' | 'similar'> = {
    search: async (request) => {
      asked.push(request);
      const { query, filter, facets, offset, size } = request;
      const found = documents.filter((each) => isMeant(each, query));
      const hits = found.filter((each) => holds(each, filter));
      const counted = facets.map(({ name, limit }) => {
        const counts = new Map<string, number>();
        for (const each of found.filter((one) => holds(one, withoutFacet(filter, name))))
          for (const value of withAncestors(name, each.facets[name])) counts.set(value, (counts.get(value) ?? 0) + 1);
        const sorted = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, limit);
        return [name, sorted.map(([value, count]) => ({ value, count }))] as const;
      });
      return {
        hits: hitsOf(hits.slice(offset), size),
        total: hits.length,
        facets: Object.fromEntries(counted),
        unknown: query.words
          .filter((each) => !documents.some((one) => isMeant(one, { ...query, words: [each] })))
          .map(({ word }) => word.text),
      };
    },
    suggest: async (prefix, filter, size) =>
      hitsOf(
        documents.filter(({ title, ...rest }) => title.startsWith(prefix) && holds({ title, ...rest }, filter)),
        size,
      ),
    similar: async (id, filter, size) =>
      hitsOf(
        documents.filter((each) => each.id !== id && holds(each, filter)),
        size,
      ),
  };
  return { engine: engine as SearchEngine, asked };
}

const wordsOf = ({ title, texts }: SearchDocument) =>
  [title, ...texts.map(({ text }) => text)].join(' ').toLowerCase().split(/\s+/);

function isMeant(document: SearchDocument, { words, match }: SearchQuery): boolean {
  if (words.length === 0) return true;
  const all = wordsOf(document);
  const has = words.map(({ word, synonyms }) =>
    [word.text, ...synonyms].some((each) =>
      all.some((one) => (word.isPrefix ? one.startsWith(each.toLowerCase()) : one === each.toLowerCase())),
    ),
  );
  return match === 'all' ? has.every(Boolean) : has.some(Boolean);
}

function holds(document: SearchDocument, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((each) => holds(document, each));
  if ('or' in filter) return filter.or.some((each) => holds(document, each));
  if ('not' in filter) return !holds(document, filter.not);
  const values = document.facets[filter.field as keyof SearchDocument['facets']];
  if ('eq' in filter) return values.includes(String(filter.eq));
  if ('in' in filter) return filter.in.some((each) => values.includes(String(each)));
  if ('within' in filter) return values.some((each) => each.startsWith(filter.within.path));
  if ('exists' in filter) return values.length > 0 === filter.exists;
  if ('contains' in filter) return false;
  return values.some((each) => each >= String(filter.gte ?? each) && each <= String(filter.lte ?? each));
}

function hitOf({ id, type, url, title }: SearchDocument): SearchHit {
  const highlights = [{ text: title, isMatch: false }];
  return {
    id,
    type,
    url,
    title,
    highlights,
    snippet: [],
    score: 1,
    matchedIn: ['title'],
    distance: null,
  };
}
