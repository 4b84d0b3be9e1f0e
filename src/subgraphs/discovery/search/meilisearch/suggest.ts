import type { Filter } from '../../../../graph/filter.js';
import type { SearchHit } from '../engine.js';
import { tokensOf } from '../analysis/tokens.js';
import { searchPage } from './search.js';
import type { Server } from './server.js';
import { named } from './settings.js';

export interface SuggestAsking {
  server: Server;
  typed: string;
  filter: Filter;
  size: number;
  signal: AbortSignal | undefined;
}

/** Titles and names that hold the words, the last one as a beginning. */
export async function suggestFor({ server, typed, filter, size, signal }: SuggestAsking): Promise<SearchHit[]> {
  const text = tokensOf(typed)
    .map(({ folded }) => folded)
    .join(' ');
  if (text === '') return [];
  const asking = { server, texts: [{ text, weight: 1 }], attributes: named, signal };
  return searchPage(asking, { filter, near: null, order: 'RELEVANCE', offset: 0, size });
}
