import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Project } from '../directory/project.entity.js';
import { Region } from '../directory/region.entity.js';
import { TransferKind, TransferStatus } from './transfer.fields.js';
import { recordColumns } from '../record.entity.js';

const TransferSchema = defineEntity({
  name: 'Transfer',
  tableName: 'transfer',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    owner: () => p.manyToOne(Partner).ref().nullable(),
    title: p.text().nullable(),
    kind: choiceOf(TransferKind).nullable(),
    status: choiceOf(TransferStatus),
    reportedOn: p.date().nullable(),
    action: p.text().nullable(),
    note: p.text().nullable(),
    destination: () => p.manyToOne(Region).ref(),
    receiver: () => p.manyToOne(Partner).ref().nullable(),
    receiverText: p.text().nullable(),
    project: () => p.manyToOne(Project).ref().nullable(),
  },
});
/** One attempt to carry practices from where they worked to one destination. */
export class Transfer extends TransferSchema.class {}
TransferSchema.setClass(Transfer);
