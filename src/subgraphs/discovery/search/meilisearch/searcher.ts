import type { SearchAnswer, SearchEngine, SearchQuery, SearchRequest, Word } from '../engine.js';
import type { CorpusReader } from './corpus.js';
import {
  exactTexts,
  languagesOf,
  mistypedTexts,
  readQuery,
  tellingOf,
  wordTexts,
  type Reading,
} from './query-texts.js';
import { areFound, nothing, searchFor, type Asking } from './search.js';
import { searchSome } from './some.js';
import type { Server } from './server.js';
import type { Stemming } from '../analysis/stemming.js';
import { anyTerms, type ReadTerms } from '../analysis/terms.js';
import { tokensOf } from '../analysis/tokens.js';

export interface Searching {
  server: Server;
  corpus: CorpusReader;
  stemming: Stemming;
  readTerms?: ReadTerms | undefined;
}

/** Asks for the words as they are, and where that finds nothing, for words that are written nearly so. */
export function searcher({
  server,
  corpus,
  stemming,
  readTerms = async () => anyTerms,
}: Searching): SearchEngine['search'] {
  return search;

  async function search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const { languages, documents } = await corpus.get(signal);
    const among = { languages: languagesOf(request.query, languages), stemming };
    const { query, terms } = await readQuery(request.query, among, readTerms);
    const reading = { ...among, terms };
    const isAsked = request.query.words.length + request.query.phrases.length > 0;
    if (isAsked && query.words.length + query.phrases.length === 0) return nothing(request);
    const read = { ...request, query };
    if (query.match === 'some' && query.words.length > 1) {
      const { query: telling, commonest } = tellingOf(query, reading);
      const some = { server, signal, documents, terms };
      return { ...(await searchSome(some, read, wordTexts(telling, reading))), commonest };
    }
    const asking: Asking = { server, texts: exactTexts(query, reading), terms, how: 'exactly', signal };
    const answer = await searchFor(asking, read);
    if (answer.total > 0 || query.words.length === 0) return answer;
    const { mistyped, unknown } = await lookUp(asking, read, reading);
    if (unknown.length > 0 || mistyped.size === 0) return { ...answer, unknown };
    const texts = mistypedTexts(query, reading, mistyped);
    const typed = [...mistyped].flatMap(({ text }) => tokensOf(text)).map(({ folded }) => folded);
    return searchFor({ ...asking, texts, how: 'loosely', mistyped: typed }, read);
  }

  /** Which words of a query something holds only nearly so, and which nothing holds at all. */
  async function lookUp(
    asking: Asking,
    { query, filter, near }: SearchRequest,
    reading: Reading,
  ): Promise<{ mistyped: Set<Word>; unknown: string[] }> {
    const alone = query.words.map((each) => ({ ...query, phrases: [], expressions: [], words: [each] }));
    const nearly = (each: SearchQuery) => new Set(each.words.map(({ word }) => word));
    const found = await areFound(
      asking,
      [
        ...alone.map((each) => ({ texts: exactTexts(each, reading), how: 'exactly' as const })),
        ...alone.map((each) => ({
          texts: mistypedTexts(each, reading, nearly(each)),
          how: 'loosely' as const,
        })),
      ],
      { filter, near },
    );
    const words = query.words.map(({ word }, index) => {
      return { word, isThere: found[index] === true, isNearly: found[index + query.words.length] === true };
    });
    return {
      mistyped: new Set(words.flatMap(({ word, isThere }) => (isThere ? [] : [word]))),
      unknown: words.flatMap(({ word, isThere, isNearly }) => (isThere || isNearly ? [] : [word.text])),
    };
  }
}
