import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code } from '../../database/columns.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';
import { SourceKind, SourceStatus } from './source.fields.js';

const SourceSchema = defineEntity({
  name: 'Source',
  tableName: 'source',
  properties: {
    ...recordColumns,
    /** Who brought it in by a form: until a record that names it is open, it is a draft of theirs. */
    introducedBy: code().nullable(),
    slug: code().unique(),
    url: code().unique().nullable(),
    title: p.text().nullable(),
    publisher: p.text().nullable(),
    kind: choiceOf(SourceKind).nullable(),
    published: p.date().nullable(),
    publishedPrecision: choiceOf(DatePrecision).nullable(),
    retrieved: p.date().nullable(),
    contentHash: code().nullable(),
    status: choiceOf(SourceStatus).nullable(),
    licence: p.text().nullable(),
  },
});
/** A page, publication or data set that records and claims were taken from. */
export class Source extends SourceSchema.class {}
SourceSchema.setClass(Source);
