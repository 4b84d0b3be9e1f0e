import type { Fields, RowOf } from '../../graph/fields.js';
import { figureFields } from '../figure.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Outcome } from './outcome.entity.js';

/**
 * Whether an outcome `o` reached its target, in SQL. A target below the baseline is to be reached from above, any other
 * from below. What is only known to be more or less than a figure decides nothing on its open side: null.
 */
export const reachedTarget = (o: string): string => `case
  when ${o}.target < ${o}.baseline then case
    when ${o}.qualifier = 'MORE_THAN' then case when ${o}.achieved >= ${o}.target then false end
    when ${o}.qualifier = 'LESS_THAN' then case when ${o}.achieved <= ${o}.target then true end
    else ${o}.achieved <= ${o}.target end
  when ${o}.qualifier = 'MORE_THAN' then case when ${o}.achieved >= ${o}.target then true end
  when ${o}.qualifier = 'LESS_THAN' then case when ${o}.achieved <= ${o}.target then false end
  else ${o}.achieved >= ${o}.target end`;

export const outcomeFields = {
  ...recordOf('Outcome'),
  columns: [...recordFields, ...figureFields, 'transferId'],
  derived: {
    change: '(t.achieved - t.baseline)::text',
    changePercent:
      '(case when t.baseline <> 0 then round(100 * (t.achieved - t.baseline) / abs(t.baseline), 1) end)::text',
    targetReached: reachedTarget('t'),
  },
  references: { indicator: { table: 'indicator' } },
  sizes: {
    'Transfer.outcomes': 2,
  },
  maxAge: 60,
} as const satisfies Fields;

export type OutcomeRow = Omit<RowOf<Outcome, typeof outcomeFields>, 'targetReached'> & {
  targetReached: boolean | null;
};
