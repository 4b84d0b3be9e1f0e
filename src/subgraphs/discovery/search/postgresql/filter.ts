import type { Filter, Scalar } from '../../../../graph/filter.js';
import { facetNames, type FacetName } from '../document.js';
import { EngineFault } from '../engine.js';
import type { Columns } from './columns.js';

/** Whether a document fulfils something. */
export type Test = (document: number) => boolean;

/** What a filter is compiled against: the columns, and the documents of the records that it names. */
export interface Compared {
  columns: Columns;
  documents: ReadonlyMap<string, number>;
}

type Comparison = Exclude<Filter, { and: unknown } | { or: unknown } | { not: unknown }>;

const isFacet = (field: string): field is FacetName => facetNames.some((name) => name === field);

/** The records that a filter names. */
export function recordsIn(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(recordsIn);
  if ('or' in filter) return filter.or.flatMap(recordsIn);
  if ('not' in filter) return recordsIn(filter.not);
  return filter.field === 'id' ? (valuesOf(filter) ?? []) : [];
}

/** A filter as a test of documents by their ids. Throws REFUSED for what no index holds. */
export function testOf(filter: Filter, compared: Compared): Test {
  if ('and' in filter) return allOf(filter.and.map((each) => testOf(each, compared)));
  if ('or' in filter) {
    const tests = filter.or.map((each) => testOf(each, compared));
    return (document) => tests.some((test) => test(document));
  }
  if ('not' in filter) {
    const test = testOf(filter.not, compared);
    return (document) => !test(document);
  }
  if (filter.field === 'id') return ofRecord(filter, compared);
  if (filter.field === 'updated') return ofUpdated(filter, compared);
  if (isFacet(filter.field)) return ofFacet(filter.field, filter, compared);
  throw new EngineFault('REFUSED', `No filter is known for '${filter.field}'.`);
}

export function allOf(tests: readonly Test[]): Test {
  const [only, ...more] = tests;
  if (only === undefined) return () => true;
  return more.length === 0 ? only : (document) => tests.every((test) => test(document));
}

const refused = ({ field }: Comparison): EngineFault =>
  new EngineFault('REFUSED', `'${field}' is not compared in this way.`);

function valuesOf(filter: Comparison): string[] | null {
  if ('eq' in filter) return [String(filter.eq)];
  if ('in' in filter) return filter.in.map(String);
  return 'within' in filter ? [filter.within.path] : null;
}

function ofFacet(facet: FacetName, filter: Comparison, { columns }: Compared): Test {
  const column = columns.of[facet];
  if ('exists' in filter) return (document) => (column[document] !== 0) === filter.exists;
  const values = valuesOf(filter) ?? yearsIn(facet, filter, columns);
  const sets = new Uint8Array(columns.sets.length);
  for (const value of values) for (const set of columns.sets.setsWith(facet, value)) sets[set] = 1;
  return (document) => sets[column[document] as number] === 1;
}

function yearsIn(facet: FacetName, filter: Comparison, columns: Columns): string[] {
  if (facet !== 'year' || !('gte' in filter || 'lte' in filter)) throw refused(filter);
  const [from, to] = [Number(filter.gte ?? -Infinity), Number(filter.lte ?? Infinity)];
  return columns.sets.valuesIn('year').filter((year) => Number(year) >= from && Number(year) <= to);
}

function ofRecord(filter: Comparison, { documents }: Compared): Test {
  const records = valuesOf(filter);
  if (records === null || 'within' in filter) throw refused(filter);
  const ids = new Set(records.map((record) => documents.get(record)));
  return (document) => ids.has(document);
}

function ofUpdated(filter: Comparison, { columns }: Compared): Test {
  const at = (given: Scalar | undefined, otherwise: number) => {
    const instant = given === undefined ? otherwise : Date.parse(String(given)) * 1_000;
    if (Number.isNaN(instant)) throw refused(filter);
    return instant;
  };
  if (!('eq' in filter || 'gte' in filter || 'lte' in filter)) throw refused(filter);
  const { gte, lte } = 'eq' in filter ? { gte: filter.eq, lte: filter.eq } : filter;
  const [from, to] = [at(gte, -Infinity), at(lte, Infinity)];
  const { updated } = columns.of;
  return (document) => {
    const instant = updated[document] as number;
    return instant >= from && instant <= to;
  };
}
