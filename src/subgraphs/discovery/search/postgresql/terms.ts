import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { keyed } from '../../../../graph/fields.js';
import { anyTerms, type Lexical, type Terms } from '../analysis/terms.js';
import { likeliestSplit, mayBeMistyped, onceMistyped, splitsOf, twiceMistyped, type Ask } from './mistype.js';
import { rowOf } from './reading.js';
import { listOf, live, of } from './tables.js';

interface Row {
  /** In the index. */
  all: number;
  documents: number;
  lexeme: string | null;
  isWord: boolean;
  forms: string[];
  languages: string[];
}

const mostForms = 200;

/** What this index knows, for another one of the same documents: nothing, while it is empty or being made. */
export const postgresqlTerms = (run: Run): Lexical => ({
  termsOf: (tokens) => termsOf(run, tokens).catch(() => anyTerms),
  correctionsOf: (words) => correctionsOf(run, words).catch(() => new Map()),
});

async function termsOf(run: Run, tokens: readonly string[]): Promise<Terms> {
  if (tokens.length === 0) return anyTerms;
  const rows = await run(sql<Row>`${keyed}
    select s.documents as "all", 0 as "documents", null as "lexeme", false as "isWord",
      '{}'::text[] as "forms", '{}'::text[] as "languages" from ${of(live, 'index_state')} s
    union all
    select 0, t.documents, t.lexeme, t.is_word,
      array(select distinct f.word from ${of(live, 'form')} f where f.term = t.id limit ${sql.lit(mostForms)}),
      array(select distinct f.language from ${of(live, 'form')} f where f.term = t.id)
    from ${of(live, 'term')} t where t.lexeme = any(${listOf('text', tokens)}) and t.documents > 0`);
  if (!rows.some(({ all }) => all > 0)) return anyTerms;
  const known = new Map(rows.map((row) => [row.lexeme, row]));
  return {
    has: (token, language) => {
      const row = known.get(token);
      return row !== undefined && (row.isWord || (language !== null && row.languages.includes(language)));
    },
    formsOf: (token) => known.get(token)?.forms ?? [],
    documentsWith: (token) => known.get(token)?.documents ?? 0,
  };
}

async function correctionsOf(run: Run, words: readonly string[]): Promise<Map<string, string[]>> {
  const mistypable = words.filter(mayBeMistyped);
  const ask: Ask = (statement) => rowOf(run, statement);
  const once = await onceMistyped(ask, mistypable);
  const twice = await twiceMistyped(
    ask,
    mistypable.filter((word) => !once.has(word)),
  );
  const parts = await termsOf(run, [...new Set(mistypable.flatMap(splitsOf).flat())]);
  return new Map(
    mistypable.map((word) => {
      const split = likeliestSplit(word, (part) => (parts.has(part, null) ? parts.documentsWith(part) : 0));
      const near = [...(once.get(word) ?? []), ...(twice.get(word) ?? [])].map(({ lexeme }) => lexeme);
      return [word, [...near, ...(split ? [split.join(' ')] : [])]];
    }),
  );
}
