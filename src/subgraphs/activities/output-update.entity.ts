import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf } from '../../database/columns.js';
import { recordColumns } from '../record.entity.js';
import { Event } from './event.entity.js';
import { Output } from './output.entity.js';
import { OutputStatus } from './output-update.fields.js';

const OutputUpdateSchema = defineEntity({
  name: 'OutputUpdate',
  tableName: 'output_update',
  properties: {
    ...recordColumns,
    output: () => p.manyToOne(Output).ref(),
    reportedOn: p.date(),
    event: () => p.manyToOne(Event).ref().nullable(),
    status: choiceOf(OutputStatus),
    note: p.text().nullable(),
  },
});
/** How far an output had come on a day. */
export class OutputUpdate extends OutputUpdateSchema.class {}
OutputUpdateSchema.setClass(OutputUpdate);
