import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, money } from '../../database/columns.js';
import { Partner } from './partner.entity.js';
import { Project } from './project.entity.js';
import { ParticipationRole } from './participation.fields.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';

const ParticipationSchema = defineEntity({
  name: 'Participation',
  tableName: 'participation',
  properties: {
    ...recordColumns,
    project: () => p.manyToOne(Project).ref(),
    partner: () => p.manyToOne(Partner).ref(),
    role: choiceOf(ParticipationRole),
    roleLabel: p.text().nullable(),
    /** The place in the project's own list of partners, from 1. */
    position: p.smallint().nullable(),
    regionCode: code().nullable(),
    startDate: p.date().nullable(),
    startDatePrecision: choiceOf(DatePrecision).nullable(),
    endDate: p.date().nullable(),
    endDatePrecision: choiceOf(DatePrecision).nullable(),
    budgetAmount: money(),
    budgetCurrency: code().nullable(),
    replacedBy: () => p.manyToOne(Participation).ref().nullable(),
  },
});
/** One partner's part in one project. */
export class Participation extends ParticipationSchema.class {}
ParticipationSchema.setClass(Participation);
