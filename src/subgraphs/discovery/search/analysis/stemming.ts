import type { Run } from '../../../../graph/context.js';
import { knownLanguages } from './languages.js';
import { Stems } from './stems.js';
import type { Token } from './tokens.js';

/** What words are reduced to. A pair of a language and a bare word is learned before it is asked for. */
export interface Stemming {
  /** All that it knows, without regions and scripts. */
  languages: readonly string[];
  learn(pairs: Iterable<[language: string, bare: string]>): Promise<void>;
  /** Null for a word that says nothing in its language. */
  of(language: string, bare: string): string | null;
}

/** One token for each word, so that the nth of every reading of a text is its nth word. */
export const stemIn = (
  stemming: Pick<Stemming, 'of'>,
  language: string,
  { bare, folded }: Pick<Token, 'bare' | 'folded'>,
): string => stemming.of(language, bare) ?? folded;

/** PostgreSQL's dictionaries, asked for each word once. */
export function stemmingBy(run: Run, stems = new Stems()): Stemming {
  return {
    languages: knownLanguages,
    learn: (pairs) => stems.learn(run, pairs),
    of: (language, bare) => stems.of(language, bare),
  };
}
