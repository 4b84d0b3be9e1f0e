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

/**
 * What words are reduced to in a language, as PostgreSQL's dictionaries have it, in Latin letters. What was asked once is
 * remembered; where there is no dictionary, as in an older server, words stay as they are.
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
    const inflected = unknown.filter(([language, bare]) => language in dictionaries && !saysNothing(language, bare));
    const rows = inflected.length === 0 ? [] : await run(lexize(inflected));
    for (const [language, bare] of unknown)
      this.#known.set(`${language} ${bare}`, saysNothing(language, bare) ? null : inLatin(bare));
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

function lexize(pairs: readonly [language: string, bare: string][]) {
  const languages = pairs.map(([language]) => language);
  const words = pairs.map(([, bare]) => bare);
  return sql<Lexized>`
    select g.language, g.word, ts_lexize(d.oid::regdictionary, g.word) as "stems"
    from unnest(${languages}::text[], ${languages.map((each) => dictionaries[each])}::text[], ${words}::text[])
      as g (language, dictionary, word)
    join pg_ts_dict d on d.dictname = g.dictionary and d.dictnamespace = 'pg_catalog'::regnamespace`;
}
