import { BadInput } from '../../../graph/errors.js';
import { limits } from '../../../graph/limits.js';
import type { SearchQuery, Word } from './engine.js';

/** What the planner needs to know of words. `language` is BCP 47; null means any language of the corpus. */
export interface Vocabulary {
  /** Those of the words that say nothing by themselves, such as `the`. */
  stopWordsAmong(words: readonly string[], language: string | null): Promise<ReadonlySet<string>>;
  /** Those of the words, alone or several beside each other, for which there are others. */
  synonymsIn(words: readonly string[], language: string | null): Promise<readonly Synonymous[]>;
}

/** One word or several beside each other, by place and number, with words and expressions for the same in any language. */
export interface Synonymous {
  at: number;
  length: number;
  synonyms: readonly string[];
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
  const synonymous = await vocabulary.synonymsIn(found, language);
  const asked = kept.slice(0, room);
  return {
    query: {
      language,
      words: asked.map((each) => ({ word: each, synonyms: synonymsOf(each, found, synonymous) })),
      expressions: expressionsOf(asked, { found, telling: content, synonymous }),
      phrases,
      match: 'all',
    },
    left: kept.slice(room).map((each) => each.text),
  };
}

const keyOf = (text: string): string => text.toLowerCase();

function synonymsOf({ text }: Word, found: readonly string[], synonymous: readonly Synonymous[]): string[] {
  const own = synonymous.filter(({ at, length }) => length === 1 && keyOf(found[at] as string) === keyOf(text));
  return [...new Set(own.flatMap(({ synonyms }) => synonyms))];
}

/** The expressions of which all words that say something are asked. */
function expressionsOf(
  asked: readonly Word[],
  {
    found,
    telling,
    synonymous,
  }: { found: readonly string[]; telling: readonly Word[]; synonymous: readonly Synonymous[] },
): Plan['query']['expressions'] {
  const texts = new Map(asked.map(({ text }) => [keyOf(text), text]));
  const isTelling = new Set(telling.map(({ text }) => keyOf(text)));
  return synonymous
    .filter(({ length }) => length > 1)
    .flatMap(({ at, length, synonyms }) => {
      const keys = [...new Set(found.slice(at, at + length).map(keyOf))].filter((key) => isTelling.has(key));
      const words = keys.flatMap((key) => texts.get(key) ?? []);
      return words.length > 0 && words.length === keys.length ? [{ words, synonyms: [...synonyms] }] : [];
    });
}

/** Each word once; the one that may be a beginning finds what the whole one finds. */
function unique(words: readonly Word[]): Word[] {
  const seen = new Map<string, Word>();
  for (const each of words) {
    const key = keyOf(each.text);
    seen.set(key, { ...each, isPrefix: each.isPrefix || (seen.get(key)?.isPrefix ?? false) });
  }
  return [...seen.values()];
}
