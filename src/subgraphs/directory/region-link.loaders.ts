import { sql } from 'kysely';
import type { Read } from '../../graph/context.js';
import { selectList } from '../../graph/fields.js';
import { manyBy, oneBy } from '../../graph/loaders.js';
import type { Confidence } from '../record.fields.js';
import { formerCodes } from './region-link.fields.js';
import { regionFields, type RegionRow } from './region.fields.js';

interface LinkRow {
  key: string;
  fromVersion: number;
  toVersion: number;
  weightByArea: number;
  weightByPopulation: number | null;
  linkConfidence: Confidence;
  linkNote: string | null;
}

/** What a region is found by when its version is known: `FI195` of 2010 is `2010/FI195`. */
export const versioned = (version: number, code: string): string => `${version}/${code}`;

/** Regions by version and code, one statement a batch; the key is made by `versioned`. */
export function regionByCodeLoader(read: Read) {
  const list = selectList(regionFields);
  return oneBy<RegionRow>(
    read,
    (keys) =>
      read(sql<RegionRow>`select ${list} from region t where (t.code_version, t.code) in (
        select split_part(k, '/', 1)::int, substr(k, strpos(k, '/') + 1) from unnest(${keys}::text[]) k)`),
    ({ codeVersion, code }) => versioned(codeVersion, code),
  );
}

/** The links of a region in both directions with the region at the other end, one statement a direction and batch. */
export function regionLinkLoaders(read: Read) {
  return {
    successorsByRegionId: links(read, 'from', 'to', 'l.weight_by_population desc nulls last, l.weight_by_area desc'),
    predecessorsByRegionId: links(read, 'to', 'from', 't.code'),
    /** What a code of an older version became, as a sentence; null for any other text. */
    formerCode: oneBy<[code: string, sentence: string]>(
      read,
      async (codes) => [...(await formerCodes(read, codes))],
      ([code]) => code,
    ),
  };
}

function links(read: Read, here: 'from' | 'to', there: 'from' | 'to', order: string) {
  const list = selectList(regionFields);
  const [key, other] = [sql.ref(`l.${here}_id`), sql.ref(`l.${there}_id`)];
  const loader = manyBy<LinkRow & RegionRow>(
    read,
    (keys) =>
      read(sql<LinkRow & RegionRow>`
        select ${key} as "key", f.code_version as "fromVersion", s.code_version as "toVersion",
          l.weight_by_area as "weightByArea", l.weight_by_population as "weightByPopulation",
          l.confidence as "linkConfidence", l.source_note as "linkNote", ${list}
        from region_link l join region f on f.id = l.from_id join region s on s.id = l.to_id join region t on t.id = ${other}
        where ${key} = any(${keys}::text[]) order by t.code_version desc, ${sql.raw(order)}, t.id`),
    (row) => row.key,
  );
  return {
    load: async (id: string) =>
      (await loader.load(id)).map((row) => ({
        ...row,
        region: row,
        confidence: row.linkConfidence,
        sourceNote: row.linkNote,
      })),
  };
}
