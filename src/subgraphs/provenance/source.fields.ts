import { boundsIn, orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { originFilter, recordFields, searched } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Source } from './source.entity.js';

export const SourceKind = {
  PAGE: 'PAGE',
  NEWS: 'NEWS',
  PUBLICATION: 'PUBLICATION',
  DATABASE_RECORD: 'DATABASE_RECORD',
  DATASET: 'DATASET',
} as const;
export type SourceKind = keyof typeof SourceKind;

export const SourceStatus = { LIVE: 'LIVE', FROZEN: 'FROZEN', GONE: 'GONE' } as const;
export type SourceStatus = keyof typeof SourceStatus;

export const sourceFields = {
  ...recordOf('Source'),
  columns: [
    ...recordFields,
    'slug',
    'url',
    'title',
    'publisher',
    'kind',
    'published',
    'publishedPrecision',
    'retrieved',
    'contentHash',
    'status',
    'licence',
  ],
  filters: {
    status: { kind: 'key', enum: 'SourceStatus', sql: 't.status', description: 'Whether it can still be read.' },
    kind: { kind: 'key', enum: 'SourceKind', sql: 't.kind', description: 'What sort of thing it is.' },
    licence: { kind: 'key', sql: 't.licence', description: 'Licences, as the record names them, such as CC-BY-4.0.' },
    publisher: {
      kind: 'text',
      isFolded: true,
      sql: 's.publisher',
      through: searched('source'),
      description: "Part of the publisher's name.",
    },
    title: {
      kind: 'text',
      isFolded: true,
      sql: 's.title',
      through: searched('source'),
      description: 'Part of the title.',
    },
    retrieved: { kind: 'date', sql: 't.retrieved', description: 'The day on which it was read for this graph.' },
    published: {
      kind: 'date',
      sql: 't.published',
      bounds: boundsIn('t.published', "'0001-01-01'"),
      description: 'When it was published; a year alone counts as its first day.',
    },
    ...originFilter,
  },
  orders: {
    TITLE_ASC: {
      by: [`(${orElse('t.title', 't.slug')}) collate "und-x-icu"`],
      description: 'By title, A to Z; those without one by slug.',
    },
    PUBLISHED_DESC: {
      by: [orElse('t.published', "'0001-01-01'")],
      descending: true,
      description: 'The last published first; those without a date last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  isLeaf: true,
  sizes: {
    '*.sources': 2,
  },
  maxAge: 300,
} as const satisfies Fields;

export type SourceRow = RowOf<Source, typeof sourceFields>;
