import type { Fields, RowOf } from '../../graph/fields.js';
import { originFilter, recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Programme } from './programme.entity.js';

export const CooperationType = {
  CROSS_BORDER: 'CROSS_BORDER',
  TRANSNATIONAL: 'TRANSNATIONAL',
  INTERREGIONAL: 'INTERREGIONAL',
  OUTERMOST: 'OUTERMOST',
} as const;
export type CooperationType = keyof typeof CooperationType;

export const programmeFields = {
  ...recordOf('Programme'),
  columns: [
    ...recordFields,
    'slug',
    'name',
    'cooperationType',
    'startYear',
    'endYear',
    'fund',
    'keyAction',
    'actionType',
    'objective',
    'budgetAmount',
    'budgetCurrency',
    'projectsCount',
    'partnersCount',
    'website',
  ],
  filters: {
    name: { kind: 'text', sql: 't.name', description: 'Part of the name.' },
    ...originFilter,
  },
  orders: {
    NAME_ASC: { by: ['t.name collate "und-x-icu"'], description: 'By name, A to Z.' },
  },
  isLeaf: true,
  maxAge: 300,
} as const satisfies Fields;

export type ProgrammeRow = RowOf<Programme, typeof programmeFields>;
