import type { Fields, RowOf } from '../../graph/fields.js';
import { originFilter, recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import { regionFilter } from './region.fields.js';
import type { Project } from './project.entity.js';

export const ProjectStatus = { PLANNED: 'PLANNED', ONGOING: 'ONGOING', CLOSED: 'CLOSED' } as const;
export type ProjectStatus = keyof typeof ProjectStatus;

/** What a project is called in another system, such as keep.eu. */
export interface ExternalId {
  system: string;
  id: string;
}

const partnersRegion = (condition: string) =>
  `exists (select from participation c join partner o on o.id = c.partner_id join region r on r.id = o.region_id
    where c.project_id = t.id and ${condition})`;

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
    'aliases',
    'phase',
    'targetGroups',
    'contextTags',
    'priority',
    'interventionType',
    'precededById',
    'websites',
    'externalIds',
    'coFunded',
    'practicesSubmitted',
    'practicesSelected',
    'practicesTransferable',
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
    region: regionFilter(partnersRegion('{}'), 'Where a partner has its seat; `within: "ITI1"` is all of Tuscany.'),
    country: {
      kind: 'key',
      sql: 'r.country_code',
      through: partnersRegion('{}'),
      description: 'Countries of its partners, as Eurostat writes them: EL for Greece.',
    },
    sector: {
      kind: 'key',
      sql: 's.name',
      through: 'exists (select from unnest(t.sectors) s(name) where {})',
      description: 'Trades and industries, in the words of the record.',
    },
    status: { kind: 'key', enum: 'ProjectStatus', sql: 't.status', description: 'Whether the project runs.' },
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      description: 'When the project began; a year alone counts as its first day.',
    },
    endDate: {
      kind: 'date',
      sql: 't.end_date',
      description: 'When the project ends or ended; a year alone counts as its first day.',
    },
    budget: {
      kind: 'decimal',
      sql: 't.budget_amount',
      through: "(t.budget_currency = 'EUR' and {})",
      description: 'The whole budget in EUR; budgets in other currencies never match.',
    },
    name: {
      kind: 'text',
      sql: "concat_ws(' ', t.acronym, t.title, array_to_string(t.aliases, ' '))",
      description: 'Part of the acronym, of another spelling of it, or of the title.',
    },
    ...originFilter,
  },
  orders: {
    ACRONYM_ASC: { by: ['t.acronym collate "und-x-icu"'], description: 'By acronym, A to Z.' },
    START_DESC: {
      by: ["coalesce(t.start_date, '0001-01-01')"],
      descending: true,
      description: 'The last begun first; those without a date last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: { programme: 't.programme_id = {key}' },
  maxAge: 60,
} as const satisfies Fields;

export type ProjectRow = RowOf<Project, typeof projectFields>;
