import { sql, type RawBuilder } from 'kysely';
import type { Filter } from '../../../../graph/filter.js';
import type { FacetName } from '../document.js';
import type { SearchRequest } from '../engine.js';
import { conjunctsOf, withoutFacet } from '../facet.js';
import type { Expansion, IndexState } from './expansion.js';
import type { CountedSets } from './facet-sets.js';
import { conjunctionOf, isNarrow } from './filter.js';
import type { Shown } from '../analysis/highlight.js';
import { live, of } from './tables.js';

export interface SearchRow {
  /** The index that was asked; terms of another mean something else. */
  state: IndexState;
  total: number;
  /** The score of the best hit. */
  best: number | null;
  hits: { score: number; distance: number | null; shown: Shown }[] | null;
  counts: ({ facet: FacetName } & CountedSets)[] | null;
}

/** One statement for the page, the exact total and the counts of the facets. */
export function searchStatement(request: SearchRequest, expansion: Expansion): RawBuilder<SearchRow> {
  const { facets, filter } = request;
  const columns = facets.map(({ name }) => sql`f.${sql.ref(name)}, `);
  const source = sourceOf(request, expansion);
  return sql<SearchRow>`
    with ${source.steps}
    matched as materialized (
      select f.document, f.updated, ${sql.join(columns, sql``)} ${source.score} as score, ${distance(request)} as distance
      ${source.under(conjunctsOf(filter))}),
    page as (
      select m.document, m.score, m.distance, m.updated
      from matched m ${request.order === 'TITLE_ASC' ? sql`join ${of(live, 'document')} d on d.id = m.document` : sql``}
      ${order(request)} offset ${request.offset} limit ${request.size})
    select (select row_to_json(s) from ${of(live, 'index_state')} s) as "state", all_hits.total, all_hits.best,
      (select json_agg(json_build_object('score', m.score, 'distance', m.distance, 'shown', d.shown) ${order(request)})
        from page m join ${of(live, 'document')} d on d.id = m.document) as "hits",
      ${counts(request, source)} as "counts"
    from (select count(*)::integer as total, max(m.score) as best from matched m) all_hits`;
}

/** Where documents come from, as rows `f` of the table of facets. */
interface Source {
  /** Common table expressions, each with a comma. */
  steps: RawBuilder<unknown>;
  score: RawBuilder<unknown>;
  /** Those that fulfil some of the parts of the filter, `from` and `where`. */
  under: (parts: readonly Filter[]) => RawBuilder<unknown>;
}

/**
 * Of all documents those with the words that are asked for. Where the filter leaves few whatever is counted, those alone are
 * looked for in postings: of common words there are many.
 */
function sourceOf(request: SearchRequest, expansion: Expansion): Source {
  const { facets, filter } = request;
  const near = isNear(request);
  if (!expansion.isAsked)
    return {
      steps: sql``,
      score: sql`1::real`,
      under: (parts) => sql`from ${of(live, 'facet')} f where ${conjunctionOf(parts)} and ${near}`,
    };
  const always = conjunctsOf(filter).filter((each) =>
    facets.every(({ name }) => conjunctsOf(withoutFacet(filter, name)).includes(each)),
  );
  const isFew = isNarrow(always);
  const few = sql`possible as materialized (
      select f.* from ${of(live, 'facet')} f where ${conjunctionOf(always)} and ${near}),`;
  const among = isFew ? sql`p.document = any(array(select document from possible))` : hasRarest(expansion);
  return {
    steps: sql`${isFew ? few : sql``} found as (${hits(expansion, among)}),`,
    score: sql`h.score`,
    under: (parts) =>
      isFew
        ? sql`from found h join possible f on f.document = h.document where ${conjunctionOf(parts.filter((each) => !always.includes(each)))}`
        : sql`from found h join ${of(live, 'facet')} f on f.document = h.document where ${conjunctionOf(parts)} and ${near}`,
  };
}

const posting = of(live, 'posting');

const list = (values: readonly number[]): string => `{${values.join(',')}}`;

/** The documents with the words that are asked for, and how well they answer. */
function hits(expansion: Expansion, isPossible: RawBuilder<unknown>): RawBuilder<unknown> {
  const { required, alternatives, sequences } = expansion;
  /** Whether something that is looked for is not yet all that is required: else nobody looks at masks. */
  const isHalf = [...alternatives, ...sequences].some(({ mask }) => (mask & required) !== required);
  const summed = (rows: RawBuilder<unknown>) =>
    sql`select said.document, ${isHalf ? sql`bit_or(said.mask)` : sql`0`} as mask, sum(said.score) as score from (${rows}) said group by said.document`;
  const byTerms = summed(byTerm(alternatives, isPossible, isHalf));
  // Of a union PostgreSQL knows nothing, and expects two hundred documents of it: it would look up each of many in vain.
  const both = sql`
    select document, coalesce(t.mask, 0) | coalesce(s.mask, 0) as mask, coalesce(t.score, 0) + coalesce(s.score, 0) as score
    from (${byTerms}) t full join (${summed(bySequence(sequences, isPossible))}) s using (document)`;
  return sql`
    select document, score::real from (${sequences.length === 0 ? byTerms : both}) said
    where ${isHalf ? hasAll(expansion) : sql`true`}`;
}

const bitsOf = (mask: number): number[] =>
  Array.from({ length: 31 }, (_, index) => 1 << index).filter((bit) => (mask & bit) !== 0);

/** So many times fewer documents must have a word than all of them have postings, for these to be looked up by it. */
const worthwhile = 3;

/**
 * Where several words are required and one is much rarer, only documents that have it are looked at: postings of common
 * words are many, and most of them in vain. True where that is not worth its while.
 */
function hasRarest({ required, alternatives, sequences }: Expansion): RawBuilder<unknown> {
  const bits = bitsOf(required);
  const postings = (terms: Expansion['alternatives']) => terms.reduce((sum, { documents }) => sum + documents, 0);
  const [rarest] = bits
    // What stands in its place side by side is not known by its terms.
    .filter((bit) => sequences.every(({ mask }) => (mask & bit) === 0))
    .map((bit) => alternatives.filter(({ mask }) => (mask & bit) !== 0))
    .toSorted((one, other) => postings(one) - postings(other));
  if (bits.length < 2 || !rarest || postings(rarest) * worthwhile > postings(alternatives)) return sql`true`;
  const terms = list(rarest.map(({ term }) => term));
  return sql`p.document in (select r.document from ${posting} r where r.term = any(${terms}::integer[]))`;
}

/** Of fewer documents each facet is looked up, of more all are read. */
const fewDocuments = 500;

/**
 * Whether a document has all that is required, whose bits are the highest ones. PostgreSQL cannot know how many have it: of
 * an equality it expects one in two hundred, of a comparison one in three, and joins accordingly.
 */
function hasAll({ required, alternatives, sequences }: Expansion): RawBuilder<boolean> {
  const most = bitsOf(required).map((bit) => {
    const having = alternatives.filter(({ mask }) => (mask & bit) !== 0);
    const isSequence = sequences.some(({ mask }) => (mask & bit) !== 0);
    return having.reduce((sum, { documents }) => sum + documents, isSequence ? fewDocuments : 0);
  });
  return Math.min(...most) < fewDocuments
    ? sql`said.mask & ${sql.lit(required)} = ${sql.lit(required)}`
    : sql`said.mask >= ${sql.lit(required)}`;
}

/**
 * Documents with these terms. The terms are not joined to what they count: PostgreSQL would not see how common they are,
 * and expect a hundredth of the rows. The commonest come first, where a `case` finds them soonest.
 */
function byTerm(
  alternatives: Expansion['alternatives'],
  isPossible: RawBuilder<unknown>,
  isMasked: boolean,
): RawBuilder<unknown> {
  const common = alternatives.toSorted((one, other) => other.documents - one.documents);
  const terms = sql`${list(common.map(({ term }) => term))}::integer[]`;
  const byMask = common.map(({ term, mask }) => sql`when ${sql.lit(term)} then ${sql.lit(mask)}`);
  const byWeight = common.map(
    ({ term, weight }) => sql`when ${sql.lit(term)} then ${sql.lit(weight.toFixed(4))}::real`,
  );
  const ofTerm = (arms: RawBuilder<unknown>[]) => sql`case p.term ${sql.join(arms, sql` `)} end`;
  return common.length === 0
    ? sql`select null::integer as document, 0 as mask, 0::real as score where false`
    : sql`select p.document, ${isMasked ? ofTerm(byMask) : sql`0`} as mask, ${ofTerm(byWeight)} * p.impact as score
        from ${posting} p where p.term = any(${terms}) and ${isPossible}`;
}

/** Documents with several words side by side: of those that have them all, by the rarest, the ones whose text says so. */
const bySequence = (sequences: Expansion['sequences'], isPossible: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select c.document, s.mask, s.weight * c.impact as score
  from unnest(${sequences.map(({ terms }) => list(terms))}::text[], ${list(sequences.map(({ mask }) => mask))}::integer[],
    ${list(sequences.map(({ weight }) => weight))}::real[], ${sequences.map(({ words }) => ` ${words.join(' ')} `)}::text[])
    as s (terms, mask, weight, words)
  cross join lateral (
    select e.document, sum(e.impact) / count(*) as impact from ${posting} e where e.term = any(s.terms::integer[])
      and e.document = any(array(select p.document from ${posting} p where p.term = (s.terms::integer[])[1] and ${isPossible}))
    group by e.document having count(*) = cardinality(s.terms::integer[])) c
  join ${of(live, 'wording')} w on w.document = c.document
  where strpos(w.words, s.words) > 0`;

/** Kilometres on a sphere (haversine). */
function distance({ near }: SearchRequest): RawBuilder<unknown> {
  if (near === null) return sql`null::float8`;
  const { latitude, longitude } = near;
  return sql`(2 * 6371.0088 * asin(least(1, sqrt(sind((f.latitude - ${latitude}::float8) / 2) ^ 2
    + cosd(f.latitude) * cosd(${latitude}::float8) * sind((f.longitude - ${longitude}::float8) / 2) ^ 2))))`;
}

const isNear = (request: SearchRequest): RawBuilder<unknown> =>
  request.near === null ? sql`true` : sql`${distance(request)} <= ${request.near.radius}::float8`;

const best = 'm.score desc, m.updated desc, m.document';
const orders: Record<SearchRequest['order'], string> = {
  RELEVANCE: best,
  UPDATED_DESC: 'm.updated desc, m.document',
  TITLE_ASC: 'd.title, m.document',
  NEAREST: `m.distance, ${best}`,
};
const order = (request: SearchRequest): RawBuilder<unknown> => sql.raw(`order by ${orders[request.order]}`);

/**
 * How many hits have each set of values: what is in the sets is known, and added up, by us. A facet that is narrowed by
 * itself is counted under the other parts of the filter.
 */
function counts({ facets, filter }: SearchRequest, { under }: Source): RawBuilder<unknown> {
  if (facets.length === 0) return sql`null`;
  const all = conjunctsOf(filter);
  const each = facets.map(({ name }) => {
    const others = conjunctsOf(withoutFacet(filter, name));
    const counted =
      others.length < all.length
        ? sql`select f.${sql.ref(name)} as id ${under(all.filter((part) => others.includes(part)))}`
        : sql`select m.${sql.ref(name)} as id from matched m`;
    return sql`
      select ${name}::text as facet, coalesce(array_agg(c.id), '{}') as sets, coalesce(array_agg(c.count), '{}') as counts
      from (select m.id, count(*)::integer from (${counted}) m group by 1) c where c.id <> 0`;
  });
  return sql`(select json_agg(c) from (${sql.join(each, sql` union all `)}) c)`;
}
