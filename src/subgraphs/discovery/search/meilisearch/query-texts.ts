import type { SearchQuery, Word } from '../engine.js';
import { tokensOf } from '../postgresql/analysis.js';
import { stemmedLanguage } from '../postgresql/stems.js';
import { stemIn, type Stemming } from './stemming.js';

/** A query in the server's words. A hit has every word of it. */
export interface QueryText {
  text: string;
  /** Of hits of the same rank those of the heavier one come first. */
  weight: number;
}

/** Every one of them is a search of its own. */
const mostTexts = 24;

/** Words and phrases of one text; the server does not heed those that follow. */
const mostTerms = 10;

/** A synonym finds what was not asked for. */
const synonymWeight = 0.85;

/** How a word is written in a query: one way in which texts may hold it. Null: no text can. */
type Write = (word: Word, language: string | null) => string | null;

/** All words as they stand in texts, without inflection or, for no language, as they were typed. */
const bare =
  (stemming: Stemming): Write =>
  ({ text }, language) => {
    const tokens = tokensOf(text).map((token) =>
      language === null ? token.folded : stemIn(stemming, language, token),
    );
    return tokens.length > 1 ? `"${tokens.join(' ')}"` : tokens.join('');
  };

/** What `e-learning` is too. */
const writtenAsOne = (text: string): string[] => {
  const tokens = tokensOf(text);
  return tokens.length > 1 ? [tokens.map(({ bare: each }) => each).join('')] : [];
};

/** The query without words that say nothing, once all stems are learned that it needs; of nothing else it keeps them. */
export async function readQuery(
  query: SearchQuery,
  languages: readonly string[],
  stemming: Stemming,
): Promise<SearchQuery> {
  const phrases = query.phrases.map((phrase) => phrase.filter((each) => tokensOf(each).length > 0));
  const told = phrases.filter((phrase) => phrase.length > 0).slice(0, mostTerms);
  const written = query.words.filter(({ word }) => tokensOf(word.text).length > 0);
  const texts = written.flatMap(({ word, synonyms }) => [word.text, ...writtenAsOne(word.text), ...synonyms]);
  const tokens = texts.flatMap(tokensOf);
  await stemming.learn(languages.flatMap((each) => tokens.map((token): [string, string] => [each, token.bare])));
  const telling = written.filter(({ word }) => !tokensOf(word.text).every(({ bare: each }) => isStop(each)));
  const words = telling.length > 0 || told.length > 0 ? telling : written;
  const most = query.match === 'all' ? mostTerms - told.length : mostTexts;
  return { ...query, phrases: told, words: words.slice(0, most) };

  /** In the language of the query; where that is not known, in English or in two others. */
  function isStop(text: string): boolean {
    const silent = languages.filter((language) => stemming.of(language, text) === null);
    return silent.length >= (query.language === null && !silent.includes('en') ? 2 : 1);
  }
}

/** The languages that words of a query are reduced in: its own, or all that there are texts in. */
export function languagesOf({ language }: SearchQuery, present: readonly string[]): string[] {
  if (language === null) return [...present];
  return [stemmedLanguage(language) ?? []].flat();
}

/** What finds words as they stand in texts: without inflection, or the last one as a beginning; then their synonyms. */
export const exactTexts = (query: SearchQuery, languages: readonly string[], stemming: Stemming): QueryText[] =>
  queryTexts(query, [null, ...languages], bare(stemming));

/** The same for each word of a query by itself, beside its phrases. */
export const wordTexts = (query: SearchQuery, languages: readonly string[], stemming: Stemming): QueryText[][] =>
  query.words.map((word) => exactTexts({ ...query, words: [word] }, languages, stemming));

/** What finds words that may be mistyped where none is known: those that are keep to the letter. */
export function mistypedTexts(
  query: SearchQuery,
  languages: readonly string[],
  stemming: Stemming,
  known: ReadonlySet<Word>,
): QueryText[] {
  const write = bare(stemming);
  return queryTexts(query, [null, ...languages], (word, language) => {
    if (known.has(word)) return word.isPrefix ? write(word, language) : quoted(write(word, language) ?? '');
    return word.mayBeMistyped ? write(word, null) : null;
  });
}

const quoted = (text: string): string => (text.startsWith('"') ? text : `"${text}"`);

function queryTexts({ words, phrases }: SearchQuery, languages: readonly (string | null)[], write: Write): QueryText[] {
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
  for (const { replaced, weight } of replacements(inOrder))
    for (const language of languages)
      for (const last of endings(replaced.at(-1), language, write)) {
        const parts = [...together, ...replaced.slice(0, -1).map((word) => write(word, language)), last];
        if (parts.includes(null)) continue;
        const text = parts.filter((part) => part !== '').join(' ');
        if (!texts.has(text) && texts.size < mostTexts) texts.set(text, weight);
      }
  return [...texts].map(([text, weight]) => ({ text, weight }));
}

/** The last word: as it is, and where it may be a beginning of something else, as that too. */
function endings(word: Word | undefined, language: string | null, write: Write): (string | null)[] {
  if (word === undefined) return [''];
  const written = write(word, language);
  if (written === null) return [null];
  if (!word.isPrefix) return [`${written} `];
  const typed = write(word, null);
  return typed === written ? [written] : [`${written} `, typed];
}

/** The words themselves first, then with a synonym in the place of one, then of two and more. */
function* replacements(words: SearchQuery['words']): Generator<{ replaced: Word[]; weight: number }> {
  const originals = words.map(({ word }) => word);
  let level: { replaced: Word[]; next: number; weight: number }[] = [{ replaced: originals, next: 0, weight: 1 }];
  while (level.length > 0) {
    yield* level;
    level = level.flatMap(({ replaced, next, weight }) =>
      words.slice(next).flatMap(({ word, synonyms }, offset) =>
        [...writtenAsOne(word.text), ...synonyms].map((text) => ({
          replaced: replaced.with(next + offset, { text, isPrefix: false, mayBeMistyped: false }),
          next: next + offset + 1,
          weight: weight * synonymWeight,
        })),
      ),
    );
  }
}
