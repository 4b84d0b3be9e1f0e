import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import type { Vocabulary } from '../query.js';
import { tokensOf } from './analysis.js';
import { stemmedLanguage, Stems } from './stems.js';
import { live, of } from './tables.js';

/** Stop words as PostgreSQL's dictionaries have them, for whatever engine answers. */
export function postgresqlVocabulary(run: Run): Pick<Vocabulary, 'stopWordsAmong'> {
  const stems = new Stems();

  async function languagesOf(language: string | null): Promise<readonly string[]> {
    if (language !== null) return [stemmedLanguage(language) ?? []].flat();
    const [state] = await run(sql<{ languages: string[] }>`select languages from ${of(live, 'index_state')}`);
    return state?.languages ?? [];
  }

  return {
    stopWordsAmong: async (words, language) => {
      // A word that stands alone is what is looked for, whatever it says.
      if (words.length < 2) return new Set();
      const languages = await languagesOf(language);
      const tokens = new Map(words.map((word) => [word, tokensOf(word).map(({ bare }) => bare)]));
      const all = [...tokens.values()].flat();
      await stems.learn(
        run,
        languages.flatMap((each) => all.map((bare): [string, string] => [each, bare])),
      );
      /** A short word in any language, a longer one in English or in two others: `come` and `sind` may be looked for. */
      const isStop = (bare: string): boolean => {
        const silent = languages.filter((each) => stems.of(each, bare) === null);
        const enough = bare.length <= 3 || silent.includes('en') ? 1 : Math.min(2, languages.length);
        return silent.length > 0 && silent.length >= enough;
      };
      return new Set(words.filter((word) => tokens.get(word)?.every(isStop)));
    },
  };
}
