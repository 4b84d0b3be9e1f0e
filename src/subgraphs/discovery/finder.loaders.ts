import { sql } from 'kysely';
import { connectionsOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { rowBy } from '../../graph/fields.js';
import type { PathOf } from '../../graph/filter.js';
import { oneBy } from '../../graph/loaders.js';
import { pathLoader } from '../../graph/subtree.js';
import { regionTree } from '../directory/region.fields.js';
import { pathBySlug, themeFields, type ThemeRow } from '../practices/theme.fields.js';
import { hostFields, teachingRegionFields } from './finder.fields.js';

interface Found {
  id: string;
}

/** One set per request: what it loads is cached for that request alone. */
export function finderLoaders(read: Read) {
  const regionPath = pathLoader(read, regionTree);
  const themePath = pathBySlug(rowBy<ThemeRow>(read, themeFields, 'slug'));
  const pathOf: PathOf = (key, field) => (field === 'region' ? regionPath : themePath)(key, field);
  return {
    regionPath: (code: string) => regionPath(code, 'region'),
    /** The path of the region of an organisation's seat, null where it is not known. */
    seatBySlug: oneBy<{ slug: string; path: string | null }>(
      read,
      (slugs) =>
        read(sql<{ slug: string; path: string | null }>`select t.slug, r.path from partner t
          left join region r on r.id = t.region_id where t.slug = any(${slugs}::text[])`),
      (row) => row.slug,
    ),
    hosts: connectionsOf<Found>(read, hostFields, null, pathOf),
    teachingRegions: connectionsOf<Found>(read, teachingRegionFields, 'learner', pathOf),
  };
}
