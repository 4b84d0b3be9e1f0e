import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import type { Vocabulary } from '../query.js';
import { tokensOf } from '../analysis/tokens.js';
import { knownLanguage } from '../analysis/languages.js';
import type { Stems } from '../analysis/stems.js';
import { isStopWord } from '../analysis/stop-words.js';
import { live, of } from './tables.js';

/** How long the languages of the index are remembered, in milliseconds: a new one comes with some new record. */
const kept = 60_000;

/** Stop words as PostgreSQL's dictionaries have them, for whatever engine answers. */
export function postgresqlVocabulary(run: Run, stems: Stems): Pick<Vocabulary, 'stopWordsAmong'> {
  let known = { languages: [] as readonly string[], until: 0 };

  async function languagesOf(language: string | null): Promise<readonly string[]> {
    if (language !== null) return [knownLanguage(language) ?? []].flat();
    if (known.until > Date.now()) return known.languages;
    const [state] = await run(sql<{ languages: string[] }>`select languages from ${of(live, 'index_state')}`);
    known = { languages: state?.languages ?? [], until: Date.now() + kept };
    return known.languages;
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
      const isStop = (bare: string) => isStopWord(stems, languages, bare);
      return new Set(words.filter((word) => tokens.get(word)?.every(isStop)));
    },
  };
}
