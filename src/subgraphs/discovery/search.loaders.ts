import { sql } from 'kysely';
import type { Read } from '../../graph/context.js';
import { loaderOf, oneBy } from '../../graph/loaders.js';
import { currentVersion } from '../directory/region.fields.js';
import { pathsOf } from '../path.loaders.js';
import type { FacetName } from './search/document.js';
import type { FacetLabel } from './search/facet-values.js';

interface LabelRow extends FacetLabel {
  facet: FacetName;
  value: string;
}

const regionLabel = 'coalesce(t.name_english, t.name_latin, t.code)';
const regionNames = "concat_ws(' ', t.name_local, t.name_latin, t.name_english)";

/** Where the names of a facet's values stand: the table, its column that holds the value, the label and all names. */
const labelled: Partial<Record<FacetName, string>> = {
  region: `t.path as value, ${regionLabel} as label, ${regionNames} as names from region t where t.path`,
  country: `t.country_code as value, ${regionLabel} as label, ${regionNames} as names from region t
    where t.level = 0 and t.code_version = ${currentVersion} and t.country_code`,
  theme: `t.path as value, t.label, concat_ws(' ', t.label, jsonb_path_query_array(t.alternative_labels, '$[*].labels[*]')::text) as names
    from theme t where t.path`,
  programme: `t.slug as value, t.name as label, t.name as names from programme t where t.slug`,
};

/** One set per request: what it loads is cached for that request alone. */
export function searchLoaders(read: Read) {
  const labels = loaderOf<readonly [FacetName, string], FacetLabel | null, string>(
    read,
    async (keys) => {
      const arms = [...Map.groupBy(keys, ([facet]) => facet)].map(([facet, group]) => {
        const values = group.map(([, value]) => value);
        return sql`select ${facet}::text as facet, ${sql.raw(labelled[facet] ?? '')} = any(${values}::text[])`;
      });
      const rows = await read(sql<LabelRow>`${sql.join(arms, sql` union all `)}`);
      const found = new Map(rows.map((row) => [`${row.facet}:${row.value}`, row]));
      return keys.map((key) => found.get(key.join(':')) ?? null);
    },
    { cacheKeyFn: (key) => key.join(':') },
  );
  return {
    searchPath: pathsOf(read),
    /** The names of a facet's value; null where it says all by itself. */
    facetLabel: async (facet: FacetName, value: string): Promise<FacetLabel | null> =>
      facet in labelled ? labels.load([facet, value]) : null,
    /** The origin of a practice, null where the viewer sees none. */
    practiceOrigin: oneBy<{ id: string; origin: string }>(
      read,
      (ids) =>
        read(
          sql<{
            id: string;
            origin: string;
          }>`select t.id, t.origin from good_practice t where t.id = any(${ids}::text[])`,
        ),
      (row) => row.id,
    ),
  };
}
