import { createHash } from 'node:crypto';
import { knownLanguage } from '../../src/subgraphs/discovery/search/analysis/languages.js';
import type { Stemming } from '../../src/subgraphs/discovery/search/analysis/stemming.js';
import { tokensOf } from '../../src/subgraphs/discovery/search/analysis/tokens.js';
import type { SearchDocument } from '../../src/subgraphs/discovery/search/document.js';

/** A word of the texts, as somebody typed it who made one mistake. */
export interface Mistyped {
  word: string;
  typed: string;
  /** The ids of the documents that the word is in, in any form that its language makes of it. */
  meant: ReadonlySet<string>;
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A letter left out, put in, replaced, or swapped with the next; never the first. Follows from the word alone. */
function mistyped(word: string): string {
  const [kind = 0, place = 0, letter = 0] = digestOf(`mistyped ${word}`);
  const isSwap = kind % 4 === 3;
  const at = 1 + (place % (word.length - (isSwap ? 2 : 1)));
  const other = String.fromCodePoint(97 + (letter % 26));
  const [before, after] = [word.slice(0, at), word.slice(at + 1)];
  if (isSwap) return before + word[at + 1] + word[at] + word.slice(at + 2);
  return before + ['', other + word[at], other][kind % 4] + after;
}

/**
 * So many words of five Latin letters and more that say something, each with a typing error; in an order that follows from
 * the words alone. Stop words are none: no text is found by them.
 */
export async function mistypedWords(
  documents: AsyncIterable<SearchDocument[]>,
  stemming: Stemming,
  count: number,
): Promise<Mistyped[]> {
  const holders = new Map<string, Set<string>>();
  const forms = new Map<string, Set<string>>();
  const put = (map: Map<string, Set<string>>, key: string, value: string) =>
    void map.set(key, (map.get(key) ?? new Set()).add(value));
  for await (const batch of documents) {
    const texts = batch.flatMap(({ id, texts: all }) =>
      all.map(({ language, text }) => ({ id, language: knownLanguage(language), tokens: tokensOf(text) })),
    );
    await stemming.learn(
      texts.flatMap(({ language, tokens }) =>
        language === null ? [] : tokens.map(({ bare }): [string, string] => [language, bare]),
      ),
    );
    for (const { id, language, tokens } of texts)
      for (const { bare, folded } of tokens) {
        const stem = language === null ? folded : stemming.of(language, bare);
        if (stem === null) continue;
        for (const key of [folded, `${language} ${stem}`]) {
          put(holders, key, id);
          if (bare === folded && /^[a-z]{5,}$/.test(bare)) put(forms, bare, key);
        }
      }
  }
  const words = [...forms.keys()].filter((word) => mistyped(word) !== word);
  const chosen = words.toSorted((one, other) => Buffer.compare(digestOf(one), digestOf(other))).slice(0, count);
  return chosen.map((word) => ({
    word,
    typed: mistyped(word),
    meant: new Set([...(forms.get(word) ?? [])].flatMap((key) => [...(holders.get(key) ?? [])])),
  }));
}
