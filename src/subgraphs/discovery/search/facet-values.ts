import { BadInput } from '../../../graph/errors.js';
import type { PathOf } from '../../../graph/filter.js';
import { limits } from '../../../graph/limits.js';
import { SearchType } from '../search.fields.js';
import type { FacetName } from './document.js';
import type { FacetCount, SearchRequest } from './engine.js';
import { isHierarchy } from './facet.js';

/** A facet as clients ask for it. */
export interface AskedFacet {
  field: FacetName;
  first?: number | null;
  prefix?: string | null;
  level?: number | null;
  below?: string | null;
}

/** A value as clients see it. */
export interface FacetLabel {
  label: string;
  /** All its names: what a prefix is looked for in. */
  names: string;
}

export interface FacetValue {
  value: string;
  /** Looked up when it is asked for. */
  label(): Promise<string>;
  count: number;
  parent: string | null;
}

type LabelOf = (name: FacetName, value: string) => Promise<FacetLabel | null>;

/** Of a hierarchy, and for a prefix, what is wanted is picked from all values that have hits. */
const allValues = 10_000;

const isNarrowed = ({ field, prefix }: AskedFacet): boolean => isHierarchy(field) || prefix != null;

/** What engines are asked. Throws BAD_USER_INPUT for facets that cannot be meant. */
export function facetRequests(asked: readonly AskedFacet[]): SearchRequest['facets'] {
  const most = limits.search.facetValues;
  return asked.map((facet, index) => {
    const { field, level, below } = facet;
    const name = field.toUpperCase();
    const first = sizeOf(facet);
    if (asked.findIndex((each) => each.field === field) < index)
      throw new BadInput(
        `\`facets\` names ${name} twice. Ask for the other in a search of its own, with \`first: 0\`.`,
      );
    if (first < 0 || first > most)
      throw new BadInput(`\`facets\` asks for ${first} values of ${name}. Ask for 0 to ${most}.`);
    if (!isHierarchy(field) && (level != null || below != null))
      throw new BadInput(`\`level\` and \`below\` go with REGION and THEME. Leave them out of ${name}.`);
    if (level != null && level < 0) throw new BadInput(`\`level: ${level}\` is above the top, which is 0.`);
    return { name: field, limit: isNarrowed(facet) ? allValues : first };
  });
}

/** The enum's name of a type. */
const typeName = (type: string): string => Object.entries(SearchType).find(([, each]) => each === type)?.[0] ?? type;

const sizeOf = ({ first }: AskedFacet): number => first ?? 10;

const partsOf = (path: string): string[] => path.split('/').slice(0, -1);

/** How deep a node lies: 0 at the top. Paths of regions begin with the version of their codes. */
const levelOf = (field: FacetName, path: string): number => partsOf(path).length - (field === 'region' ? 2 : 1);

/** Without accents and case. */
const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

const hasWordFrom = (names: string, prefix: string): boolean =>
  ` ${folded(names).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`.includes(` ${prefix}`);

/** The values that were asked for of what an engine counted. */
export async function facetValues(
  asked: AskedFacet,
  counts: readonly FacetCount[],
  pathOf: PathOf,
  labelOf: LabelOf,
): Promise<FacetValue[]> {
  const chosen = await within(asked, counts, pathOf);
  const prefix = folded(asked.prefix ?? '').trim();
  const size = sizeOf(asked);
  const named = (each: FacetCount) => namedValue(asked.field, each, labelOf);
  if (prefix === '') return chosen.slice(0, size).map((each) => named(each).value);
  const all = await Promise.all(
    chosen.map(async (each) => {
      const { value, names } = named(each);
      return { value, names: await names() };
    }),
  );
  return all
    .filter(({ value, names }) => hasWordFrom(`${names} ${value.value}`, prefix))
    .slice(0, size)
    .map(({ value }) => value);
}

/** A value, and all its names: they stand in the database. */
function namedValue(
  field: FacetName,
  { value, count }: FacetCount,
  labelOf: LabelOf,
): { value: FacetValue; names: () => Promise<string> } {
  const parts = isHierarchy(field) ? partsOf(value) : [value];
  const told = field === 'type' ? typeName(value) : (parts.at(-1) ?? value);
  const parent = isHierarchy(field) && levelOf(field, value) > 0 ? (parts.at(-2) ?? null) : null;
  const label = async () => (await labelOf(field, value))?.label ?? told;
  return {
    value: { value: told, label, count, parent },
    names: async () => (await labelOf(field, value))?.names ?? told,
  };
}

/** The counts at the level and below the node that were asked for. */
async function within(
  { field, level, below, prefix }: AskedFacet,
  counts: readonly FacetCount[],
  pathOf: PathOf,
): Promise<readonly FacetCount[]> {
  if (!isHierarchy(field)) return counts;
  const top = below == null ? null : await pathOf(below, field);
  const first = top === null ? 0 : levelOf(field, top) + 1;
  const wanted = level ?? (prefix == null ? first : null);
  return counts.filter(
    ({ value }) =>
      (top === null || (value.startsWith(top) && value !== top)) &&
      (wanted === null || levelOf(field, value) === wanted),
  );
}
