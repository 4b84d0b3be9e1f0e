import type { SearchAnswer, SearchRequest, Word } from '../engine.js';
import { corpusReader } from './corpus.js';
import { exactTexts, languagesOf, mistypedTexts, readQuery, wordTexts } from './query-texts.js';
import { countOf, nothing, searchFor, type Asking } from './search.js';
import { searchSome } from './some.js';
import type { Server } from './server.js';
import type { Stemming } from './stemming.js';

export interface Searcher {
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  /** The index has changed. */
  forget(): void;
}

/** Asks for the words as they are, and where that finds nothing, for words that are written nearly so. */
export function searcher(server: Server, stemming: Stemming): Searcher {
  const corpus = corpusReader(server);

  async function search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const { languages, documents } = await corpus.get(signal);
    const among = languagesOf(request.query, languages);
    const query = await readQuery(request.query, among, stemming);
    const isAsked = request.query.words.length + request.query.phrases.length > 0;
    if (isAsked && query.words.length + query.phrases.length === 0) return nothing(request);
    const read = { ...request, query };
    if (query.match === 'some' && query.words.length > 1)
      return searchSome({ server, signal, documents }, read, wordTexts(query, among, stemming));
    const asking: Asking = { server, texts: exactTexts(query, among, stemming), how: 'exactly', signal };
    const answer = await searchFor(asking, read);
    if (answer.total > 0 || !query.words.some(({ word }) => word.mayBeMistyped)) return answer;
    const known = await knownWords(asking, read, among);
    if (query.words.every(({ word }) => known.has(word))) return answer;
    const texts = mistypedTexts(query, among, stemming, known);
    return texts.length === 0 ? answer : searchFor({ ...asking, texts, how: 'loosely' }, read);
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

  return { search, forget: corpus.forget };
}
