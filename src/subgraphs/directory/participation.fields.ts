import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Participation } from './participation.entity.js';

export const ParticipationRole = {
  LEAD_PARTNER: 'LEAD_PARTNER',
  PARTNER: 'PARTNER',
  ASSOCIATED: 'ASSOCIATED',
  TECHNICAL: 'TECHNICAL',
  THIRD_PARTY: 'THIRD_PARTY',
  EXPERT: 'EXPERT',
} as const;
export type ParticipationRole = keyof typeof ParticipationRole;

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
  filters: {
    role: { kind: 'key', enum: 'ParticipationRole', sql: 't.role', description: 'The part taken.' },
    isReplaced: {
      kind: 'flag',
      sql: 't.replaced_by_id is not null',
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
  maxAge: 60,
} as const satisfies Fields;

export type ParticipationRow = RowOf<Participation, typeof participationFields>;
