import type { Fields, RowOf } from '../../graph/fields.js';
import { originFilter, recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Indicator } from './indicator.entity.js';

export const indicatorFields = {
  ...recordOf('Indicator'),
  columns: [...recordFields, 'slug', 'name', 'unit'],
  filters: {
    name: { kind: 'text', sql: 't.name', description: 'Part of the name.' },
    unit: { kind: 'key', sql: 't.unit', description: 'Units, such as people or percent.' },
    ...originFilter,
  },
  orders: {
    NAME_ASC: { by: ['t.name collate "und-x-icu"'], description: 'By name, A to Z.' },
  },
  isLeaf: true,
  maxAge: 300,
} as const satisfies Fields;

export type IndicatorRow = RowOf<Indicator, typeof indicatorFields>;
