import type { SearchAnswer, SearchEngine, SearchRequest } from '../engine.js';
import type { CorpusReader } from './corpus.js';
import { meantBy, type Entry } from './mistyped.js';
import { exactTexts, languagesOf, readQuery, tellingOf, wordTexts, type Reading } from './query-texts.js';
import { areFound, nothing, searchFor } from './search.js';
import { searchSome } from './some.js';
import type { Server } from './server.js';
import type { Stemming } from '../analysis/stemming.js';
import type { Lexical } from '../analysis/terms.js';

export interface Searching {
  server: Server;
  corpus: CorpusReader;
  stemming: Stemming;
  lexical: Lexical;
}

/** Asks for the words as they are, and where that finds nothing, for what they may have been meant as. */
export function searcher({ server, corpus, stemming, lexical }: Searching): SearchEngine['search'] {
  return search;

  async function search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const { languages, documents } = await corpus.get(signal);
    const among = { languages: languagesOf(request.query, languages), stemming };
    const { query, terms } = await readQuery(request.query, among, lexical);
    const reading = { ...among, terms };
    const isAsked = request.query.words.length + request.query.phrases.length > 0;
    if (isAsked && query.words.length + query.phrases.length === 0) return nothing(request);
    const read = { ...request, query };
    if (query.match === 'some' && query.words.length > 1) {
      const { query: telling, commonest } = tellingOf(query, reading);
      const some = { server, signal, documents, terms };
      return { ...(await searchSome(some, read, wordTexts(telling, reading))), commonest };
    }
    const answer = await searchFor({ server, texts: exactTexts(query, reading), terms, signal }, read);
    if (answer.total > 0 || query.words.length === 0) return answer;
    const { meant, unknown } = await corrected(read, reading, signal);
    if (meant === null) return { ...answer, unknown };
    return searchFor(
      { server, texts: exactTexts(meant.query, meant), terms: meant.terms, signal },
      { ...read, query: meant.query },
    );
  }

  /** What the words that nothing has may have been meant as; those of them that stand for nothing at all leave no query. */
  async function corrected(
    request: SearchRequest,
    reading: Reading,
    signal: AbortSignal | undefined,
  ): Promise<{ meant: (Reading & Pick<SearchRequest, 'query'>) | null; unknown: string[] }> {
    const { query } = request;
    const areThere = async (words: readonly Entry[], read: Reading) => {
      const alone = words.map((each) => ({ ...query, phrases: [], expressions: [], words: [each] }));
      return areFound(
        { server, signal },
        alone.map((each) => exactTexts(each, read)),
        request,
      );
    };
    // One word by itself was just looked for.
    const there = query.words.length + query.phrases.length > 1 ? await areThere(query.words, reading) : [];
    const missing = query.words.filter((_, index) => there[index] !== true);
    if (missing.length === 0) return { meant: null, unknown: [] };
    const instead = await meantBy(missing, lexical);
    const words = query.words.map((each) => instead.get(each) ?? each);
    const meant = { ...reading, ...(await readQuery({ ...query, words }, reading, lexical)) };
    const found = await areThere([...instead.values()], meant);
    const lost = missing.filter((each) => found[[...instead.keys()].indexOf(each)] !== true);
    return { meant: lost.length > 0 ? null : meant, unknown: lost.map(({ word }) => word.text) };
  }
}
