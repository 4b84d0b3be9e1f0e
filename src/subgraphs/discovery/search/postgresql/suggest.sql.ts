import { sql, type RawBuilder } from 'kysely';
import { tokensOf } from '../analysis/tokens.js';
import type { Columns, News } from './columns.js';
import { live, of } from './tables.js';

export interface SuggestRow extends News {
  postings: Buffer | null;
}

const packed = (score: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`string_agg(int4send(p.document) || float4send((${score})::real), '') as "postings"`;

/** Documents a name of which holds all these words, the last as a beginning: those that begin so first, then the shortest. */
export function suggestStatement(typed: string, columns: Columns): RawBuilder<SuggestRow> | null {
  const words = tokensOf(typed).map(({ folded }) => folded);
  const last = words.pop();
  if (last === undefined) return null;
  // Words are letters and digits: nothing in them is a wildcard.
  const patterns = [...words.map((word) => `% ${word} %`), `% ${last}%`];
  const beginning = ` ${[...words, last].join(' ')}%`;
  return sql<SuggestRow>`
    select n.*, p.* from ${columns.news()} n cross join (
      select ${packed(sql`case when p.begins then 1 else 0 end + 1.0 / p.length`)} from (
        select n.document, bool_or(n.words like ${beginning}) as begins, min(length(n.words)) as length
        from ${of(live, 'name')} n where ${sql.join(
          patterns.map((pattern) => sql`n.words like ${pattern}`),
          sql` and `,
        )}
        group by n.document) p) p`;
}

export interface SimilarRow extends SuggestRow {
  /** The document itself. */
  own: number | null;
}

/** How many of a document's words others are compared by, and how common these may be. */
const rarest = { words: 30, least: 10, share: 0.1 };

/** Documents with the words that tell most of this one, each as often as it has one of them. */
export function similarStatement(id: string, columns: Columns): RawBuilder<SimilarRow> {
  return sql<SimilarRow>`
    with own as (select d.id, d.terms, d.impacts from ${of(live, 'document')} d where d.record = ${id}),
    rare as materialized (
      select t.id as term, o.impact * ln(1 + (i.documents - t.documents + 0.5) / (t.documents + 0.5)) as weight
      from own cross join ${of(live, 'index_state')} i cross join unnest(own.terms, own.impacts) o (term, impact)
      join ${of(live, 'term')} t on t.id = o.term
      where t.documents between 2 and greatest(${rarest.least}, i.documents * ${sql.lit(rarest.share)})
      order by weight desc limit ${rarest.words})
    select n.*, p.*, (select id from own) as "own" from ${columns.news()} n cross join (
      select ${packed(sql`r.weight * p.impact`)} from rare r join ${of(live, 'posting')} p on p.term = r.term) p`;
}
