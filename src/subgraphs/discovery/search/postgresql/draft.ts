import type { Word } from '../engine.js';
import type { Token } from '../analysis/tokens.js';
import type { Lexicon } from './lexicon.js';
import type { Found } from './lexicon.sql.js';
import { likeliestSplit } from './mistype.js';

/** A term of the index that stands for one word of a query, or for several: the bits of `mask`. */
export interface Alternative {
  term: number;
  /** How many documents have it. */
  documents: number;
  mask: number;
  weight: number;
}

/** Words that stand for words of a query, or for a phrase, where they stand side by side. */
export interface Sequence {
  /** Terms that a document must have for it, and the word that follows each; stop words are not among them. */
  terms: { term: number; next: string | null }[];
  words: string[];
  mask: number;
  weight: number;
}

/** A word of a query, and its bit. */
export interface Slot {
  mask: number;
  word: Word;
  tokens: Token[];
  synonyms: Token[][];
}

/** How much less than the word itself its variants say; `suspected` where the word itself is there too, if seldom. */
export const weights = { joined: 0.4, synonym: 0.5, prefix: 0.4, split: 0.8, corrected: 0.6, suspected: 0.3 };

export const maskOf = (all: readonly { mask: number }[]): number => all.reduce((sum, { mask }) => sum | mask, 0);

export const joined = (tokens: readonly Token[]): string => tokens.map(({ folded }) => folded).join('');

/** What of a slot may hold a typing error: its only word. */
export const mistypableIn = ({ tokens: [only, ...more], word }: Slot): Token | undefined =>
  more.length === 0 && word.mayBeMistyped ? only : undefined;

/** An expansion in the making. */
export class Draft {
  readonly #alternatives = new Map<number, Alternative>();
  readonly #sequences: Sequence[] = [];
  readonly #words = new Set<string>();
  readonly #prefixes: string[] = [];

  constructor(readonly lexicon: Lexicon) {}

  addWord(slot: Slot, beside: Slot | undefined): void {
    const { tokens, mask, synonyms, word } = slot;
    this.#addAsWritten(tokens, mask, 1);
    this.addSynonyms(synonyms, mask);
    if (tokens.length > 1) this.#addTerm(joined(tokens), mask, 1);
    if (beside) {
      // `inno crafts` is one word torn apart, where nothing has `inno`.
      const isTorn = [slot, beside].some((each) => each.tokens.every((token) => !this.lexicon.documentsWith(token)));
      this.#addTerm(joined([...tokens, ...beside.tokens]), mask | beside.mask, isTorn ? 1 : weights.joined);
    }
    const last = tokens.at(-1);
    if (word.isPrefix && last !== undefined && tokens.length === 1) {
      const completions = this.lexicon.completionsOf(last.folded);
      for (const found of completions) this.#add(found, mask, weights.prefix);
      if (completions.length > 0) this.#prefixes.push(last.folded);
    }
  }

  addSynonyms(synonyms: readonly (readonly Token[])[], mask: number): void {
    for (const synonym of synonyms) this.#addAsWritten(synonym, mask, weights.synonym);
  }

  /** One word by what it is reduced to; several where they stand side by side. */
  #addAsWritten(tokens: readonly Token[], mask: number, weight: number): void {
    const [only, ...more] = tokens;
    if (only === undefined) return;
    if (more.length > 0) return this.addSequence(tokens, mask, weight);
    for (const { found, share } of this.lexicon.termsFor(only)) this.#add(found, mask, weight * share);
  }

  #addTerm(lexeme: string, mask: number, weight: number): void {
    const found = this.lexicon.found(lexeme);
    if (found) this.#add(found, mask, weight);
  }

  #add(found: Found, mask: number, weight: number): void {
    const { mask: masked, weight: weighed } = this.#alternatives.get(found.id) ?? { mask: 0, weight: 0 };
    const most = Math.max(weighed, weight * this.lexicon.rarity(found));
    this.#alternatives.set(found.id, {
      term: found.id,
      documents: found.documents,
      mask: masked | mask,
      weight: most,
    });
    this.#words.add(found.lexeme);
    for (const form of found.forms) this.#words.add(form);
  }

  addSequence(tokens: readonly Token[], mask: number, weight: number): void {
    if (tokens.length === 1) return this.#addTerm((tokens[0] as Token).folded, mask, weight);
    const words = tokens.map(({ folded }) => folded);
    const all = tokens.map((token, at) => ({
      found: this.lexicon.found(token.folded),
      next: words[at + 1] ?? null,
      isStop: this.lexicon.isStopSomewhere(token),
    }));
    const telling = all.filter(({ isStop }) => !isStop);
    const wanted = telling.length > 0 ? telling : all;
    const terms = wanted.flatMap(({ found, next }) => (found ? { found, next } : []));
    if (terms.length < wanted.length) return;
    const rarity = terms.reduce((sum, { found }) => sum + this.lexicon.rarity(found), 0);
    this.#sequences.push({
      terms: terms.map(({ found, next }) => ({ term: found.id, next })),
      words,
      mask,
      weight: weight * rarity,
    });
  }

  /** The likeliest way in which a word may have been two. */
  addSplit(slot: Slot): void {
    const word = mistypableIn(slot)?.folded ?? '';
    const words = likeliestSplit(word, (part) => this.lexicon.found(part)?.documents ?? 0) ?? [];
    const found = words.flatMap((part) => this.lexicon.found(part) ?? []);
    if (found.length === 0) return;
    const weight = weights.split * Math.max(...found.map(this.lexicon.rarity));
    this.#sequences.push({
      terms: found.map(({ id }, at) => ({ term: id, next: words[at + 1] ?? null })),
      words,
      mask: slot.mask,
      weight,
    });
  }

  /** Words that somebody may have meant; these were learned and looked up. */
  addCorrections(corrections: readonly Token[], mask: number, weight: number): void {
    for (const correction of corrections)
      for (const { found } of this.lexicon.termsFor(correction))
        this.#add(found, mask, found.lexeme === correction.folded ? weight : weight / 2);
  }

  /** Whether the index knows any form of a word. */
  covers = ({ mask }: Slot): boolean =>
    [...this.#alternatives.values(), ...this.#sequences].some((each) => (each.mask & mask) === mask);

  done() {
    return {
      alternatives: [...this.#alternatives.values()],
      sequences: this.#sequences,
      words: this.#words,
      prefixes: this.#prefixes,
    };
  }
}
