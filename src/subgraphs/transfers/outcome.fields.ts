import type { Fields, RowOf } from '../../graph/fields.js';
import { figureFields } from '../figure.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Outcome } from './outcome.entity.js';

export const outcomeFields = {
  ...recordOf('Outcome'),
  columns: [...recordFields, ...figureFields, 'transferId'],
  derived: {
    change: '(t.achieved - t.baseline)::text',
    changePercent:
      '(case when t.baseline <> 0 then round(100 * (t.achieved - t.baseline) / abs(t.baseline), 1) end)::text',
  },
  references: { indicator: { table: 'indicator' } },
  maxAge: 60,
} as const satisfies Fields;

export type OutcomeRow = RowOf<Outcome, typeof outcomeFields>;
