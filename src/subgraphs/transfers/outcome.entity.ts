import { defineEntity, p } from '@mikro-orm/core';
import { figureColumns } from '../practices/indicator.entity.js';
import { Transfer } from './transfer.entity.js';
import { recordColumns } from '../record.entity.js';

const OutcomeSchema = defineEntity({
  name: 'Outcome',
  tableName: 'outcome',
  properties: { ...recordColumns, ...figureColumns, transfer: () => p.manyToOne(Transfer).ref() },
});
/** A measured result of a transfer. */
export class Outcome extends OutcomeSchema.class {}
OutcomeSchema.setClass(Outcome);
