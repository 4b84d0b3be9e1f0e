import type { Fields, RowOf } from '../../graph/fields.js';
import { figureFields } from '../figure.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Measurement } from './measurement.entity.js';

export const measurementFields = {
  ...recordOf('Measurement'),
  columns: [...recordFields, ...figureFields, 'indicatorId', 'practiceId'],
  sizes: {
    'GoodPractice.measurements': 2,
  },
  maxAge: 60,
} as const satisfies Fields;

export type MeasurementRow = RowOf<Measurement, typeof measurementFields>;
