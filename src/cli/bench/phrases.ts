/**
 * A phrase book of our own: what stands at the same place means the same in every language, so that the translations of
 * a generated text are translations.
 */
export interface Phrases {
  things: readonly string[];
  audiences: readonly string[];
  sentences: readonly string[];
  organisations: readonly string[];
}
