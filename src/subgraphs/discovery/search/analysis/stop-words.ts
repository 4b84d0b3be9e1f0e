import type { Stemming } from './stemming.js';

/**
 * Whether a word says nothing in texts of any of these languages: in the one there is; of several a short word in any, a
 * longer one in English or in two others, for `come` and `sind` may be looked for. The words were learned before.
 */
export function isStopWord(stemming: Pick<Stemming, 'of'>, languages: readonly string[], bare: string): boolean {
  const silent = languages.filter((language) => stemming.of(language, bare) === null);
  const enough = bare.length <= 3 || silent.includes('en') ? 1 : Math.min(2, languages.length);
  return silent.length > 0 && silent.length >= enough;
}
