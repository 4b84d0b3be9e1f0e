import { boundsIn, orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { confidenceFilter, originFilter, recordFields, searched } from '../record.fields.js';
import { recordOf } from '../records.js';
import { countryFilter, regionFilter } from './region.fields.js';
import type { Project } from './project.entity.js';

export const ProjectStatus = { PLANNED: 'PLANNED', ONGOING: 'ONGOING', CLOSED: 'CLOSED' } as const;
export type ProjectStatus = keyof typeof ProjectStatus;

/** What a project is called in another system, such as keep.eu. */
export interface ExternalId {
  system: string;
  id: string;
}

const partners =
  'exists (select from participation c join partner o on o.id = c.partner_id where c.project_id = t.id and {})';
const partnersSeat = { sql: 'o.region_id', through: partners };

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
      sql: 't.programme_id',
      of: { table: 'programme', named: 'slug' },
      description: 'Slugs of the funding programmes.',
    },
    partner: {
      kind: 'key',
      sql: 'c.partner_id',
      of: { table: 'partner', named: 'slug' },
      through: 'exists (select from participation c where c.project_id = t.id and {})',
      description: 'Slugs of organisations that take part.',
    },
    partnerType: {
      kind: 'key',
      enum: 'PartnerType',
      sql: 'o.type',
      through: partners,
      description: 'Types of organisation, one of which takes part.',
    },
    theme: {
      kind: 'tree',
      sql: 'j.theme_id',
      of: { table: 'theme', named: 'slug' },
      through: 'exists (select from project_theme j where j.project_id = t.id and {})',
      description: 'Slugs of themes, such as `innocrafts-t2`; `within` takes narrower themes in.',
    },
    region: regionFilter(partnersSeat, 'Where a partner has its seat; `within: "ITI1"` is all of Tuscany.'),
    country: countryFilter(partnersSeat, 'Countries of its partners, as Eurostat writes them: EL for Greece.'),
    sector: {
      kind: 'key',
      isList: true,
      sql: 's.sectors',
      through: searched('project'),
      description: 'Trades and industries, in the words of the record.',
    },
    targetGroup: {
      kind: 'key',
      isList: true,
      sql: 's.target_groups',
      through: searched('project'),
      description: 'For whom the project works, in the words of the record.',
    },
    contextTag: {
      kind: 'key',
      isList: true,
      sql: 's.context_tags',
      through: searched('project'),
      description: 'What the project is about, in the words that its source files it under.',
    },
    status: { kind: 'key', enum: 'ProjectStatus', sql: 't.status', description: 'Whether the project runs.' },
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      bounds: boundsIn('t.start_date', "'0001-01-01'"),
      description: 'When the project began; a year alone counts as its first day.',
    },
    endDate: {
      kind: 'date',
      sql: 't.end_date',
      description: 'When the project ends or ended; a year alone counts as its first day.',
    },
    budget: {
      kind: 'decimal',
      sql: 't.budget_eur',
      bounds: boundsIn('t.budget_eur', '-1'),
      description: 'The whole budget in EUR; unknown ones and those in other currencies never match.',
    },
    confidence: confidenceFilter,
    name: {
      kind: 'text',
      isFolded: true,
      sql: 's.name',
      through: searched('project'),
      description: 'Part of the acronym, of another spelling of it, or of the title.',
    },
    ...originFilter,
  },
  orders: {
    ACRONYM_ASC: { by: ['t.acronym collate "und-x-icu"'], description: 'By acronym, A to Z.' },
    START_DESC: {
      by: [orElse('t.start_date', "'0001-01-01'")],
      descending: true,
      description: 'The last begun first; those without a date last.',
    },
    BUDGET_DESC: {
      by: [orElse('t.budget_eur', '-1')],
      descending: true,
      description: 'The largest budget first; those without one in EUR last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: { programme: 't.programme_id = {key}' },
  maxAge: 60,
} as const satisfies Fields;

export type ProjectRow = RowOf<Project, typeof projectFields>;
