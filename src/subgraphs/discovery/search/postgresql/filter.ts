import { sql, type RawBuilder } from 'kysely';
import type { Filter, Scalar } from '../../../../graph/filter.js';
import { facetNames, type FacetName } from '../document.js';
import { EngineFault } from '../engine.js';
import { indexed, live, of } from './tables.js';

/**
 * Facets of which a document has one value of a few. A handful of sets is soonest compared one after the other; hundreds are
 * looked up in an index, or by their hash, as a subquery that is no join.
 */
const single: readonly FacetName[] = ['type', 'origin', 'validation', 'status'];

type Comparison = Exclude<Filter, { and: unknown } | { or: unknown } | { not: unknown }>;

const isFacet = (field: string): field is FacetName => facetNames.some((name) => name === field);

const valuedBy = (facet: FacetName) => (part: Filter) =>
  'field' in part && part.field === facet && valuesOf(part) !== null;

/** Of several conditions the one that leaves the fewest documents to look at, by an index. */
const narrowestOf = (parts: readonly Filter[]): Filter | undefined =>
  indexed.flatMap((facet) => parts.find(valuedBy(facet)) ?? [])[0];

/** Whether an index finds the documents that fulfil all of these. */
export const isNarrow = (parts: readonly Filter[]): boolean => narrowestOf(parts) !== undefined;

/** Several conditions that must all hold, over a row `f` of the table of facets; the narrowest by its index. */
export function conjunctionOf(parts: readonly Filter[]): RawBuilder<boolean> {
  const narrowest = narrowestOf(parts);
  const conditions = parts.map((part) => conditionOf(part, part === narrowest));
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}

/** A filter as a condition over a row `f` of the table of facets. Every value is a bound parameter. */
export function conditionOf(filter: Filter, isByIndex = false): RawBuilder<boolean> {
  if ('and' in filter) return joined(filter.and, ' and ', true);
  if ('or' in filter) return joined(filter.or, ' or ', false);
  if ('not' in filter) return sql`(${conditionOf(filter.not)} is not true)`;
  if (filter.field === 'id') return ofRecord(filter);
  if (filter.field === 'updated') return ofUpdated(filter);
  if (isFacet(filter.field)) return ofFacet(filter.field, filter, isByIndex);
  throw new EngineFault('REFUSED', `No filter is known for '${filter.field}'.`);
}

function joined(parts: readonly Filter[], word: string, none: boolean): RawBuilder<boolean> {
  if (parts.length === 0) return sql`${sql.lit(none)}`;
  return sql`(${sql.join(
    parts.map((part) => conditionOf(part)),
    sql.raw(word),
  )})`;
}

const refused = ({ field }: Comparison): EngineFault =>
  new EngineFault('REFUSED', `'${field}' is not compared in this way.`);

function valuesOf(filter: Comparison): string[] | null {
  if ('eq' in filter) return [String(filter.eq)];
  if ('in' in filter) return filter.in.map(String);
  return 'within' in filter ? [filter.within.path] : null;
}

function ofFacet(facet: FacetName, filter: Comparison, isByIndex: boolean): RawBuilder<boolean> {
  const column = sql.ref(`f.${facet}`);
  if ('exists' in filter) return sql`(${column} ${sql.raw(filter.exists ? '<>' : '=')} 0)`;
  const values = valuesOf(filter);
  const inSets = (condition: RawBuilder<unknown>): RawBuilder<boolean> => {
    const sets = sql`select s.id from ${of(live, 'facet_set')} s where s.facet = ${facet} and ${condition}`;
    return isByIndex || single.includes(facet)
      ? sql`${column} = any(array(${sets}))`
      : sql`(${column} in (${sets})) is true`;
  };
  if (values !== null) return inSets(sql`s.members && ${values}::text[]`);
  if (facet !== 'year' || !('gte' in filter || 'lte' in filter)) throw refused(filter);
  const year = (given: Scalar | undefined, otherwise: number) => Math.trunc(Number(given ?? otherwise)) || otherwise;
  return inSets(sql`exists (select from unnest(s.members) y
    where y::integer between ${year(filter.gte, -10_000)}::integer and ${year(filter.lte, 10_000)}::integer)`);
}

function ofRecord(filter: Comparison): RawBuilder<boolean> {
  if (!('eq' in filter || 'in' in filter)) throw refused(filter);
  return sql`f.document = any(array(select d.id from ${of(live, 'document')} d where d.record = any(${valuesOf(filter)}::text[])))`;
}

function ofUpdated(filter: Comparison): RawBuilder<boolean> {
  if ('eq' in filter) return sql`f.updated = ${filter.eq}::timestamptz`;
  if (!('gte' in filter || 'lte' in filter)) throw refused(filter);
  const { gte = '-infinity', lte = 'infinity' } = filter;
  return sql`f.updated between ${gte}::timestamptz and ${lte}::timestamptz`;
}
