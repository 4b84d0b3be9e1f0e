import { BadInput } from '../../../graph/errors.js';
import {
  checkWhere,
  filterOf,
  speaksOf,
  type Filter,
  type PathOf,
  type Scalar,
  type Where,
} from '../../../graph/filter.js';
import { searchFields } from '../search.fields.js';
import type { SearchRequest } from './engine.js';

const filters: Record<string, { kind: string }> = searchFields.filters;
const isTree = (field: string): boolean => filters[field]?.kind === 'tree';

/** What is made up is found by those who ask for it. */
const nothingMadeUp: Filter = { not: { field: 'origin', eq: 'DEMONSTRATION' } };

/**
 * Reads the `where` of a search into what engines are asked: hierarchies by their paths, the circle beside the tree.
 * Throws BAD_USER_INPUT for what cannot be meant, unknown regions and themes among it.
 */
export async function readWhere(where: Where, pathOf: PathOf): Promise<Pick<SearchRequest, 'filter' | 'near'>> {
  checkWhere(where);
  const { near = null, ...rest } = where;
  if (speaksOf(rest, 'near'))
    throw new BadInput('`near` stands within `and`, `or` or `not`. Put it at the top of `where`.');
  const filter = await filterOf(rest, { fields: searchFields.filters, pathOf, idsOf: async () => [], isCode: isTree });
  const paths = await withPaths(filter, pathOf);
  return {
    filter: speaksOf(rest, 'origin') ? paths : { and: [paths, nothingMadeUp] },
    near: near === null ? null : checkedNear(near as NonNullable<SearchRequest['near']>),
  };
}

function checkedNear(near: NonNullable<SearchRequest['near']>) {
  const { latitude, longitude, radius } = near;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    throw new BadInput(`\`near\` is at ${latitude}, ${longitude}, which is nowhere. Write degrees, latitude first.`);
  if (radius <= 0 || radius > 20_000)
    throw new BadInput(`\`near.radius: ${radius}\` is not more than 0 and at most 20,000. Write kilometres.`);
  return { latitude, longitude, radius };
}

/** Codes and slugs of hierarchies as the paths that engines hold; the lookups were made when the codes were checked. */
async function withPaths(filter: Filter, pathOf: PathOf): Promise<Filter> {
  const all = (each: Filter[]) => Promise.all(each.map((one) => withPaths(one, pathOf)));
  if ('and' in filter) return { and: await all(filter.and) };
  if ('or' in filter) return { or: await all(filter.or) };
  if ('not' in filter) return { not: await withPaths(filter.not, pathOf) };
  const { field } = filter;
  if (!isTree(field)) return filter;
  const path = (code: Scalar) => pathOf(String(code), field);
  if ('eq' in filter) return { field, eq: await path(filter.eq) };
  return 'in' in filter ? { field, in: await Promise.all(filter.in.map(path)) } : filter;
}
