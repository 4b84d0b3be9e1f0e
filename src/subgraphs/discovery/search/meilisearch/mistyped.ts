import type { SearchQuery } from '../engine.js';
import type { Lexical } from '../analysis/terms.js';
import { tokensOf } from '../analysis/tokens.js';

/** A word of a query, with its synonyms. */
export type Entry = SearchQuery['words'][number];

/** Of these words, which nothing has, those that may have been meant otherwise, with what stands for each. */
export async function meantBy(words: readonly Entry[], lexical: Lexical): Promise<Map<Entry, Entry>> {
  const mistyped = words.flatMap((entry) => {
    const [token, ...more] = entry.word.mayBeMistyped ? tokensOf(entry.word.text) : [];
    return token && more.length === 0 ? [{ entry, typed: token.folded }] : [];
  });
  const corrections = await lexical.correctionsOf(mistyped.map(({ typed }) => typed));
  return new Map(
    mistyped.flatMap(({ entry, typed }) => {
      // The rarest counts most: a few records have it, and leave room on the page for those that have the others.
      const [text, ...synonyms] = (corrections.get(typed) ?? []).toReversed();
      return text === undefined ? [] : [[entry, { word: { text, isPrefix: false, mayBeMistyped: false }, synonyms }]];
    }),
  );
}
