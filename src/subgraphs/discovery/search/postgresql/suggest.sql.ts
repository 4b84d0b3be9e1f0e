import { sql, type RawBuilder } from 'kysely';
import { packed } from './postings.js';
import { stated, type Stated } from './stated.js';
import { live, of } from './tables.js';

export interface SuggestRow extends Stated {
  documents: number[] | null;
  scores: number[] | null;
}

/** Documents a name of which holds all these words, the last as a beginning: those that begin so first, then the shortest. */
export function suggestStatement(typed: readonly string[]): RawBuilder<SuggestRow> {
  const words = typed.slice(0, -1);
  const last = typed.at(-1) ?? '';
  // Words are letters and digits: nothing in them is a wildcard.
  const patterns = [...words.map((word) => `% ${word} %`), `% ${last}%`];
  const beginning = ` ${typed.join(' ')}%`;
  return sql<SuggestRow>`
    select ${stated}, p.* from (
      select array_agg(p.document) as "documents", array_agg(case when p.begins then 1 else 0 end + 1.0 / p.length::float8) as "scores"
      from (
        select n.document, bool_or(n.words like ${beginning}) as begins, min(length(n.words)) as length
        from ${of(live, 'name')} n where ${sql.join(
          patterns.map((pattern) => sql`n.words like ${pattern}`),
          sql` and `,
        )}
        group by n.document) p) p`;
}

export interface SimilarRow extends Stated {
  /** The document itself. */
  own: number | null;
  terms: number[] | null;
  weights: number[] | null;
  /** Blocks of these terms. */
  found: Buffer | null;
}

/** How many of a document's words others are compared by, and how common these may be. */
const rarest = { words: 30, least: 10, share: 0.1 };

/** The words that tell most of this document, with what they say of others. */
export function similarStatement(id: string): RawBuilder<SimilarRow> {
  return sql<SimilarRow>`
    with own as (select d.id, d.terms, d.impacts from ${of(live, 'document')} d where d.record = ${id}),
    rare as materialized (
      select t.id as term, o.impact * ln(1 + (i.documents - t.documents + 0.5) / (t.documents + 0.5)) as weight
      from own cross join ${of(live, 'index_state')} i cross join unnest(own.terms, own.impacts) o (term, impact)
      join ${of(live, 'term')} t on t.id = o.term
      where t.documents between 2 and greatest(${rarest.least}, i.documents * ${sql.lit(rarest.share)})
      order by weight desc limit ${rarest.words})
    select ${stated}, r.*, (select id from own) as "own",
      (select ${packed('postings')} from ${of(live, 'posting')} p where p.term = any(array(select term from rare))) as "found"
    from (select array_agg(term) as "terms", array_agg(weight) as "weights" from rare) r`;
}
