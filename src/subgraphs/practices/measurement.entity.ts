import { defineEntity, p } from '@mikro-orm/core';
import { figureColumns } from './indicator.entity.js';
import { GoodPractice } from './good-practice.entity.js';
import { recordColumns } from '../record.entity.js';

const MeasurementSchema = defineEntity({
  name: 'Measurement',
  tableName: 'measurement',
  properties: { ...recordColumns, ...figureColumns, practice: () => p.manyToOne(GoodPractice).ref() },
});
/** A figure that is evidence for a practice. */
export class Measurement extends MeasurementSchema.class {}
MeasurementSchema.setClass(Measurement);
