import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Action } from './action.entity.js';

export const actionFields = {
  ...recordOf('Action'),
  columns: [...recordFields, 'actionPlanId', 'title', 'position'],
  references: { transfer: { table: 'transfer' } },
  sizes: {
    'ActionPlan.actions': 3,
  },
  maxAge: 60,
} as const satisfies Fields;

export type ActionRow = RowOf<Action, typeof actionFields>;
