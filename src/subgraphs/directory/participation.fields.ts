import { orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { originFilter, recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Participation } from './participation.entity.js';
import { countryFilter, regionFilter, versionInForce } from './region.fields.js';

export const ParticipationRole = {
  LEAD_PARTNER: 'LEAD_PARTNER',
  PARTNER: 'PARTNER',
  ASSOCIATED: 'ASSOCIATED',
  TECHNICAL: 'TECHNICAL',
  THIRD_PARTY: 'THIRD_PARTY',
  EXPERT: 'EXPERT',
} as const;
export type ParticipationRole = keyof typeof ParticipationRole;

/** The region that `region_code` named in the version in force when the part began: its own start, else the project's. */
const regionThen = `(select r.id from project p join region r on r.code = t.region_code
  and r.code_version = ${versionInForce('coalesce(t.start_date, p.start_date)')} where p.id = t.project_id limit 1)`;

const began = `coalesce(t.start_date, (select j.start_date from project j where j.id = t.project_id))`;
const seat = { sql: 'o.region_id', through: 'exists (select from partner o where o.id = t.partner_id and {})' };

export const participationFields = {
  ...recordOf('Participation'),
  columns: [
    ...recordFields,
    'projectId',
    'partnerId',
    'role',
    'roleLabel',
    'position',
    'regionCode',
    'startDate',
    'startDatePrecision',
    'endDate',
    'endDatePrecision',
    'replacedById',
    'budgetAmount',
    'budgetCurrency',
  ],
  derived: { regionThenId: regionThen },
  filters: {
    role: { kind: 'key', enum: 'ParticipationRole', sql: 't.role', description: 'The part taken.' },
    partner: {
      kind: 'key',
      sql: 't.partner_id',
      of: { table: 'partner', named: 'slug' },
      description: 'Slugs of the organisations that take part.',
    },
    partnerType: {
      kind: 'key',
      enum: 'PartnerType',
      sql: 'o.type',
      through: seat.through,
      description: 'The type of organisation that takes part.',
    },
    region: regionFilter(seat, 'Where the organisation has its seat; `within: "ITI1"` is all of Tuscany.'),
    country: countryFilter(seat, 'The country of its seat, as Eurostat writes it: EL for Greece.'),
    project: {
      kind: 'key',
      sql: 't.project_id',
      of: { table: 'project', named: 'slug' },
      description: 'Slugs of the projects.',
    },
    programme: {
      kind: 'key',
      sql: 'j.programme_id',
      of: { table: 'programme', named: 'slug' },
      through: 'exists (select from project j where j.id = t.project_id and {})',
      description: 'Slugs of the programmes that fund the projects.',
    },
    startDate: {
      kind: 'date',
      sql: began,
      description: 'When the part began, or else the project; a year alone counts as its first day.',
    },
    isReplaced: {
      kind: 'flag',
      // Read through the visibility of the successor, as `replacedBy` is.
      sql: 'exists (select from participation s where s.id = t.replaced_by_id)',
      description: 'Whether another organisation took over this part.',
    },
    ...originFilter,
  },
  orders: {
    POSITION_ASC: {
      by: [orElse('t.position', '32767')],
      description: "In the order of the project's own list; those without a place in it last.",
    },
    STARTED_DESC: {
      by: [`coalesce(${began}, '0001-01-01')`],
      descending: true,
      description: 'The last begun first, by the start of the part or else of the project; those without a date last.',
    },
  },
  parents: { project: 't.project_id = {key}', partner: 't.partner_id = {key}' },
  sizes: {
    'Partner.participations': 4,
    'Project.participations': 10,
  },
  maxAge: 60,
} as const satisfies Fields;

export type ParticipationRow = RowOf<Participation, typeof participationFields>;
