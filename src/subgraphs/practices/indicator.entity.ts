import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, quantity } from '../../database/columns.js';
import { Qualifier } from '../figure.fields.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';

const IndicatorSchema = defineEntity({
  name: 'Indicator',
  tableName: 'indicator',
  properties: {
    ...recordColumns,
    /** Who brought it in by a form: until a record that names it is open, it is a draft of theirs. */
    introducedBy: code().nullable(),
    slug: code().unique(),
    name: p.text(),
    unit: p.text(),
  },
});
/** Something that is counted or measured, always in one unit. */
export class Indicator extends IndicatorSchema.class {}
IndicatorSchema.setClass(Indicator);

/** The figures of one measurement, of a practice or of a transfer alike. */
export const figureColumns = {
  indicator: () => p.manyToOne(Indicator).ref(),
  baseline: quantity(),
  target: quantity(),
  achieved: quantity(),
  achievedOn: p.date().nullable(),
  achievedOnPrecision: choiceOf(DatePrecision).nullable(),
  qualifier: choiceOf(Qualifier).default('EXACT'),
  method: p.text().nullable(),
  note: p.text().nullable(),
  position: p.smallint().default(0),
};
