import { sql, type RawBuilder } from 'kysely';
import type { Columns, News } from './columns.js';
import type { Expansion } from './expansion.js';
import type { Shown } from '../analysis/highlight.js';
import { live, of } from './tables.js';

export interface SearchRow extends News, Postings {
  /** Documents of the records that the filter names. */
  named: Record<string, number> | null;
}

/** Postings of several terms and sequences, one after the other, by how many there are of each. */
interface Postings {
  sources: number[] | null;
  sizes: number[] | null;
  postings: Buffer | null;
}

export interface Asked {
  expansion: Expansion;
  /** Documents besides which none is looked for, but what is new; null where there are many, or a filter leaves all. */
  possible: readonly number[] | null;
  records: readonly string[];
}

const posting = of(live, 'posting');

const list = (values: readonly number[]): string => `{${values.join(',')}}`;

/** One statement for what is new in the index, and for the postings of all that is looked for. */
export function searchStatement({ expansion, possible, records }: Asked, columns: Columns): RawBuilder<SearchRow> {
  const { alternatives, sequences } = expansion;
  const isPossible =
    possible === null
      ? hasRarest(expansion)
      : sql`p.document = any(${list(possible)}::integer[] || array(select f.document from ${of(live, 'facet')} f where ${columns.isNew()}))`;
  return sql<SearchRow>`
    select n.*, found.*, (select json_object_agg(d.record, d.id) from ${of(live, 'document')} d
      where d.record = any(${[...records]}::text[])) as "named"
    from ${columns.news()} n cross join (
      select array_agg(p.source order by p.source) as "sources", array_agg(p.size order by p.source) as "sizes",
        string_agg(p.packed, '' order by p.source) as "postings"
      from (${byTerm(alternatives, isPossible)} union all ${bySequence(sequences, isPossible)}) p) found`;
}

/** What is found by each of the terms, by their numbers, and by each of the sequences, by negative ones from -1 on. */
export function postingsIn({ sources, sizes, postings }: Postings, { alternatives, sequences }: Expansion) {
  const terms = new Map(alternatives.map((each) => [each.term, each]));
  let from = 0;
  return (sources ?? []).flatMap((source, index) => {
    const to = from + (sizes?.[index] ?? 0) * 8;
    const found = source < 0 ? sequences[-source - 1] : terms.get(source);
    const own = postings?.subarray(from, to);
    from = to;
    return found && own ? { mask: found.mask, weight: found.weight, postings: own } : [];
  });
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

const packed = (impact: RawBuilder<unknown>) =>
  sql`count(*)::integer as size, string_agg(int4send(p.document) || float4send(${impact}), '') as packed`;

/** Documents with these terms, which are a list and not joined: PostgreSQL would not see how common they are. */
const byTerm = (alternatives: Expansion['alternatives'], isPossible: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select p.term as source, ${packed(sql`p.impact`)} from ${posting} p
  where p.term = any(${list(alternatives.map(({ term }) => term))}::integer[]) and ${isPossible} group by p.term`;

/** Documents with several words side by side: of those that have them all, by the rarest, the ones whose text says so. */
const bySequence = (sequences: Expansion['sequences'], isPossible: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select -s.number::integer, ${packed(sql`p.impact`)}
  from unnest(${sequences.map(({ terms }) => list(terms))}::text[], ${sequences.map(({ words }) => ` ${words.join(' ')} `)}::text[])
    with ordinality as s (terms, words, number)
  cross join lateral (
    select e.document, (sum(e.impact) / count(*))::real as impact from ${posting} e where e.term = any(s.terms::integer[])
      and e.document = any(array(select p.document from ${posting} p where p.term = (s.terms::integer[])[1] and ${isPossible}))
    group by e.document having count(*) = cardinality(s.terms::integer[])) p
  join ${of(live, 'wording')} w on w.document = p.document
  where strpos(w.words, s.words) > 0 group by s.number`;

export interface ShownRow {
  document: number;
  shown: Shown;
}

/** What hits show, of these documents; those that are gone by now are left out. */
export const shownStatement = (documents: readonly number[]): RawBuilder<ShownRow> => sql<ShownRow>`
  select d.id as "document", d.shown from ${of(live, 'document')} d where d.id = any(${list(documents)}::integer[])`;

/** The same for a page of them, in the order of their titles, which PostgreSQL knows. */
export const byTitleStatement = (documents: readonly number[], offset: number, size: number): RawBuilder<ShownRow> =>
  sql<ShownRow>`
    select d.id as "document", d.shown from ${of(live, 'document')} d where d.id = any(${list(documents)}::integer[])
    order by d.title, d.id offset ${offset} limit ${size}`;
