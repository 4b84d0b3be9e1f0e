import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Participation } from './participation.entity.js';
import { versionInForce } from './region.fields.js';

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
    isReplaced: {
      kind: 'flag',
      // Read through the visibility of the successor, as `replacedBy` is.
      sql: 'exists (select from participation s where s.id = t.replaced_by_id)',
      description: 'Whether another organisation took over this part.',
    },
  },
  orders: {
    POSITION_ASC: {
      by: ['coalesce(t.position, 32767)'],
      description: "In the order of the project's own list; those without a place in it last.",
    },
  },
  parents: { project: 't.project_id = {key}', partner: 't.partner_id = {key}' },
  sizes: {
    'Partner.participations': 5,
    'Project.participations': 15,
  },
  maxAge: 60,
} as const satisfies Fields;

export type ParticipationRow = RowOf<Participation, typeof participationFields>;
