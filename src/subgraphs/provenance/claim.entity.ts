import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, money } from '../../database/columns.js';
import { Qualifier } from '../figure.fields.js';
import { recordColumns } from '../record.entity.js';
import { Source } from './source.entity.js';

const ClaimSchema = defineEntity({
  name: 'Claim',
  tableName: 'claim',
  properties: {
    ...recordColumns,
    // No relation: it is a record of any type.
    recordId: code(),
    field: code(),
    subject: p.text().nullable(),
    value: p.text(),
    amount: money(),
    currency: code().nullable(),
    qualifier: choiceOf(Qualifier).default('EXACT'),
    source: () => p.manyToOne(Source).ref(),
    isSelected: p.boolean().default(false),
    position: p.smallint().default(0),
  },
});
/** What one source says of one field of a record. */
export class Claim extends ClaimSchema.class {}
ClaimSchema.setClass(Claim);
