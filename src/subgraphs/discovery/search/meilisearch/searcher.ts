import type { SearchAnswer, SearchRequest, Word } from '../engine.js';
import { presentLanguages } from './languages.js';
import { exactTexts, languagesOf, mistypedTexts, readQuery } from './query-texts.js';
import { countOf, searchFor, type Asking } from './search.js';
import type { Server } from './server.js';
import type { Stemming } from './stemming.js';

export interface Searcher {
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  /** The index has changed. */
  forget(): void;
}

/** Asks for the words as they are, and where that finds nothing, for words that are written nearly so. */
export function searcher(server: Server, stemming: Stemming): Searcher {
  const languages = presentLanguages(server);

  async function search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const among = languagesOf(request.query, request.query.language === null ? await languages.get(signal) : []);
    const query = await readQuery(request.query, among, stemming);
    const strategy = query.match === 'all' ? 'all' : 'frequency';
    const asking: Asking = { server, texts: exactTexts(query, among, stemming), how: 'exactly', strategy, signal };
    const answer = await searchFor(asking, request);
    if (answer.total > 0 || !query.words.some(({ word }) => word.mayBeMistyped)) return answer;
    const known = await knownWords(asking, { ...request, query }, among);
    if (query.words.every(({ word }) => known.has(word))) return answer;
    const texts = mistypedTexts(query, among, stemming, known);
    return texts.length === 0 ? answer : searchFor({ ...asking, texts, how: 'loosely' }, request);
  }

  /** Which words of a query something holds, as they are. */
  async function knownWords(
    asking: Asking,
    { query, filter, near }: SearchRequest,
    among: readonly string[],
  ): Promise<Set<Word>> {
    const known = await Promise.all(
      query.words.map(async ({ word }) => {
        const alone = { ...query, phrases: [], words: [{ word, synonyms: [] }] };
        const count = await countOf({ ...asking, texts: exactTexts(alone, among, stemming) }, { filter, near });
        return count > 0 ? [word] : [];
      }),
    );
    return new Set(known.flat());
  }

  return { search, forget: languages.forget };
}
