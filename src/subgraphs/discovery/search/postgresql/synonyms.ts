import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { labelsOfTheme } from '../mention.loaders.js';
import type { Vocabulary } from '../query.js';
import { tokensOf } from './analysis.js';
import { stemmedLanguage, type Stems } from './stems.js';

/** How long what was read of the themes is taken for true, in milliseconds. */
const kept = 60_000;
/** Longer labels describe a theme rather than name it. */
const mostWords = 4;

/** A label of a theme. */
interface Label {
  theme: string;
  language: string;
  text: string;
}

interface Synonyms {
  languages: string[];
  /** The labels of the themes that a word names, by the word or by what it is reduced to. */
  byKey: Map<string, Set<Label>>;
}

/**
 * Words for the same thing, across languages: the labels of a theme and its alternative ones. A word is known in any of its
 * forms; of an expression of several words only the others tell.
 */
export function themeSynonyms(run: Run, stems: Stems): Pick<Vocabulary, 'synonymsOf'> {
  let known: { synonyms: Promise<Synonyms>; until: number } | undefined;

  function synonyms(): Promise<Synonyms> {
    if (known === undefined || known.until < Date.now()) {
      known = { synonyms: readSynonyms(run, stems), until: Date.now() + kept };
      // What failed is asked again.
      known.synonyms.catch(() => (known = undefined));
    }
    return known.synonyms;
  }

  return {
    synonymsOf: async (word, language) => {
      const { languages, byKey } = await synonyms();
      const own = stemmedLanguage(language);
      const keys = await keysOf(run, stems, word, language === null ? languages : own === null ? [] : [own]);
      const labels = keys.flatMap((key) => [...(byKey.get(key) ?? [])]);
      const texts = new Map(labels.map(({ text }) => [foldedOf(text), text]));
      for (const key of keys) texts.delete(key);
      return [...texts.values()];
    },
  };
}

const foldedOf = (text: string): string =>
  tokensOf(text)
    .map(({ folded }) => folded)
    .join(' ');

/** What a word or an expression is looked up by: as it stands, and one word by what it is reduced to. */
async function keysOf(run: Run, stems: Stems, text: string, languages: readonly string[]): Promise<string[]> {
  const [only, ...more] = tokensOf(text);
  if (only === undefined || more.length > 0) return [foldedOf(text)];
  await stems.learn(
    run,
    languages.map((language): [string, string] => [language, only.bare]),
  );
  return [...new Set([only.folded, ...languages.flatMap((language) => stems.of(language, only.bare) ?? [])])];
}

async function readSynonyms(run: Run, stems: Stems): Promise<Synonyms> {
  const labels = await run(sql<Label>`
    select h.id as "theme", l.language, l.text from theme h cross join lateral (${labelsOfTheme}) l
    order by h.id, l.language, l.text`);
  const short = labels.filter(({ text }) => tokensOf(text).length <= mostWords);
  // All at once: what is known then needs no statement for each.
  await stems.learn(
    run,
    short.flatMap(({ language, text }) => {
      const stemmed = stemmedLanguage(language);
      return stemmed === null ? [] : tokensOf(text).map(({ bare }): [string, string] => [stemmed, bare]);
    }),
  );
  const byKey: Synonyms['byKey'] = new Map();
  for (const group of Map.groupBy(short, ({ theme }) => theme).values()) {
    const keys = group.map(async ({ language, text }) =>
      keysOf(run, stems, text, [stemmedLanguage(language) ?? []].flat()),
    );
    for (const key of (await Promise.all(keys)).flat()) byKey.set(key, new Set([...(byKey.get(key) ?? []), ...group]));
  }
  return { languages: [...new Set(short.flatMap(({ language }) => stemmedLanguage(language) ?? []))], byKey };
}
