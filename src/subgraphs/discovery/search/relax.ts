import type { SearchAnswer, SearchEngine, SearchQuery, SearchRequest } from './engine.js';
import type { Plan } from './query.js';

/** How much of a query its hits keep to. */
export interface Kept {
  /** What its words were narrowed to; the cursor of a later page brings it back. */
  query: Pick<SearchQuery, 'match'> & { words: string[] };
  /** Words that no hit has to have, as they were typed. */
  dropped: string[];
}

export interface Relaxed {
  answer: SearchAnswer;
  kept: Kept;
}

/** A longer query is a sentence, of which hardly anything has all words. */
const fewWords = 4;

const narrowed = (query: SearchQuery, { words, match }: Kept['query']): SearchQuery => ({
  ...query,
  match,
  words: query.words.filter(({ word }) => words.includes(word.text)),
  expressions: query.expressions.filter((each) => each.words.every((word) => words.includes(word))),
});

/**
 * Asks for hits with all words. Where there are none, leaves out the words that nothing has, and where that does not help,
 * takes hits with some of the words. `before` is what an earlier page of the same search came to.
 */
export async function searchRelaxed(
  engine: Pick<SearchEngine, 'search'>,
  request: Omit<SearchRequest, 'query'>,
  { query, left }: Plan,
  { before, signal }: { before?: Kept['query'] | undefined; signal?: AbortSignal } = {},
): Promise<Relaxed> {
  const texts = query.words.map(({ word }) => word.text);
  const ask = async (narrowing: Kept['query']): Promise<Relaxed> => ({
    answer: await engine.search({ ...request, query: narrowed(query, narrowing) }, signal),
    kept: { query: narrowing, dropped: [...texts.filter((text) => !narrowing.words.includes(text)), ...left] },
  });
  if (before) return ask(before);
  const all = await ask({ words: texts, match: 'all' });
  if (all.answer.total > 0 || texts.length < 2) return all;
  const known = texts.filter((text) => all.answer.unknown?.includes(text) !== true);
  if (known.length === 0) return all;
  if (known.length < texts.length && texts.length <= fewWords) {
    const fewer = await ask({ words: known, match: 'all' });
    if (fewer.answer.total > 0 || known.length < 2) return fewer;
  }
  return ask({ words: known, match: 'some' });
}
