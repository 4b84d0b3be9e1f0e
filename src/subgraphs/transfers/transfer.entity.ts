import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, money, texts } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Place } from '../directory/place.entity.js';
import { Project } from '../directory/project.entity.js';
import { Region } from '../directory/region.entity.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';
import { PolicyInstrument } from './policy-instrument.entity.js';
import { TransferKind, TransferStatus, type TransferMechanism } from './transfer.fields.js';

const TransferSchema = defineEntity({
  name: 'Transfer',
  tableName: 'transfer',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    owner: () => p.manyToOne(Partner).ref().nullable(),
    title: p.text().nullable(),
    kind: choiceOf(TransferKind).nullable(),
    mechanisms: texts().$type<TransferMechanism[]>(),
    status: choiceOf(TransferStatus),
    reportedOn: p.date().nullable(),
    startDate: p.date().nullable(),
    startDatePrecision: choiceOf(DatePrecision).nullable(),
    endDate: p.date().nullable(),
    endDatePrecision: choiceOf(DatePrecision).nullable(),
    action: p.text().nullable(),
    adaptation: p.text().nullable(),
    enablers: p.text().nullable(),
    barriers: p.text().nullable(),
    lessons: p.text().nullable(),
    fundingAmount: money(),
    fundingCurrency: code().nullable(),
    fundingText: p.text().nullable(),
    fundingIsLasting: p.boolean().nullable(),
    note: p.text().nullable(),
    destination: () => p.manyToOne(Region).ref(),
    destinationPlace: () => p.manyToOne(Place).ref().nullable(),
    receiver: () => p.manyToOne(Partner).ref().nullable(),
    receiverText: p.text().nullable(),
    project: () => p.manyToOne(Project).ref().nullable(),
    policyInstrument: () => p.manyToOne(PolicyInstrument).ref().nullable(),
  },
});
/** One attempt to carry practices from where they worked to one destination. */
export class Transfer extends TransferSchema.class {}
TransferSchema.setClass(Transfer);
