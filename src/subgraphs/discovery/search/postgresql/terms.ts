import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { anyTerms, type ReadTerms } from '../analysis/terms.js';
import { live, of } from './tables.js';

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
export function postgresqlTerms(run: Run): ReadTerms {
  return async (tokens) => {
    if (tokens.length === 0) return anyTerms;
    const rows = await run(sql<Row>`
      select s.documents as "all", 0 as "documents", null as "lexeme", false as "isWord",
        '{}'::text[] as "forms", '{}'::text[] as "languages" from ${of(live, 'index_state')} s
      union all
      select 0, t.documents, t.lexeme, t.is_word,
        array(select distinct f.word from ${of(live, 'form')} f where f.term = t.id limit ${mostForms}),
        array(select distinct f.language from ${of(live, 'form')} f where f.term = t.id)
      from ${of(live, 'term')} t where t.lexeme = any(${[...tokens]}::text[]) and t.documents > 0`).catch(() => []);
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
  };
}
