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

/** What fewer documents have may be there by chance, and leaves most of a page empty. */
const fewHits = 3;

const narrowed = (query: SearchQuery, { words, match }: Kept['query']): SearchQuery => ({
  ...query,
  match,
  words: query.words.filter(({ word }) => words.includes(word.text)),
  expressions: query.expressions.filter((each) => each.words.every((word) => words.includes(word))),
});

/**
 * Asks for hits with all words. Where there are hardly any, leaves out the words that nothing has, and where that does not
 * help, takes hits with some of the words, those with all of them first; of a sentence at once. `before` is what an earlier
 * page of the same search came to.
 */
export async function searchRelaxed(
  engine: Pick<SearchEngine, 'search'>,
  request: Omit<SearchRequest, 'query'>,
  { query, left }: Plan,
  { before, signal }: { before?: Kept['query'] | undefined; signal?: AbortSignal } = {},
): Promise<Relaxed> {
  const texts = query.words.map(({ word }) => word.text);
  const ask = async (narrowing: Kept['query'], least = 0): Promise<Relaxed> => {
    const answer = await engine.search({ ...request, query: narrowed(query, narrowing), least }, signal);
    const unheeded = narrowing.match === 'some' ? [...(answer.unknown ?? []), ...(answer.commonest ?? [])] : [];
    const isDropped = (text: string) => !narrowing.words.includes(text) || unheeded.includes(text);
    return { answer, kept: { query: narrowing, dropped: [...texts.filter(isDropped), ...left] } };
  };
  if (before) return ask(before);
  if (texts.length > fewWords) return ask({ words: texts, match: 'some' });
  const ofAll = { words: texts, match: 'all' } as const;
  const all = await ask(ofAll, texts.length < 2 ? 0 : fewHits);
  if (all.answer.total >= fewHits || texts.length < 2) return all;
  const known = texts.filter((text) => all.answer.unknown?.includes(text) !== true);
  // Hits that were left out are asked for once it is clear that there are no better ones.
  const whole = () => (all.answer.total === 0 || all.answer.hits.length > 0 ? all : ask(ofAll));
  if (known.length === 0) return whole();
  if (known.length < texts.length) {
    const fewer = await ask({ words: known, match: 'all' }, known.length < 2 ? 0 : fewHits);
    if (fewer.answer.total >= fewHits || known.length < 2) return fewer;
  }
  const some = await ask({ words: known, match: 'some' });
  return some.answer.total > all.answer.total ? some : whole();
}
