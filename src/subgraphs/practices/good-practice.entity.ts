import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, money } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Project } from '../directory/project.entity.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';

const GoodPracticeSchema = defineEntity({
  name: 'GoodPractice',
  tableName: 'good_practice',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    title: p.text(),
    summary: p.text().nullable(),
    problem: p.text().nullable(),
    evidence: p.text().nullable(),
    owner: () => p.manyToOne(Partner).ref().nullable(),
    ownerText: p.text().nullable(),
    identifiedIn: () => p.manyToOne(Project).ref().nullable(),
    startDate: p.date().nullable(),
    startDatePrecision: choiceOf(DatePrecision).nullable(),
    endDate: p.date().nullable(),
    endDatePrecision: choiceOf(DatePrecision).nullable(),
    isOngoing: p.boolean().nullable(),
    ongoingAsOf: p.date().nullable(),
    ongoingAsOfPrecision: choiceOf(DatePrecision).nullable(),
    costAmount: money(),
    costCurrency: code().nullable(),
    costBasis: p.text().nullable(),
  },
});
/** Something that worked somewhere and is documented well enough to try elsewhere. */
export class GoodPractice extends GoodPracticeSchema.class {}
GoodPracticeSchema.setClass(GoodPractice);
