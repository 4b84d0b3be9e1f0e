import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { saysNothing } from './closed-classes.js';
import { dictionaries } from './languages.js';
import { inLatin } from './tokens.js';

interface Lexized {
  language: string;
  word: string;
  stems: string[] | null;
}

const most = 200_000;

/** What words are reduced to, by language; null for a stop word. */
type Known = Map<string, Map<string, string | null>>;

/**
 * What words are reduced to in a language, as PostgreSQL's dictionaries have it, in Latin letters. What was asked once is
 * remembered; where there is no dictionary, as in an older server, words stay as they are.
 */
export class Stems {
  #known: Known = new Map();
  #size = 0;
  /** What was known before it became too much: a caller may still need what it has just learned. */
  #before: Known = new Map();

  /** Asks for what is not known yet: pairs of a language and a bare word. One statement. */
  async learn(run: Run, pairs: Iterable<[language: string, bare: string]>): Promise<void> {
    if (this.#size > most) {
      this.#before = this.#known;
      this.#known = new Map();
      this.#size = 0;
    }
    const unknown = [...pairs].filter(([language, bare]) => this.#known.get(language)?.has(bare) !== true);
    if (unknown.length === 0) return;
    const asked = [...new Map(unknown.map((pair) => [pair.join(' '), pair])).values()];
    const inflected = asked.filter(([language, bare]) => language in dictionaries && !saysNothing(language, bare));
    const rows = inflected.length === 0 ? [] : await run(lexize(inflected));
    for (const [language, bare] of asked)
      this.#keep(language, bare, saysNothing(language, bare) ? null : inLatin(bare));
    for (const { language, word, stems } of rows)
      if (stems !== null) this.#keep(language, word, stems[0] === undefined ? null : inLatin(stems[0]));
  }

  #keep(language: string, bare: string, stem: string | null): void {
    const words = this.#known.get(language) ?? new Map<string, string | null>();
    this.#known.set(language, words);
    if (!words.has(bare)) this.#size += 1;
    words.set(bare, stem);
  }

  /** The stem of a word that was learned; null for a stop word, which says nothing in its language. */
  of(language: string, bare: string): string | null {
    const known = this.#known.get(language)?.get(bare);
    const stem = known === undefined ? this.#before.get(language)?.get(bare) : known;
    if (stem === undefined) throw new Error(`The stem of '${bare}' in '${language}' was not asked for.`);
    return stem;
  }
}

function lexize(pairs: readonly [language: string, bare: string][]) {
  const languages = pairs.map(([language]) => language);
  const words = pairs.map(([, bare]) => bare);
  return sql<Lexized>`
    select g.language, g.word, ts_lexize(d.oid::regdictionary, g.word) as "stems"
    from unnest(${languages}::text[], ${languages.map((each) => dictionaries[each])}::text[], ${words}::text[])
      as g (language, dictionary, word)
    join pg_ts_dict d on d.dictname = g.dictionary and d.dictnamespace = 'pg_catalog'::regnamespace`;
}
