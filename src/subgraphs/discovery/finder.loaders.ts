import { sql } from 'kysely';
import { connectionsOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { oneBy } from '../../graph/loaders.js';
import { pathsOf } from '../path.loaders.js';
import { hostFields, teachingRegionFields } from './finder.fields.js';

interface Found {
  id: string;
}

/** One set per request: what it loads is cached for that request alone. */
export function finderLoaders(read: Read) {
  const pathOf = pathsOf(read, (field) => field !== 'region');
  return {
    regionPath: (code: string) => pathOf(code, 'region'),
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
