import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, money, texts, valuesOf } from '../../database/columns.js';
import { Partner } from './partner.entity.js';
import { Programme } from './programme.entity.js';
import { ProjectStatus, type ExternalId } from './project.fields.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';

const ProjectSchema = defineEntity({
  name: 'Project',
  tableName: 'project',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    acronym: p.text(),
    title: p.text(),
    reference: code().nullable(),
    programme: () => p.manyToOne(Programme).ref(),
    owner: () => p.manyToOne(Partner).ref().nullable(),
    aim: p.text().nullable(),
    objective: p.text().nullable(),
    startDate: p.date().nullable(),
    startDatePrecision: choiceOf(DatePrecision).nullable(),
    endDate: p.date().nullable(),
    endDatePrecision: choiceOf(DatePrecision).nullable(),
    status: choiceOf(ProjectStatus).nullable(),
    budgetAmount: money(),
    budgetCurrency: code().nullable(),
    euContributionAmount: money(),
    euContributionCurrency: code().nullable(),
    sectors: texts(),
    website: p.text().nullable(),
    aliases: texts(),
    phase: p.text().nullable(),
    targetGroups: texts(),
    contextTags: texts(),
    priority: p.text().nullable(),
    interventionType: p.text().nullable(),
    precededBy: () => p.manyToOne(Project).ref().nullable(),
    websites: texts(),
    externalIds: valuesOf<ExternalId>(),
    coFunded: p.boolean().nullable(),
    practicesSubmitted: p.integer().nullable(),
    practicesSelected: p.integer().nullable(),
    practicesTransferable: p.integer().nullable(),
  },
});
/** A funded project in which partners work together. */
export class Project extends ProjectSchema.class {}
ProjectSchema.setClass(Project);
