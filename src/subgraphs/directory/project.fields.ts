import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Project } from './project.entity.js';

export const ProjectStatus = { PLANNED: 'PLANNED', ONGOING: 'ONGOING', CLOSED: 'CLOSED' } as const;
export type ProjectStatus = keyof typeof ProjectStatus;

export const projectFields = {
  ...recordOf('Project'),
  columns: [
    ...recordFields,
    'slug',
    'acronym',
    'title',
    'reference',
    'programmeId',
    'aim',
    'objective',
    'startDate',
    'startDatePrecision',
    'endDate',
    'endDatePrecision',
    'status',
    'budgetAmount',
    'budgetCurrency',
    'euContributionAmount',
    'euContributionCurrency',
    'sectors',
    'website',
  ],
  filters: {
    programme: {
      kind: 'key',
      sql: 'g.slug',
      through: 'exists (select from programme g where g.id = t.programme_id and {})',
      description: 'Slugs of the funding programmes.',
    },
    partner: {
      kind: 'key',
      sql: 'o.slug',
      through:
        'exists (select from participation c join partner o on o.id = c.partner_id where c.project_id = t.id and {})',
      description: 'Slugs of organisations that take part.',
    },
    status: { kind: 'key', enum: 'ProjectStatus', sql: 't.status', description: 'Whether the project runs.' },
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      description: 'When the project began; a year alone counts as its first day.',
    },
    name: { kind: 'text', sql: "concat_ws(' ', t.acronym, t.title)", description: 'Part of the acronym or the title.' },
  },
  orders: {
    ACRONYM_ASC: { by: ['t.acronym collate "und-x-icu"'], description: 'By acronym, A to Z.' },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: { programme: 't.programme_id = {key}' },
  maxAge: 60,
} as const satisfies Fields;

export type ProjectRow = RowOf<Project, typeof projectFields>;
