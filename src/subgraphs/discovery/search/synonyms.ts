import { sql } from 'kysely';
import type { Run } from '../../../graph/context.js';
import { knownLanguage } from './analysis/languages.js';
import { stemIn } from './analysis/stemming.js';
import type { Stems } from './analysis/stems.js';
import { tokensOf, type Token } from './analysis/tokens.js';
import { labelsOfTheme } from './mention.loaders.js';
import type { Synonymous, Vocabulary } from './query.js';

/** How long what was read of the themes is taken for true, in milliseconds. */
const kept = 60_000;
/** Longer labels describe a theme rather than name it: `small and medium-sized enterprise` has five. */
const mostWords = 5;

/** A label of a theme. */
interface Label {
  theme: string;
  language: string;
  text: string;
  /** Its words as they are compared. */
  folded: string;
}

interface Synonyms {
  languages: string[];
  /** The labels of the themes that a word or an expression names, as it stands or by what its words are reduced to. */
  byKey: Map<string, Set<Label>>;
}

/**
 * Words and expressions for the same thing, across languages: the labels of a theme and its alternative ones. Each is known
 * in any form of its words.
 */
export function themeSynonyms(run: Run, stems: Stems): Pick<Vocabulary, 'synonymsIn'> {
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
    synonymsIn: async (words, language) => {
      const { languages, byKey } = await synonyms();
      const own = knownLanguage(language);
      const among = language === null ? languages : own === null ? [] : [own];
      const tokens = words.map(tokensOf);
      await stems.learn(run, pairsOf(among, tokens.flat()));
      const readings = readingsOf(stems, tokens, among);
      return runsIn(words.length).flatMap(({ at, length }): Synonymous[] => {
        const keys = readings.map((reading) => textOf(reading.slice(at, at + length)));
        const labels = keys.flatMap((key) => [...(byKey.get(key) ?? [])]);
        const texts = new Map(labels.map(({ folded, text }) => [folded, text]));
        for (const key of keys) texts.delete(key);
        return texts.size === 0 ? [] : [{ at, length, synonyms: [...texts.values()] }];
      });
    },
  };
}

/** Words beside each other: each by itself, and up to `mostWords` together. */
const runsIn = (count: number): Pick<Synonymous, 'at' | 'length'>[] =>
  Array.from({ length: count }, (_, at) => at).flatMap((at) =>
    Array.from({ length: Math.min(mostWords, count - at) }, (_, more) => ({ at, length: more + 1 })),
  );

const pairsOf = (languages: readonly string[], tokens: readonly Token[]) =>
  languages.flatMap((language) => tokens.map(({ bare }): [string, string] => [language, bare]));

type Reading = string[][];

const textOf = (reading: Reading): string => reading.flat().join(' ');

const asItStands = (words: readonly Token[][]): Reading => words.map((tokens) => tokens.map(({ folded }) => folded));

/**
 * What each of some words is looked up by: as it stands, and, in each language, by what it is reduced to, which was learned
 * before. Languages that reduce all of them alike are one reading.
 */
function readingsOf(stems: Stems, words: readonly Token[][], languages: readonly string[]): Reading[] {
  const reduced = languages.map((language) =>
    words.map((tokens) => tokens.map((token) => stemIn(stems, language, token))),
  );
  return [...new Map([asItStands(words), ...reduced].map((reading) => [textOf(reading), reading])).values()];
}

async function readSynonyms(run: Run, stems: Stems): Promise<Synonyms> {
  const rows = await run(sql<Omit<Label, 'folded'>>`
    select h.id as "theme", l.language, l.text from theme h cross join lateral (${labelsOfTheme}) l
    order by h.id, l.language, l.text`);
  const read = rows
    .map((row) => {
      const tokens = tokensOf(row.text);
      const label: Label = { ...row, folded: textOf(asItStands([tokens])) };
      return { label, tokens, languages: [knownLanguage(row.language) ?? []].flat() };
    })
    .filter(({ tokens }) => tokens.length > 0 && tokens.length <= mostWords);
  // All at once: what is known then needs no statement for each.
  await stems.learn(
    run,
    read.flatMap(({ languages, tokens }) => pairsOf(languages, tokens)),
  );
  const byKey: Synonyms['byKey'] = new Map();
  for (const group of Map.groupBy(read, ({ label }) => label.theme).values())
    for (const key of group.flatMap(({ tokens, languages }) => readingsOf(stems, [tokens], languages)).map(textOf))
      byKey.set(key, new Set([...(byKey.get(key) ?? []), ...group.map(({ label }) => label)]));
  return { languages: [...new Set(read.flatMap(({ languages }) => languages))], byKey };
}
