import { orElse, type Fields, type RowOf } from '../../graph/fields.js';
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
    cooperationType: {
      kind: 'key',
      enum: 'CooperationType',
      sql: 't.cooperation_type',
      description: 'Who works together; programmes of which it is unknown never match.',
    },
    fund: { kind: 'key', sql: 't.fund', description: 'Funds that pay, in the words of the record, such as ERDF.' },
    startYear: { kind: 'int', sql: 't.start_year', description: 'The first year of the period.' },
    endYear: { kind: 'int', sql: 't.end_year', description: 'The last year of the period.' },
    hasProjects: {
      kind: 'flag',
      sql: 'exists (select from project j where j.programme_id = t.id)',
      description: 'Whether at least one project of it is known here.',
    },
    name: { kind: 'text', sql: 't.name', description: 'Part of the name.' },
    ...originFilter,
  },
  orders: {
    NAME_ASC: { by: ['t.name collate "und-x-icu"'], description: 'By name, A to Z.' },
    START_DESC: {
      by: [orElse('t.start_year', '0')],
      descending: true,
      description: 'The programme whose period began last first; those without a year last.',
    },
  },
  isLeaf: true,
  maxAge: 300,
} as const satisfies Fields;

export type ProgrammeRow = RowOf<Programme, typeof programmeFields>;
