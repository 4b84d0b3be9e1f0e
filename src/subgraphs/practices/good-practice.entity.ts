import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, money, texts, valuesOf } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Project } from '../directory/project.entity.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';
import { Maturity, Scope, ValidationLevel, type PracticeLink } from './good-practice.fields.js';
import { WorkflowStatus } from './good-practice-workflow.fields.js';

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
    description: p.text().nullable(),
    scope: choiceOf(Scope).nullable(),
    sectors: texts(),
    keywords: texts(),
    practiceType: p.text().nullable(),
    targetGroups: texts(),
    maturity: choiceOf(Maturity).nullable(),
    fundingSources: texts(),
    staff: p.text().nullable(),
    resourcesText: p.text().nullable(),
    timeframe: p.text().nullable(),
    difficulties: p.text().nullable(),
    lessonsLearnt: p.text().nullable(),
    successFactors: p.text().nullable(),
    prerequisites: p.text().nullable(),
    constraints: p.text().nullable(),
    adaptableParts: p.text().nullable(),
    transferabilityRating: p.smallint().nullable(),
    validationLevel: choiceOf(ValidationLevel).nullable(),
    validatedBy: () => p.manyToOne(Partner).ref().nullable(),
    validatedByText: p.text().nullable(),
    validatedOn: p.date().nullable(),
    validatedOnPrecision: choiceOf(DatePrecision).nullable(),
    validationOpinion: p.text().nullable(),
    links: valuesOf<PracticeLink>(),
    workflowStatus: choiceOf(WorkflowStatus).nullable(),
  },
});
/** Something that worked somewhere and is documented well enough to try elsewhere. */
export class GoodPractice extends GoodPracticeSchema.class {}
GoodPracticeSchema.setClass(GoodPractice);
