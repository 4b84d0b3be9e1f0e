import type { SearchQuery, Word } from '../engine.js';
import type { Lexicon } from './lexicon.js';
import type { Block } from './postings.js';

/** What was read for a query of one index. */
export interface Remembered {
  epoch: string;
  lexicon: Lexicon;
  /** Blocks by their terms. */
  followers: Map<number, Block[]>;
}

/** However often a query is relaxed, what the index knows of its words is read once: they are the same objects each time. */
export class Memory {
  readonly #queries = new WeakMap<Word, Remembered>();

  /** What was read for a query with some of these words, or a new memory of it, with what `lexiconOf` makes. */
  of({ words }: SearchQuery, epoch: string, lexiconOf: () => Lexicon): Remembered {
    const before = words.map(({ word }) => this.#queries.get(word)).find((each) => each?.epoch === epoch);
    const remembered = before ?? { epoch, lexicon: lexiconOf(), followers: new Map() };
    for (const { word } of words) this.#queries.set(word, remembered);
    return remembered;
  }

  forget({ words }: SearchQuery): void {
    for (const { word } of words) this.#queries.delete(word);
  }
}
