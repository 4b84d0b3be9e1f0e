import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, money } from '../../database/columns.js';
import { CooperationType } from './programme.fields.js';
import { recordColumns } from '../record.entity.js';

const ProgrammeSchema = defineEntity({
  name: 'Programme',
  tableName: 'programme',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    name: p.text(),
    cooperationType: choiceOf(CooperationType).nullable(),
    startYear: p.smallint().nullable(),
    endYear: p.smallint().nullable(),
    fund: p.text().nullable(),
    keyAction: p.text().nullable(),
    actionType: p.text().nullable(),
    objective: p.text().nullable(),
    budgetAmount: money(),
    budgetCurrency: code().nullable(),
    projectsCount: p.integer().nullable(),
    partnersCount: p.integer().nullable(),
    website: p.text().nullable(),
  },
});
/** A funding programme, such as INTERREG IVC. */
export class Programme extends ProgrammeSchema.class {}
ProgrammeSchema.setClass(Programme);
