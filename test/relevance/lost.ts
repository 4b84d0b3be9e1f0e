import { openSearch } from '../../src/subgraphs/discovery/search/open.js';
import type { SearchRequest } from '../../src/subgraphs/discovery/search/engine.js';
import type { Search } from '../../src/subgraphs/discovery/search/search.js';
import { askAll } from './asking.js';
import type { Corpus } from './corpus.js';
import { baselines, losses, scoresOf } from './gate.js';

/** What the search of PostgreSQL has lost against what was kept; after `npm run relevance -- --keep` nothing. */
export async function lostBy(corpus: Corpus, search: Search = openSearch(corpus.database)): Promise<string[]> {
  const baseline = baselines()[corpus.name];
  if (baseline === undefined) throw new Error(`baseline.json knows nothing of ${corpus.name}.`);
  return losses(scoresOf(await askAll(corpus, search)), baseline);
}

/** A search that asks its engine for something else than it is asked. */
export function asking(search: Search, change: (query: SearchRequest['query']) => SearchRequest['query']): Search {
  const { engine } = search;
  return {
    ...search,
    engine: {
      ...engine,
      search: (request, signal) => engine.search({ ...request, query: change(request.query) }, signal),
    },
  };
}

/** A query whose every word is another one. */
export const eachWord = (
  query: SearchRequest['query'],
  change: (word: SearchRequest['query']['words'][0]) => object,
): SearchRequest['query'] => ({ ...query, words: query.words.map((each) => ({ ...each, ...change(each) })) });
