import type { Fields, RowOf } from '../../graph/fields.js';
import type { Tree } from '../../graph/subtree.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Region } from './region.entity.js';

/** The version of NUTS that codes mean unless another is named (Regulation (EU) 2023/674, in force since 2024). */
export const currentVersion = 2024;

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
  computed: { name },
  filters: {
    region: {
      kind: 'tree',
      sql: 't.code',
      path: 't.path',
      description: 'Only these regions; `within: "ITI1"` is Tuscany and its provinces.',
    },
    level: { kind: 'int', sql: 't.level', description: '0 is a country; 1, 2 and 3 are the NUTS levels.' },
    country: {
      kind: 'key',
      sql: 't.country_code',
      description: 'Country codes as Eurostat writes them: EL for Greece.',
    },
    name: {
      kind: 'text',
      sql: "concat_ws(' ', t.name_local, t.name_latin, t.name_english)",
      description: 'Part of the local, Latin or English name.',
    },
  },
  orders: {
    CODE_ASC: { by: ['t.code'], description: 'By code: every region right before its sub-regions.' },
    NAME_ASC: { by: [`(${name}) collate "und-x-icu"`], description: 'By name, A to Z.' },
  },
  parents: {
    parent: 't.parent_id = {key}',
    ancestor: `t.path > (select a.path from region a where a.id = {key})
      and t.path < (select rtrim(a.path, '/') || '0' from region a where a.id = {key})`,
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
};

/** A filter on the regions that a join table or a foreign key leads to; `{}` is the comparison. */
export const regionFilter = (through: string, description: string) =>
  ({ kind: 'tree', sql: 'r.code', path: 'r.path', through, description }) as const;
