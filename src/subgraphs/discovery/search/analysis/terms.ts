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

/** Where nothing is known, everything may be there. */
export const anyTerms: Terms = { has: () => true, formsOf: () => [], documentsWith: () => 0 };

/** An index that tells another one of the same documents what is in them. */
export interface Lexical {
  termsOf(tokens: readonly string[]): Promise<Terms>;
  /**
   * What words that no text has, without accents and case, may have been meant as: words that some text has, or two of them
   * side by side; the likeliest first.
   */
  correctionsOf(words: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Where there is no such index: what is mistyped is not found. */
export const nothingLexical: Lexical = { termsOf: async () => anyTerms, correctionsOf: async () => new Map() };
