import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { OutputUpdate } from './output-update.entity.js';

export const OutputStatus = {
  PLANNED: 'PLANNED',
  IN_DEVELOPMENT: 'IN_DEVELOPMENT',
  FIRST_VERSION: 'FIRST_VERSION',
  COMPLETED: 'COMPLETED',
  DISCONTINUED: 'DISCONTINUED',
} as const;
export type OutputStatus = keyof typeof OutputStatus;

export const outputUpdateFields = {
  ...recordOf('OutputUpdate'),
  columns: [...recordFields, 'outputId', 'eventId', 'reportedOn', 'status', 'note'],
  sizes: {
    'Output.updates': 2,
  },
  maxAge: 60,
} as const satisfies Fields;

export type OutputUpdateRow = RowOf<OutputUpdate, typeof outputUpdateFields>;
