/** What an index knows of tokens: words, and what they are reduced to. */
export interface Terms {
  /**
   * Whether a token stands in some text as it is, or words of texts in this language were reduced to it; true where that
   * is not known.
   */
  has(token: string, language: string | null): boolean;
  /** Words that were reduced to it, as far as they are known. */
  formsOf(token: string): readonly string[];
  /** How many documents have it; 0 where that is not known. */
  documentsWith(token: string): number;
}

export type ReadTerms = (tokens: readonly string[]) => Promise<Terms>;

/** Where nothing is known, everything may be there. */
export const anyTerms: Terms = { has: () => true, formsOf: () => [], documentsWith: () => 0 };
