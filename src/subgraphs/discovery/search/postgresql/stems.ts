import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { inLatin } from './analysis.js';

/** PostgreSQL's snowball dictionaries by language. Croatian and Bosnian are stemmed as Serbian, whose endings they share. */
const dictionaries: Record<string, string> = {
  ca: 'catalan_stem',
  bs: 'serbian_stem',
  da: 'danish_stem',
  de: 'german_stem',
  el: 'greek_stem',
  en: 'english_stem',
  es: 'spanish_stem',
  et: 'estonian_stem',
  eu: 'basque_stem',
  fi: 'finnish_stem',
  fr: 'french_stem',
  ga: 'irish_stem',
  hr: 'serbian_stem',
  hu: 'hungarian_stem',
  it: 'italian_stem',
  lt: 'lithuanian_stem',
  nb: 'norwegian_stem',
  nl: 'dutch_stem',
  nn: 'norwegian_stem',
  no: 'norwegian_stem',
  pt: 'portuguese_stem',
  ro: 'romanian_stem',
  sr: 'serbian_stem',
  sv: 'swedish_stem',
  tr: 'turkish_stem',
};

/** The languages whose inflections are known. */
export const stemmedLanguages: readonly string[] = Object.keys(dictionaries);

/** The language of a tag without its region and script, as far as it has a dictionary: `pt-BR` is `pt`. */
export function stemmedLanguage(tag: string | null): string | null {
  const language = tag?.split('-')[0]?.toLowerCase() ?? '';
  return language in dictionaries ? language : null;
}

interface Lexized {
  language: string;
  word: string;
  stems: string[] | null;
}

const most = 200_000;

/**
 * What words are reduced to in a language, as PostgreSQL's dictionaries have it, in Latin letters. What was asked once is
 * remembered; dictionaries that an older server lacks leave words as they are.
 */
export class Stems {
  #known = new Map<string, string | null>();
  /** What was known before it became too much: a caller may still need what it has just learned. */
  #before = new Map<string, string | null>();

  /** Asks for what is not known yet: pairs of a language and a bare word. One statement. */
  async learn(run: Run, pairs: Iterable<[language: string, bare: string]>): Promise<void> {
    if (this.#known.size > most) {
      this.#before = this.#known;
      this.#known = new Map();
    }
    const asked = new Map([...pairs].map((pair) => [pair.join(' '), pair]));
    const unknown = [...asked].filter(([key]) => !this.#known.has(key)).map(([, pair]) => pair);
    if (unknown.length === 0) return;
    const languages = unknown.map(([language]) => language);
    const words = unknown.map(([, bare]) => bare);
    const rows = await run(sql<Lexized>`
      select g.language, g.word, ts_lexize(d.oid::regdictionary, g.word) as "stems"
      from unnest(${languages}::text[], ${languages.map((each) => dictionaries[each] ?? '')}::text[], ${words}::text[])
        as g (language, dictionary, word)
      join pg_ts_dict d on d.dictname = g.dictionary and d.dictnamespace = 'pg_catalog'::regnamespace`);
    for (const [language, bare] of unknown) this.#known.set(`${language} ${bare}`, inLatin(bare));
    for (const { language, word, stems } of rows)
      if (stems !== null) this.#known.set(`${language} ${word}`, stems[0] === undefined ? null : inLatin(stems[0]));
  }

  /** The stem of a word that was learned; null for a stop word, which says nothing in its language. */
  of(language: string, bare: string): string | null {
    const key = `${language} ${bare}`;
    const known = this.#known.has(key) ? this.#known.get(key) : this.#before.get(key);
    if (known === undefined) throw new Error(`The stem of '${bare}' in '${language}' was not asked for.`);
    return known;
  }
}
