import { sql, type RawBuilder } from 'kysely';
import type { Filter } from '../../../../graph/filter.js';
import type { FacetName } from '../document.js';
import type { SearchRequest } from '../engine.js';
import { conjunctsOf, withoutFacet } from '../facet.js';
import type { Expansion } from './expansion.js';
import { conditionOf } from './filter.js';
import type { Shown } from './highlight.js';
import { live, of } from './tables.js';

export interface SearchRow {
  /** Of which index; terms of another mean something else. */
  epoch: string;
  total: number;
  /** The score of the best hit. */
  best: number | null;
  hits: { score: number; distance: number | null; shown: Shown }[] | null;
  counts: { facet: FacetName; value: string; count: number }[] | null;
}

/** One statement for the page, the exact total and the counts of the facets. */
export function searchStatement(request: SearchRequest, expansion: Expansion): RawBuilder<SearchRow> {
  const { filter, facets } = request;
  const own = facets.map(({ name }) =>
    conjunctsOf(filter).filter((each) => !conjunctsOf(withoutFacet(filter, name)).includes(each)),
  );
  const base = conjunctsOf(filter).filter((each) => !own.flat().includes(each));
  return sql<SearchRow>`
    with hit as materialized (${hits(expansion)}),
    -- "missed": a bit for each facet of which a document is missing from the hits only by the facet's own condition.
    matched as materialized (
      select f.*, h.score, ${distance(request)} as distance, ${missed(own)} as missed
      from hit h join ${of(live, 'facet')} f on f.document = h.document
      where ${conditionOf({ and: base })} and ${isNear(request)}),
    page as (
      select m.document, m.score, m.distance, row_number() over (${order(request)}) as place
      from matched m ${request.order === 'TITLE_ASC' ? sql`join ${of(live, 'document')} d on d.id = m.document` : sql``}
      where m.missed = 0 ${order(request)} offset ${request.offset} limit ${request.size})
    select (select epoch from ${of(live, 'index_state')}) as "epoch",
      (select count(*)::integer from matched where missed = 0) as "total",
      (select max(score) from matched where missed = 0) as "best",
      (select json_agg(json_build_object('score', p.score, 'distance', p.distance, 'shown', d.shown) order by p.place)
        from page p join ${of(live, 'document')} d on d.id = p.document) as "hits",
      ${counts(facets)} as "counts"`;
}

/** The documents with the words that are asked for, and how well they answer. */
function hits({ isAsked, required, alternatives, sequences }: Expansion): RawBuilder<unknown> {
  if (!isAsked) return sql`select document, 0 as mask, 1::real as score from ${of(live, 'facet')}`;
  const list = (values: readonly number[]) => `{${values.join(',')}}`;
  const bySequence = sql`
    select c.document, s.mask, s.weight * c.impact
    from unnest(${sequences.map(({ terms }) => list(terms))}::text[], ${list(sequences.map(({ mask }) => mask))}::integer[],
      ${list(sequences.map(({ weight }) => weight))}::real[], ${sequences.map(({ words }) => ` ${words.join(' ')} `)}::text[])
      as s (terms, mask, weight, words)
    cross join lateral (
      select p.document, avg(p.impact) as impact from ${of(live, 'posting')} p where p.term = any(s.terms::integer[])
      group by p.document having count(*) = cardinality(s.terms::integer[])) c
    join ${of(live, 'document')} d on d.id = c.document
    where strpos(d.words, s.words) > 0`;
  return sql`
    select document, bit_or(mask) as mask, sum(score)::real as score from (
      select p.document, a.mask, a.weight * p.impact as score
      from unnest(${list(alternatives.map(({ term }) => term))}::integer[], ${list(alternatives.map(({ mask }) => mask))}::integer[],
        ${list(alternatives.map(({ weight }) => weight))}::real[]) as a (term, mask, weight)
      join ${of(live, 'posting')} p on p.term = a.term
      ${sequences.length === 0 ? sql`` : sql`union all ${bySequence}`}
    ) said group by document having bit_or(mask) & ${required}::integer = ${required}::integer`;
}

/** Kilometres on a sphere (haversine). */
function distance({ near }: SearchRequest): RawBuilder<unknown> {
  if (near === null) return sql`null::float8`;
  const { latitude, longitude } = near;
  return sql`(2 * 6371.0088 * asin(least(1, sqrt(sind((f.latitude - ${latitude}::float8) / 2) ^ 2
    + cosd(f.latitude) * cosd(${latitude}::float8) * sind((f.longitude - ${longitude}::float8) / 2) ^ 2))))`;
}

const isNear = (request: SearchRequest): RawBuilder<unknown> =>
  request.near === null ? sql`true` : sql`${distance(request)} <= ${request.near.radius}::float8`;

function missed(own: readonly Filter[][]): RawBuilder<unknown> {
  const bits = own.flatMap((filters, index) =>
    filters.length === 0
      ? []
      : [sql`case when ${conditionOf({ and: filters })} then 0 else ${sql.lit(1 << index)} end`],
  );
  return bits.length === 0 ? sql`0` : sql`(${sql.join(bits, sql` | `)})`;
}

const best = 'm.score desc, m.updated desc, m.document';
const orders: Record<SearchRequest['order'], string> = {
  RELEVANCE: best,
  UPDATED_DESC: 'm.updated desc, m.document',
  TITLE_ASC: 'd.title, m.document',
  NEAREST: `m.distance, ${best}`,
};
const order = (request: SearchRequest): RawBuilder<unknown> => sql.raw(`order by ${orders[request.order]}`);

/** How many hits have each value: sets are counted, then their members added up. */
function counts(facets: SearchRequest['facets']): RawBuilder<unknown> {
  if (facets.length === 0) return sql`null`;
  const each = facets.map(
    ({ name, limit }, index) => sql`
      (select ${name}::text as facet, v as value, sum(c.count)::integer as count
      from (select m.${sql.ref(name)} as id, count(*) from matched m where m.missed & ${sql.lit(~(1 << index))} = 0 group by 1) c
      join ${of(live, 'facet_set')} s on s.id = c.id cross join unnest(s.members) v
      group by v order by 3 desc, v limit ${limit})`,
  );
  return sql`(select json_agg(c) from (${sql.join(each, sql` union all `)}) c)`;
}
