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
    if (answer.total > 0 || query.words.length === 0) return answer;
    const { mistyped, unknown } = await lookUp(asking, read, among);
    if (unknown.length > 0 || mistyped.size === 0) return { ...answer, unknown };
    const texts = mistypedTexts(query, among, stemming, mistyped);
    return searchFor({ ...asking, texts, how: 'loosely' }, read);
  }

  /** Which words of a query something holds only nearly so, and which nothing holds at all. */
  async function lookUp(
    asking: Asking,
    { query, filter, near }: SearchRequest,
    among: readonly string[],
  ): Promise<{ mistyped: Set<Word>; unknown: string[] }> {
    const counted = await Promise.all(
      query.words.map(async (each) => {
        const alone = { ...query, phrases: [], words: [each] };
        const [asItIs, nearlySo] = await Promise.all([
          countOf({ ...asking, texts: exactTexts(alone, among, stemming) }, { filter, near }),
          countOf(
            { ...asking, texts: mistypedTexts(alone, among, stemming, new Set([each.word])), how: 'loosely' },
            { filter, near },
          ),
        ]);
        return { word: each.word, asItIs, nearlySo };
      }),
    );
    return {
      mistyped: new Set(counted.flatMap(({ word, asItIs }) => (asItIs > 0 ? [] : [word]))),
      unknown: counted.flatMap(({ word, asItIs, nearlySo }) => (asItIs + nearlySo > 0 ? [] : [word.text])),
    };
  }

  return { search, forget: corpus.forget };
}
