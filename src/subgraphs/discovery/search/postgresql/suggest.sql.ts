import { sql, type RawBuilder } from 'kysely';
import type { Filter } from '../../../../graph/filter.js';
import { tokensOf } from '../analysis/tokens.js';
import { conditionOf } from './filter.js';
import type { Shown } from '../analysis/highlight.js';
import { live, of } from './tables.js';

export interface ShownRow {
  score: number;
  shown: Shown;
}

/** Documents a name of which holds all these words, the last as a beginning: those that begin so first, then the shortest. */
export function suggestStatement(typed: string, filter: Filter, size: number): RawBuilder<ShownRow> | null {
  const words = tokensOf(typed).map(({ folded }) => folded);
  const last = words.pop();
  if (last === undefined) return null;
  // Words are letters and digits: nothing in them is a wildcard.
  const patterns = [...words.map((word) => `% ${word} %`), `% ${last}%`];
  const beginning = ` ${[...words, last].join(' ')}%`;
  return sql<ShownRow>`
    with named as (
      select n.document, bool_or(n.words like ${beginning}) as begins, min(length(n.words)) as length
      from ${of(live, 'name')} n where ${sql.join(
        patterns.map((pattern) => sql`n.words like ${pattern}`),
        sql` and `,
      )}
      group by n.document),
    page as (
      select n.*, f.updated from named n join ${of(live, 'facet')} f on f.document = n.document
      where ${conditionOf(filter)} order by n.begins desc, n.length, f.updated desc, n.document limit ${size})
    select 1.0 / n.length as "score", d.shown from page n join ${of(live, 'document')} d on d.id = n.document
    order by n.begins desc, n.length, n.updated desc, n.document`;
}

/** How many of a document's words others are compared by, and how common these may be. */
const rarest = { words: 30, least: 10, share: 0.1 };

/** Documents with the words that tell most of this one; those that share a theme count half as much again. */
export function similarStatement(id: string, filter: Filter, size: number): RawBuilder<ShownRow> {
  return sql<ShownRow>`
    with own as (select d.id, d.terms, f.theme from ${of(live, 'document')} d join ${of(live, 'facet')} f on f.document = d.id where d.record = ${id}),
    rare as materialized (
      select p.term, p.impact * ln(1 + (i.documents - t.documents + 0.5) / (t.documents + 0.5)) as weight
      from own cross join ${of(live, 'index_state')} i cross join unnest(own.terms) o (term) join ${of(live, 'term')} t on t.id = o.term
      join ${of(live, 'posting')} p on p.term = t.id and p.document = own.id
      where t.documents between 2 and greatest(${rarest.least}, i.documents * ${sql.lit(rarest.share)})
      order by weight desc limit ${rarest.words}),
    alike as (
      select p.document, sum(r.weight * p.impact) as score from rare r join ${of(live, 'posting')} p on p.term = r.term
      where p.document <> (select id from own) group by p.document),
    page as (
      select a.document, a.score * case when f.theme = any(array(select s.id from ${of(live, 'facet_set')} s
          join ${of(live, 'facet_set')} o on o.id = (select theme from own) where s.facet = 'theme' and s.members && o.members))
        then 1.5 else 1 end as score
      from alike a join ${of(live, 'facet')} f on f.document = a.document where ${conditionOf(filter)}
      order by 2 desc, a.document limit ${size})
    select p.score, d.shown from page p join ${of(live, 'document')} d on d.id = p.document order by p.score desc, p.document`;
}
