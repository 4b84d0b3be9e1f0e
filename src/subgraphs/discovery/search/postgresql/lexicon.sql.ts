import { sql, type RawBuilder } from 'kysely';
import { keyed } from '../../../../graph/fields.js';
import { packed } from './postings.js';
import { stated, type Stated } from './stated.js';
import { listOf, live, of } from './tables.js';

/** A term of the index. */
export interface Found {
  id: number;
  lexeme: string;
  /** How many documents have it. */
  documents: number;
  /** Whether it stands in texts as it is. */
  isWord: boolean;
  /** Words that were reduced to it, and in which languages. */
  forms: string[];
  languages: string[];
}

export interface LexiconRow extends Stated {
  /** `beginning`: what it was found by, where that is not the whole of it. */
  terms: (Found & { beginning: string | null })[] | null;
  postings: Buffer | null;
}

const mostCompletions = 256;
const mostForms = 200;

/** Some terms, the commonest words with some beginnings, and the postings of what is found by those that are `used`. */
export const lexiconStatement = (asked: {
  lexemes: readonly string[];
  beginnings: readonly string[];
  used: readonly string[];
}): RawBuilder<LexiconRow> => sql<LexiconRow>`${keyed}
  with found as materialized (
    select null as beginning, t.* from ${of(live, 'term')} t
    where t.lexeme = any(${listOf('text', asked.lexemes)}) and t.documents > 0
    union all
    select g.beginning, t.* from unnest(${listOf('text', asked.beginnings)}) g (beginning)
    cross join lateral (select * from ${of(live, 'term')} t
      where t.lexeme > g.beginning and t.lexeme < g.beginning || U&'\\FFFF' and t.is_word and t.documents > 0
      order by t.documents desc limit ${sql.lit(mostCompletions)}) t)
  select ${stated}, (select json_agg(json_build_object('beginning', t.beginning, 'id', t.id, 'lexeme', t.lexeme,
      'documents', t.documents, 'isWord', t.is_word,
      'forms', array(select distinct f.word from ${of(live, 'form')} f
        where f.term = t.id and t.beginning is null limit ${sql.lit(mostForms)}),
      'languages', array(select distinct f.language from ${of(live, 'form')} f
        where f.term = t.id and t.beginning is null))) from found t) as "terms",
    (select string_agg(p.postings, '')
      from (select distinct t.id from found t where coalesce(t.beginning, t.lexeme) = any(${listOf('text', asked.used)})) t
      cross join lateral (select ${packed('postings')} as postings from ${of(live, 'posting')} p where p.term = t.id) p
    ) as "postings"`;
