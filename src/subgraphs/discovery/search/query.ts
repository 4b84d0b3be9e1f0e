import { BadInput } from '../../../graph/errors.js';
import { limits } from '../../../graph/limits.js';
import type { SearchQuery, Word } from './engine.js';

/** What the planner needs to know of words. `language` is BCP 47; null means any language of the corpus. */
export interface Vocabulary {
  /** Those of the words that say nothing by themselves, such as `the`. */
  stopWordsAmong(words: readonly string[], language: string | null): Promise<ReadonlySet<string>>;
  /** Words and expressions for the same, in whatever language; without the word itself. */
  synonymsOf(word: string, language: string | null): Promise<readonly string[]>;
}

/** A query for engines, and the words of it that they are not asked. */
export interface Plan {
  query: SearchQuery;
  /** Words beyond the number that one query may have, as they were typed. */
  left: string[];
}

/** Compatible forms stay as they are: `²` is no `2`. Format characters turn text around or hide in it, and say nothing. */
const hidden = /[\p{Cf}\p{Co}\p{Cn}]/gu;
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/** Text without what cannot be seen: line ends and NUL become spaces, marks of direction and unassigned characters go. */
export const cleanText = (text: string): string =>
  text.toWellFormed().normalize('NFC').replaceAll(breaks, ' ').replaceAll(hidden, '').replaceAll('\u{fffd}', ' ');

const quoted = /["“”„‟«»]([^"“”„‟«»]*)["“”„‟«»]/gu;
/** Letters and digits; what joins them stays: `e-learning`, `R&D`, `1.5`. Of `l'arte` and `Europe's` the apostrophe parts. */
const word = /[\p{L}\p{N}\p{M}]+(?:[-‐‑&+][\p{L}\p{N}\p{M}]+|(?<=\p{N})[.,]\p{N}+)*/gu;
const wordsIn = (text: string): string[] => text.match(word) ?? [];

/** Numbers are right or wrong, and of three letters one is too many. */
const mayBeMistyped = (text: string): boolean => !/\p{N}/u.test(text) && text.length > 3;

/** A single letter comes from an elision, such as `l'`, or from a possessive. */
const isSingle = (text: string): boolean => /^\p{Script=Latin}$/u.test(text);

/**
 * What engines are asked for a text that somebody typed: its quoted phrases, and its words without those that say nothing,
 * each with its synonyms. The last word may be a beginning, until a space follows it. Rejects with
 * BAD_USER_INPUT for a text that is too long to be a search.
 */
export async function planQuery(text: string, language: string | null, vocabulary: Vocabulary): Promise<Plan> {
  const { query: longest, words: most } = limits.search;
  if (text.length > longest)
    throw new BadInput(
      `\`query\` has ${text.length.toLocaleString('en')} characters; ${longest} are allowed. Search for its most telling words.`,
    );
  const clean = cleanText(text);
  const phrases = [...clean.matchAll(quoted)]
    .map(([, inner = '']) => wordsIn(inner))
    .filter(({ length }) => length > 0);
  const loose = clean.replaceAll(quoted, ' ');
  const found = wordsIn(loose);
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(loose);
  const words = found.map((each, index): Word => ({
    text: each,
    isPrefix: isOpen && index === found.length - 1 && each.length > 1,
    mayBeMistyped: mayBeMistyped(each),
  }));
  const stops = await vocabulary.stopWordsAmong(found, language);
  const telling = words.filter((each) => !isSingle(each.text) && !stops.has(each.text));
  // All that is asked may say nothing by itself: `The Who`.
  const content = telling.length > 0 || phrases.length > 0 ? telling : words;
  const kept = unique(content);
  const room = Math.max(0, most - phrases.length);
  const asked = kept.slice(0, room).map(async (each) => {
    return { word: each, synonyms: [...(await vocabulary.synonymsOf(each.text, language))] };
  });
  return {
    query: {
      language,
      words: await Promise.all(asked),
      phrases,
      match: 'all',
    },
    left: kept.slice(room).map((each) => each.text),
  };
}

/** Each word once; the one that may be a beginning finds what the whole one finds. */
function unique(words: readonly Word[]): Word[] {
  const seen = new Map<string, Word>();
  for (const each of words) {
    const key = each.text.toLowerCase();
    seen.set(key, { ...each, isPrefix: each.isPrefix || (seen.get(key)?.isPrefix ?? false) });
  }
  return [...seen.values()];
}
