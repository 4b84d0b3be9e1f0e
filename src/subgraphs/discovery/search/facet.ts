import type { Filter } from '../../../graph/filter.js';
import type { FacetName } from './document.js';

/** Facets whose values are materialised paths; how many parts the path of their roots has. A region's begins with its version. */
const hierarchies: Partial<Record<FacetName, number>> = { region: 2, theme: 1 };

export const isHierarchy = (facet: FacetName): boolean => facet in hierarchies;

/** The values of a facet with all that lie above them, each once: `2024/IT/ITI/` also counts for `2024/IT/`. */
export function withAncestors(facet: FacetName, values: readonly string[]): string[] {
  const root = hierarchies[facet];
  if (root === undefined) return [...new Set(values)];
  return [
    ...new Set(
      values.flatMap((path) => [...path.matchAll(/\//g)].slice(root - 1).map(({ index }) => path.slice(0, index + 1))),
    ),
  ];
}

/** The parts of a filter that must all hold. */
export const conjunctsOf = (filter: Filter): Filter[] => ('and' in filter ? filter.and.flatMap(conjunctsOf) : [filter]);

/** Whether a filter speaks of this field and of no other. */
function speaksOnlyOf(filter: Filter, field: string): boolean {
  if ('and' in filter) return filter.and.every((each) => speaksOnlyOf(each, field));
  if ('or' in filter) return filter.or.every((each) => speaksOnlyOf(each, field));
  return 'not' in filter ? speaksOnlyOf(filter.not, field) : filter.field === field;
}

/** What a facet is counted under: the filter without the conditions that speak of this facet alone. */
export const withoutFacet = (filter: Filter, facet: FacetName): Filter => ({
  and: conjunctsOf(filter).filter((each) => !speaksOnlyOf(each, facet)),
});
