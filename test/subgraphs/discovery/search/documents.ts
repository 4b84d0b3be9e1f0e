import type { Filter } from '../../../../src/graph/filter.js';
import { newId } from '../../../../src/graph/ids.js';
import { hashed } from '../../../../src/subgraphs/discovery/search/document.loaders.js';
import { records } from '../../../../src/subgraphs/records.js';
import type { SearchDocument, SearchText } from '../../../../src/subgraphs/discovery/search/document.js';
import type { SearchQuery, SearchRequest, Word } from '../../../../src/subgraphs/discovery/search/engine.js';

type Given = Partial<Omit<SearchDocument, 'facets' | 'hash' | 'texts'>> & {
  /** Further texts, as `{ summary: 'in English', 'body:it': 'in italiano', 'name:': 'in no language' }`. */
  texts?: Record<string, string>;
  facets?: Partial<SearchDocument['facets']>;
};

/** A practice in English unless told otherwise. */
export function aDocument(title: string, { texts = {}, facets = {}, ...given }: Given = {}): SearchDocument {
  const type = given.type ?? 'GoodPractice';
  const id = given.id ?? newId(records[type].prefix);
  const language = given.language === undefined ? 'en' : given.language;
  const others = Object.entries(texts).map(([key, text]): SearchText => {
    const [field, tag = 'en'] = key.split(':');
    return { field: field as SearchText['field'], language: tag || null, text };
  });
  const none = { country: [], region: [], theme: [], sector: [], year: [], programme: [], validation: [], status: [] };
  return hashed({
    url: `/practices/${id}`,
    point: null,
    updatedAt: '2024-01-01T00:00:00.000Z',
    ...given,
    id,
    type,
    title,
    language,
    texts: [{ field: 'title', language, text: title }, ...others],
    facets: { ...none, type: [type], origin: ['REPORTED'], ...facets },
  });
}

/** What a planner makes of a text in the simplest way: words at blanks, phrases in quotes. */
export function queryOf(text: string, given: Partial<SearchQuery> & { isTyped?: boolean } = {}): SearchQuery {
  const { isTyped = false, ...rest } = given;
  const phrases = Array.from(text.matchAll(/"([^"]+)"/g), ([, phrase = '']) => phrase.split(' '));
  const words = text
    .replaceAll(/"[^"]*"?/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const wordOf = (word: string, index: number): Word => ({
    text: word,
    isPrefix: isTyped && index === words.length - 1,
    mayBeMistyped: !/\d/.test(word),
  });
  return {
    language: null,
    words: words.map((word, index) => ({ word: wordOf(word, index), synonyms: [] })),
    expressions: [],
    phrases,
    match: 'all',
    ...rest,
  };
}

export const everything: Filter = { and: [] };

export const requestOf = (query: SearchQuery | string, given: Partial<SearchRequest> = {}): SearchRequest => ({
  query: typeof query === 'string' ? queryOf(query) : query,
  filter: everything,
  near: null,
  facets: [],
  order: 'RELEVANCE',
  offset: 0,
  size: 20,
  ...given,
});

/** Many documents in batches, as a rebuild takes them. */
export async function* inBatches(documents: readonly SearchDocument[], size = 1_000): AsyncGenerator<SearchDocument[]> {
  for (let at = 0; at < documents.length; at += size) yield documents.slice(at, at + size);
}
