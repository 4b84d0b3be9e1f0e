import { sql, type RawBuilder } from 'kysely';
import { BadInput } from './errors.js';
import type { FilterField } from './fields.js';
import { limits } from './limits.js';
import { inSubtree, type IdsOf } from './named.loaders.js';

export type Scalar = string | number | boolean;

/** What a list is narrowed by, whatever engine answers. Compiled to SQL here; clients' text stays a bound parameter. */
export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { field: string; eq: Scalar }
  | { field: string; in: Scalar[] }
  | { field: string; contains: string }
  | { field: string; gte?: Scalar; lte?: Scalar }
  | { field: string; within: Subtree }
  | { field: string; exists: boolean };

/** All rows at and below a node of a materialised path such as `2024/IT/ITI/`. */
export interface Subtree {
  path: string;
}

/** The `where` argument as clients send it. */
export interface Where {
  and?: Where[] | null;
  or?: Where[] | null;
  not?: Where | null;
  [field: string]: unknown;
}

/** Looks up a tree node's path by the code a client sent for a filter; throws BAD_USER_INPUT for an unknown code. */
export type PathOf = (code: string, field: string) => Promise<string>;

const longestList = 100;

/** How a list reads its `where`. */
export interface Reading {
  fields: Record<string, Pick<FilterField, 'kind' | 'of'>>;
  pathOf: PathOf;
  idsOf: IdsOf;
  /** Fields whose `eq` and `in` are codes that must exist, looked up as those of `within` are. */
  isCode(field: string): boolean;
}

/** Throws BAD_USER_INPUT for a `where` with too many conditions, or conditions too deep in each other. */
export function checkWhere(where: Where): void {
  const { conditions, depth } = limits.where;
  let count = 0;
  const visit = (each: Where, level: number): void => {
    if (level > depth)
      throw new BadInput(`\`where\` nests \`and\`, \`or\` and \`not\` deeper than ${depth} levels. Flatten it.`);
    const own = Object.entries(each).flatMap(([name, value]) => (isNesting(name) || value == null ? [] : [value]));
    // An empty object costs its place too.
    count += Math.max(1, own.flatMap((value) => (typeof value === 'object' ? Object.keys(value) : [value])).length);
    if (count > conditions)
      throw new BadInput(`\`where\` has more than ${conditions} conditions. Use \`in\` for several values of a field.`);
    for (const inner of nestedIn(each)) visit(inner, level + 1);
  };
  visit(where, 1);
}

const isNesting = (name: string): boolean => name === 'and' || name === 'or' || name === 'not';

const nestedIn = ({ and, or, not }: Where): Where[] => [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])];

/** Whether any part of a `where` compares this field. */
export function speaksOf(where: Where, field: string): boolean {
  const value = where[field];
  const isCompared =
    typeof value === 'object' ? Object.values(value ?? {}).some((each) => each != null) : value != null;
  return isCompared || nestedIn(where).some((each) => speaksOf(each, field));
}

/** Reads a checked `where` argument into the tree; `null` members are absent. Throws BAD_USER_INPUT on what cannot be meant. */
export async function filterOf(where: Where, reading: Reading): Promise<Filter> {
  const all = (wheres: Where[]) => Promise.all(wheres.map((each) => filterOf(each, reading)));
  const parts = Object.entries(where).map(async ([name, value]): Promise<Filter[]> => {
    if (value == null) return [];
    if (name === 'and') return all(value as Where[]);
    if (name === 'or') return [{ or: await all(value as Where[]) }];
    if (name === 'not') return [{ not: await filterOf(value as Where, reading) }];
    if (typeof value === 'boolean') return [{ field: name, exists: value }];
    return comparisons(name, value as Record<string, unknown>, reading);
  });
  return { and: (await Promise.all(parts)).flat() };
}

async function comparisons(field: string, value: Record<string, unknown>, reading: Reading): Promise<Filter[]> {
  const { of } = reading.fields[field] ?? {};
  if (of !== undefined) return namings(field, value, reading);
  const { pathOf, isCode } = reading;
  const filters: Filter[] = [];
  const {
    eq,
    in: list,
    contains,
    within,
    gte,
    lte,
  } = value as { eq?: Scalar; in?: Scalar[]; contains?: string; within?: string; gte?: Scalar; lte?: Scalar };
  if (eq != null) filters.push({ field, eq });
  if (list != null) {
    checkList(field, list);
    filters.push({ field, in: list });
  }
  if (contains != null) {
    if (contains.trim() === '')
      throw new BadInput(`\`${field}.contains\` is empty. Leave it out, or give it some letters.`);
    filters.push({ field, contains });
  }
  // All at once: the lookups of one `where` share a statement.
  const codes = isCode(field) ? [eq ?? [], list ?? []].flat().map(String) : [];
  const [path] = await Promise.all([
    within == null ? null : pathOf(within, field),
    ...codes.map((code) => pathOf(code, field)),
  ]);
  if (path != null) filters.push({ field, within: { path } });
  if (gte != null || lte != null) filters.push({ field, ...(gte != null && { gte }), ...(lte != null && { lte }) });
  return filters;
}

function checkList(field: string, list: readonly unknown[]): void {
  if (list.length > longestList)
    throw new BadInput(`\`${field}.in\` has ${list.length} values; ${longestList} are allowed.`);
}

/** Conditions on rows that clients name, as conditions on their ids. */
async function namings(
  field: string,
  { eq, in: list, within }: { eq?: string; in?: string[]; within?: string },
  { fields, pathOf, idsOf }: Reading,
): Promise<Filter[]> {
  const { kind, of = { table: '', named: '' } } = fields[field] ?? {};
  if (list != null) checkList(field, list);
  const among = [eq == null ? [] : [[eq]], list == null ? [] : [list]].flat();
  const named = async (names: string[]) =>
    kind === 'tree'
      ? idsOf({ ...of, column: 'path', among: await Promise.all(names.map((name) => pathOf(name, field))) })
      : idsOf({ ...of, column: of.named, among: names });
  const below =
    within == null
      ? []
      : [pathOf(within, field).then((path) => idsOf({ ...of, column: 'path', among: { below: path } }))];
  const found = await Promise.all([...among.map(named), ...below]);
  return found.map((ids) => ({ field, in: ids }));
}

function joined(parts: RawBuilder<boolean>[], word: 'and' | 'or', none: boolean): RawBuilder<boolean> {
  if (parts.length === 0) return sql.lit(none) as unknown as RawBuilder<boolean>;
  return sql<boolean>`(${sql.join(parts, sql.raw(` ${word} `))})`;
}

/** A declared condition in a statement that asks for several parents at once. */
export const withKey = (condition: string): string => condition.replaceAll('{key}', 'k.key');

/** The condition over `t` in SQL, every value a bound parameter. */
export function filterSql(fields: Record<string, FilterField>, filter: Filter): RawBuilder<boolean> {
  if ('and' in filter)
    return joined(
      filter.and.map((each) => filterSql(fields, each)),
      'and',
      true,
    );
  if ('or' in filter)
    return joined(
      filter.or.map((each) => filterSql(fields, each)),
      'or',
      false,
    );
  if ('not' in filter) return sql<boolean>`(not coalesce(${filterSql(fields, filter.not)}, false))`;
  const field = fields[filter.field];
  if (field === undefined) throw new Error(`No filter is declared for '${filter.field}'.`);
  const comparison = comparisonSql(field, filter);
  if (field.through === undefined) return comparison;
  return placed(withKey(field.through), comparison);
}

/** A declared condition with something in every place of `{}`. */
function placed(condition: string, value: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${sql.join(
    condition.split('{}').map((part) => sql.raw(part)),
    value,
  )}`;
}

function comparisonSql(
  field: FilterField,
  filter: Exclude<Filter, { and: unknown } | { or: unknown } | { not: unknown }>,
): RawBuilder<boolean> {
  const column = sql.raw(field.sql);
  // A column narrower than GraphQL's Int would refuse a number that is merely not there.
  const isInt = field.kind === 'int';
  if ('eq' in filter && field.isList) return sql<boolean>`${column} @> array[${filter.eq}]::text[]`;
  if ('in' in filter && field.isList) return sql<boolean>`${column} && ${filter.in.map(String)}::text[]`;
  if ('eq' in filter) return sql<boolean>`${column} = ${filter.eq}${sql.raw(isInt ? '::int' : '')}`;
  if ('in' in filter)
    return sql<boolean>`${column} = any(${filter.in.map(String)}${sql.raw(isInt ? '::int[]' : '::text[]')})`;
  if ('contains' in filter) {
    const folded = field.isFolded ? column : sql`goodgraph_folded(${column})`;
    return sql<boolean>`${folded} like goodgraph_pattern(${filter.contains})`;
  }
  if ('exists' in filter) return filter.exists ? sql<boolean>`(${column})` : sql<boolean>`(not (${column}))`;
  if ('within' in filter) {
    return inSubtree(sql.raw(field.path ?? field.sql), filter.within.path);
  }
  const type = sql.raw(isInt ? '::int' : '');
  const { gte, lte } = field.bounds ?? { gte: `${field.sql} >= {}`, lte: `${field.sql} <= {}` };
  const bounds = [];
  if (filter.gte !== undefined) bounds.push(placed(gte, sql`${filter.gte}${type}`));
  if (filter.lte !== undefined) bounds.push(placed(lte, sql`${filter.lte}${type}`));
  return joined(bounds, 'and', true);
}
