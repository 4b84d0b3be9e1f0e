import type { SearchQuery, Word } from '../engine.js';
import { tokensOf } from '../analysis/tokens.js';
import { knownLanguage } from '../analysis/languages.js';
import { stemIn, type Stemming } from '../analysis/stemming.js';
import { isStopWord } from '../analysis/stop-words.js';
import { nothingLexical, type Lexical, type Terms } from '../analysis/terms.js';

/** A query in the server's words. A hit has every word of it. */
export interface QueryText {
  text: string;
  /** Of hits of the same rank those of the heavier one come first. */
  weight: number;
}

/** By what words of a query are read. */
export interface Reading {
  /** That they are reduced in. */
  languages: readonly string[];
  stemming: Stemming;
  /** What may be found at all. */
  terms: Terms;
}

/** Every one of them is a search of its own. */
const mostTexts = 24;

/** Of a word by itself. */
const mostOfWord = 8;

/** Of a query. */
const mostWords = 32;

/** Of a long query for some of its words so many are looked for, the rarest. */
const mostTelling = 12;

/** Words and phrases of one text; the server does not heed those that follow. */
const mostTerms = 10;

/** A synonym finds what was not asked for, and two words written as one are seldom meant. */
const weights = { synonym: 0.85, asOne: 0.85 };

/** Of longer queries no two words are taken for one. */
const fewWords = 4;

/** How a word is written in a query: one way in which texts may hold it. Null: no text can. */
type Write = (word: Word, language: string | null) => string | null;

/** The words of a text as they stand in others: without inflection or, for no language, as they were typed. */
const tokensIn = (text: string, language: string | null, stemming: Stemming): string[] =>
  tokensOf(text).map((token) => (language === null ? token.folded : stemIn(stemming, language, token)));

const sideBySide = (tokens: readonly string[]): string =>
  tokens.length > 1 ? `"${tokens.join(' ')}"` : tokens.join('');

/** Words as no text has them are left out, but for those that were typed so. */
const known =
  ({ stemming, terms }: Reading, typed: readonly SearchQuery['words'][number][]): Write =>
  (word, language) => {
    const tokens = tokensIn(word.text, language, stemming);
    const isTyped = language === null && typed.some((each) => each.word === word);
    return isTyped || tokens.every((token) => terms.has(token, language)) ? sideBySide(tokens) : null;
  };

/** What `e-learning` is too. */
const writtenAsOne = (text: string): string[] => {
  const tokens = tokensOf(text);
  return tokens.length > 1 ? [tokens.map(({ bare: each }) => each).join('')] : [];
};

/** The query without words that say nothing, unless there are no others, and what is known of all that it may mean. */
export async function readQuery(
  query: SearchQuery,
  { languages, stemming }: Omit<Reading, 'terms'>,
  { termsOf }: Pick<Lexical, 'termsOf'> = nothingLexical,
): Promise<{ query: SearchQuery; terms: Terms }> {
  const learnt = async (texts: readonly string[]) => {
    const tokens = texts.flatMap(tokensOf);
    await stemming.learn(languages.flatMap((each) => tokens.map(({ bare }): [string, string] => [each, bare])));
    return tokens.flatMap((token) => [token.folded, ...languages.map((each) => stemIn(stemming, each, token))]);
  };
  const phrases = query.phrases.map((phrase) => phrase.filter((each) => tokensOf(each).length > 0));
  const told = phrases.filter((phrase) => phrase.length > 0).slice(0, mostTerms);
  const said = query.words.filter(({ word }) => tokensOf(word.text).length > 0).slice(0, mostWords);
  const asked = [
    ...said.flatMap(({ word, synonyms }) => [word.text, ...writtenAsOne(word.text), ...synonyms]),
    // One of them is taken for a word, see `wordTexts`.
    ...query.expressions.flatMap(({ synonyms }) => synonyms.flatMap((each) => [each, ...writtenAsOne(each)])),
  ];
  const tokens = await learnt(asked);
  const telling = said.filter(
    ({ word }) => !tokensOf(word.text).every(({ bare: each }) => isStopWord(stemming, languages, each)),
  );
  const most = query.match === 'all' ? mostTerms - told.length : mostWords;
  const words = (telling.length > 0 || told.length > 0 ? telling : said).slice(0, most);
  const pairs = pairsOf(words.map(({ word }) => word)).map(({ both }) => both.text);
  const ofPairs = await learnt(pairs);
  const texts = new Set(words.map(({ word }) => word.text));
  const expressions = query.expressions.filter((each) => each.words.every((text) => texts.has(text)));
  return {
    query: { ...query, phrases: told, words, expressions },
    terms: await termsOf([...new Set([...tokens, ...ofPairs])]),
  };
}

/** The languages that words of a query are reduced in: its own, or all that there are texts in. */
export function languagesOf({ language }: SearchQuery, present: readonly string[]): string[] {
  if (language === null) return [...present];
  return [knownLanguage(language) ?? []].flat();
}

/** The same for each word of a query by itself, beside its phrases, and for what stands for several of them. */
export function wordTexts(query: SearchQuery, reading: Reading): QueryText[][] {
  const expressed = query.expressions.flatMap(({ synonyms: [first, ...synonyms] }) =>
    first === undefined ? [] : [{ word: asSynonym(first), synonyms }],
  );
  return [...query.words, ...expressed].map((word) =>
    exactTexts({ ...query, words: [word], expressions: [] }, reading).slice(0, mostOfWord),
  );
}

/** The query with the words that tell most, and those that are left out for it: those that nothing has first. */
export function tellingOf(
  query: SearchQuery,
  { languages, stemming, terms }: Reading,
): { query: SearchQuery; commonest: string[] } {
  const documentsWith = (text: string) =>
    Math.max(
      ...[null, ...languages].flatMap((language) => tokensIn(text, language, stemming)).map(terms.documentsWith),
    ) || Infinity;
  const documents = new Map(query.words.map(({ word }) => [word, documentsWith(word.text)]));
  const byRarity = [...documents].toSorted(([, few], [, more]) => (few === more ? 0 : few - more));
  const kept = new Set(byRarity.slice(0, mostTelling).map(([word]) => word));
  const words = query.words.filter(({ word }) => kept.has(word));
  const commonest = query.words.flatMap(({ word }) => (kept.has(word) ? [] : [word.text]));
  const expressions = query.expressions.filter((each) => !each.words.some((text) => commonest.includes(text)));
  return { query: { ...query, words, expressions }, commonest };
}

const quoted = (text: string): string => (text.startsWith('"') ? text : `"${text}"`);

/** What finds words as they stand in texts: without inflection, or the last one as a beginning; then their synonyms. */
export function exactTexts({ words, phrases, expressions }: SearchQuery, reading: Reading): QueryText[] {
  const write = known(reading, words);
  const together = phrases.map((phrase) =>
    quoted(
      phrase
        .flatMap(tokensOf)
        .map(({ folded }) => folded)
        .join(' '),
    ),
  );
  // The server takes the last word for a beginning, unless a space follows it.
  const inOrder = words.toSorted((one, other) => Number(one.word.isPrefix) - Number(other.word.isPrefix));
  const texts = new Map<string, number>();
  for (const { replaced, weight } of replacements(inOrder, expressions))
    for (const language of [null, ...reading.languages]) {
      const before = replaced.slice(0, -1).map((word) => write(word, language));
      const parts = [...together, ...before, ending(replaced.at(-1), language, write)];
      if (parts.includes(null)) continue;
      const text = parts.filter((part) => part !== '').join(' ');
      if (!texts.has(text) && texts.size < mostTexts) texts.set(text, weight);
    }
  return [...texts].map(([text, weight]) => ({ text, weight }));
}

/** The last word, as long as it is typed a beginning; what some text holds of it without inflection is whole. */
function ending(word: Word | undefined, language: string | null, write: Write): string | null {
  if (word === undefined) return '';
  const written = write(word, language);
  if (!word.isPrefix) return written === null ? null : `${written} `;
  const typed = write(word, null);
  return written === null || written === typed ? typed : `${written} `;
}

interface Replaced {
  replaced: Word[];
  weight: number;
}

/**
 * The words themselves first, then two of them as one and expressions by what stands for them, then with a synonym in the
 * place of one word, then of two and more.
 */
function* replacements(words: SearchQuery['words'], expressions: SearchQuery['expressions']): Generator<Replaced> {
  const originals = words.map(({ word }) => word);
  yield { replaced: originals, weight: 1 };
  yield* asOne(originals);
  for (const { words: texts, synonyms } of expressions) {
    const others = originals.filter(({ text }) => !texts.includes(text));
    for (const synonym of synonyms) yield { replaced: [asSynonym(synonym), ...others], weight: weights.synonym };
  }
  let level = [{ replaced: originals, next: 0, weight: 1 }];
  while (level.length > 0) {
    level = level.flatMap(({ replaced, next, weight }) =>
      words.slice(next).flatMap(({ word, synonyms }, offset) =>
        [...writtenAsOne(word.text), ...synonyms].map((text) => ({
          replaced: replaced.with(next + offset, asSynonym(text)),
          next: next + offset + 1,
          weight: weight * weights.synonym,
        })),
      ),
    );
    yield* level;
  }
}

const asSynonym = (text: string): Word => ({ text, isPrefix: false, mayBeMistyped: false });

/** `hand made` as `handmade`. */
const asOne = (words: readonly Word[]): Replaced[] =>
  pairsOf(words).map(({ both, at }) => ({ replaced: words.toSpliced(at, 2, both), weight: weights.asOne }));

/** Words beside each other that may be one; numbers are not. */
function pairsOf(words: readonly Word[]): { both: Word; at: number }[] {
  if (words.length > fewWords) return [];
  return words.slice(1).flatMap((second, at) => {
    const first = words[at] as Word;
    if (!first.mayBeMistyped || !second.mayBeMistyped) return [];
    return [{ at, both: { ...second, text: first.text + second.text, mayBeMistyped: false } }];
  });
}
