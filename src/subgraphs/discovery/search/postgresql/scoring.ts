import type { Expansion } from './expansion.js';
import type { Columns } from './columns.js';
import { maskOf } from './draft.js';
import { followedBy, forEachIn, type Block } from './postings.js';
import type { Test } from './filter.js';

/** Documents with their scores, in no order: lists of numbers, for there may be many. */
export class Scored {
  #length = 0;
  readonly #documents: Int32Array;
  readonly #scores: Float32Array;

  constructor(most: number) {
    this.#documents = new Int32Array(most);
    this.#scores = new Float32Array(most);
  }

  add(document: number, score: number): void {
    this.#documents[this.#length] = document;
    this.#scores[this.#length] = score;
    this.#length += 1;
  }

  get documents(): Int32Array {
    return this.#documents.subarray(0, this.#length);
  }

  get scores(): Float32Array {
    return this.#scores.subarray(0, this.#length);
  }
}

/** Every document that there may be, none better than another. */
export function everyDocument({ length }: Columns): Scored {
  const all = new Scored(length);
  for (let document = 0; document < length; document += 1) all.add(document, 1);
  return all;
}

/** A bit of its own, beside those of the words of a query, says whether a document was met at all. */
const met = 0x80_00_00_00;

/** What documents have of a query, and how much that says of them, added up. */
export class Scores {
  readonly #sums: Float32Array;
  readonly #masks: Uint32Array;
  readonly #met: number[] = [];

  /** `length`: one more than the highest id. */
  constructor(length: number) {
    this.#sums = new Float32Array(length);
    this.#masks = new Uint32Array(length);
  }

  add(document: number, mask: number, score: number): void {
    const former = this.#masks[document];
    // Nothing is known yet of a document that is newer than the columns.
    if (former === undefined) return;
    if (former === 0) this.#met.push(document);
    this.#masks[document] = former | mask | met;
    this.#sums[document] = (this.#sums[document] as number) + score;
  }

  has = (document: number, mask: number): boolean => ((this.#masks[document] ?? 0) & mask) === mask;

  /** The documents that have all of these bits. */
  withAll(required: number): Scored {
    const found = new Scored(this.#met.length);
    for (const document of this.#met)
      if (this.has(document, required)) found.add(document, this.#sums[document] as number);
    return found;
  }
}

/** Blocks by their terms. */
type Postings = ReadonlyMap<number, readonly Block[]>;

/** Adds what documents have of single words. */
export function addTerms(scores: Scores, postings: Postings, terms: Expansion['alternatives']): void {
  for (const { term, mask, weight } of terms)
    for (const block of postings.get(term) ?? [])
      forEachIn(block, (document, impact) => scores.add(document, mask, weight * impact));
}

/** Documents that have all words of a sequence, perhaps side by side; how much these say of each, on average. */
export interface Candidates {
  sequence: Expansion['sequences'][number];
  words: readonly string[];
  documents: number[];
  impacts: Float32Array;
}

/**
 * Where sequences may stand: in documents that are possible, have all else that is required, and each word followed by
 * something that may be the next.
 */
export function candidatesFor(
  { sequences, required }: Expansion,
  { postings, followers }: Record<'postings' | 'followers', Postings>,
  scores: Scores,
  { length, isPossible }: { length: number; isPossible: Test },
): Candidates[] {
  const elsewhere = required & ~maskOf(sequences);
  return sequences.map((sequence) => {
    const { terms, words } = sequence;
    const [counts, impacts] = [new Uint8Array(length), new Float32Array(length)];
    const documents: number[] = [];
    for (const { term, next } of terms) {
      const bit = next === null ? 0 : followedBy(next);
      const following = new Map((followers.get(term) ?? []).map(({ first, bytes }) => [first, bytes]));
      for (const block of postings.get(term) ?? []) {
        const own = following.get(block.first);
        if (own === undefined) continue;
        forEachIn(block, (document, impact, at) => {
          if ((own.readUInt32BE(at) & bit) >>> 0 !== bit) return;
          counts[document] = (counts[document] ?? 0) + 1;
          impacts[document] = (impacts[document] ?? 0) + impact / terms.length;
          const hasAll = counts[document] === terms.length;
          if (hasAll && scores.has(document, elsewhere) && isPossible(document)) documents.push(document);
        });
      }
    }
    return { sequence, words, documents, impacts };
  });
}

/** The documents with words of one of them, without it; those that share a theme with it count half as much again. */
export function alike({ documents, scores }: Scored, own: number | null, columns: Columns): Scored {
  const { theme } = columns.of;
  const themes = own === null ? [] : columns.sets.valuesOf(theme[own] as number);
  const shared = new Set(themes.flatMap((each) => columns.sets.setsWith('theme', each)));
  const others = new Scored(documents.length);
  documents.forEach((document, at) => {
    const share = shared.has(theme[document] as number) ? 1.5 : 1;
    if (document !== own) others.add(document, (scores[at] as number) * share);
  });
  return others;
}
