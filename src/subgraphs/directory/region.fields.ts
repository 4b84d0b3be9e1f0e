import type { Fields, RowOf } from '../../graph/fields.js';
import type { Tree } from '../../graph/subtree.js';
import { originFilter, recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import { formerCodes } from './region-link.fields.js';
import type { Region } from './region.entity.js';

/** The version of NUTS that codes mean unless another is named (Regulation (EU) 2023/674, in force since 2024). */
export const currentVersion = 2024;

/** Every version whose codes are known here. */
export const versions: readonly number[] = [2010, 2021, currentVersion];

/**
 * The version that was in force on a day, in SQL (Regulations (EU) 31/2011, 2019/1755 and 2023/674); null for the years
 * of other versions, such as 2013 and 2016, whose codes are not known here.
 */
export const versionInForce = (day: string): string => `case
  when ${day} between '2012-01-01' and '2014-12-31' then 2010
  when ${day} between '2021-01-01' and '2023-12-31' then 2021
  when ${day} >= '2024-01-01' then ${currentVersion} end`;

export const RegionScheme = { NUTS: 'NUTS', SR: 'SR', ISO3166: 'ISO3166', CUSTOM: 'CUSTOM' } as const;
export type RegionScheme = keyof typeof RegionScheme;

export const RegionGroup = { EU: 'EU', EFTA: 'EFTA', CANDIDATE: 'CANDIDATE', OTHER: 'OTHER' } as const;
export type RegionGroup = keyof typeof RegionGroup;

const name = 'coalesce(t.name_english, t.name_latin)';

export const regionFields = {
  ...recordOf('Region'),
  columns: [
    ...recordFields,
    'scheme',
    'codeVersion',
    'code',
    'level',
    'parentId',
    'path',
    'countryCode',
    'isoCountryCode',
    'nameLocal',
    'nameLatin',
    'nameEnglish',
    'group',
    'designationNote',
  ],
  derived: { name },
  filters: {
    region: {
      kind: 'tree',
      sql: 't.code',
      path: 't.path',
      description: 'Only these regions; `within: "ITI1"`, a code of NUTS 2024, is Tuscany and its provinces.',
    },
    version: {
      kind: 'int',
      sql: 't.code_version',
      description:
        'The year of the classification: 2010, 2021 or 2024. A root list that does not ask for a version holds 2024 alone.',
    },
    level: { kind: 'int', sql: 't.level', description: '0 is a country; 1, 2 and 3 are the NUTS levels.' },
    country: {
      kind: 'key',
      sql: 't.country_code',
      description: 'Country codes as Eurostat writes them: EL for Greece.',
    },
    group: {
      kind: 'key',
      enum: 'RegionGroup',
      sql: 't."group"',
      description: 'How the country stands to the European Union.',
    },
    scheme: { kind: 'key', enum: 'RegionScheme', sql: 't.scheme', description: 'The classification of the code.' },
    name: {
      kind: 'text',
      sql: "concat_ws(' ', t.name_local, t.name_latin, t.name_english)",
      description: 'Part of the local, Latin or English name.',
    },
    ...originFilter,
  },
  defaults: { version: `t.code_version = ${currentVersion}` },
  orders: {
    CODE_ASC: { by: ['t.code'], description: 'By code: every region right before its sub-regions.' },
    NAME_ASC: {
      by: [`coalesce(${name}, t.code) collate "und-x-icu"`],
      description: 'By name, A to Z; by code where it is unknown.',
    },
  },
  parents: {
    parent: 't.parent_id = {key}',
    ancestor: `t.path > (select a.path from region a where a.id = {key})
      and t.path < (select rtrim(a.path, '/') || '0' from region a where a.id = {key})`,
  },
  isLeaf: true,
  sizes: {
    'Region.ancestors': 2,
    // Most regions are the smallest ones.
    'Region.children': 3,
    'Region.descendants': 4,
  },
  maxAge: 3600,
} as const satisfies Fields;

export type RegionRow = RowOf<Region, typeof regionFields>;

export const regionTree: Tree = {
  table: 'region',
  code: 't.code',
  path: 't.path',
  label: name,
  condition: `t.code_version = ${currentVersion}`,
  source: `NUTS ${currentVersion}`,
  former: formerCodes,
};

/** Where a record holds the key of a region: the column, and how a join table leads there (`{}` is the comparison). */
interface RegionKey {
  sql: string;
  through?: string;
}

/** A filter on the regions that a foreign key or a join table leads to. */
export const regionFilter = (at: RegionKey, description: string) =>
  ({ kind: 'tree', ...at, of: { table: 'region', named: 'code' }, description }) as const;

/** A filter on the countries of those regions. */
export const countryFilter = (at: RegionKey, description: string) =>
  ({ kind: 'key', ...at, of: { table: 'region', named: 'country_code' }, description }) as const;
