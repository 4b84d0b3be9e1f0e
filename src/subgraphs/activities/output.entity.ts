import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, texts } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Project } from '../directory/project.entity.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';
import { OutputKind } from './output.fields.js';

const OutputSchema = defineEntity({
  name: 'Output',
  tableName: 'output',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    title: p.text(),
    type: choiceOf(OutputKind),
    isMainResult: p.boolean().nullable(),
    responsible: () => p.manyToOne(Partner).ref().nullable(),
    project: () => p.manyToOne(Project).ref().nullable(),
    technology: p.text().nullable(),
    purpose: p.text().nullable(),
    description: p.text().nullable(),
    volume: p.smallint().nullable(),
    publishedOn: p.date().nullable(),
    publishedOnPrecision: choiceOf(DatePrecision).nullable(),
    languages: texts(),
  },
});
/** Something that a project made: a toolkit, a platform, a guide. */
export class Output extends OutputSchema.class {}
OutputSchema.setClass(Output);
