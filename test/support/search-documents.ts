import type { SearchDocument, SearchText } from '../../src/subgraphs/discovery/search/document.js';
import type { SearchRequest, Word } from '../../src/subgraphs/discovery/search/engine.js';

const none: SearchDocument['facets'] = {
  type: [],
  country: [],
  region: [],
  theme: [],
  sector: [],
  year: [],
  programme: [],
  validation: [],
  status: [],
  origin: [],
};

/** A practice with this title; the texts are English where they do not say otherwise. */
export function aDocument(
  id: string,
  title: string,
  {
    texts = [],
    facets = {},
    ...rest
  }: Partial<Omit<SearchDocument, 'texts' | 'facets'>> & {
    texts?: (Pick<SearchText, 'field' | 'text'> & Partial<SearchText>)[];
    facets?: Partial<SearchDocument['facets']>;
  } = {},
): SearchDocument {
  return {
    id,
    type: 'GoodPractice',
    url: `/practices/${id}`,
    title,
    language: 'en',
    texts: [{ field: 'title', language: 'en', text: title }, ...texts.map((text) => ({ language: 'en', ...text }))],
    facets: { ...none, type: ['GoodPractice'], ...facets },
    point: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
    hash: `hash of ${title}`,
    ...rest,
  };
}

/** A request for all words of a text; a star ends one that may be a beginning. */
export function aRequest(
  text: string,
  rest: Partial<SearchRequest> & { language?: string | null } = {},
): SearchRequest {
  const { language = null, ...more } = rest;
  const words = text
    .split(' ')
    .filter((each) => each !== '')
    .map((each): { word: Word; synonyms: string[] } => ({
      word: { text: each.replace('*', ''), isPrefix: each.endsWith('*'), mayBeMistyped: !/\d/.test(each) },
      synonyms: [],
    }));
  return {
    query: { language, words, expressions: [], phrases: [], match: 'all' },
    filter: { and: [] },
    near: null,
    facets: [],
    order: 'RELEVANCE',
    offset: 0,
    size: 20,
    ...more,
  };
}

export async function* inPages<Each>(all: readonly Each[], size = 1_000): AsyncGenerator<Each[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
