import { boundsIn, orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { confidenceFilter, originFilter, recordFields, searched } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Output } from './output.entity.js';
import type { OutputStatus } from './output-update.fields.js';

export const OutputKind = {
  TOOLKIT: 'TOOLKIT',
  TRAINING_PLATFORM: 'TRAINING_PLATFORM',
  GUIDE: 'GUIDE',
  PUBLICATION: 'PUBLICATION',
  NEWSLETTER: 'NEWSLETTER',
  OTHER: 'OTHER',
} as const;
export type OutputKind = keyof typeof OutputKind;

const newest = (column: string) =>
  `(select u.${column} from output_update u where u.output_id = t.id order by u.reported_on desc, u.id desc limit 1)`;
const lastUpdate = '(select max(u.reported_on) from output_update u where u.output_id = t.id)';
/** The last event of the project that has begun. */
const lastEvent =
  '(select max(e.start_date) from event e where e.project_id = t.project_id and e.start_date <= current_date)';

export const outputFields = {
  ...recordOf('Output'),
  columns: [
    ...recordFields,
    'slug',
    'title',
    'type',
    'isMainResult',
    'technology',
    'purpose',
    'description',
    'volume',
    'publishedOn',
    'publishedOnPrecision',
    'languages',
  ],
  derived: { status: newest('status'), updatedOn: `${lastUpdate}::text` },
  references: { responsible: { table: 'partner' }, project: { table: 'project' } },
  edges: { uses: { through: 'output_use', key: 'output_id', target: 'used_id', table: 'output' } },
  filters: {
    project: {
      kind: 'key',
      sql: 't.project_id',
      of: { table: 'project', named: 'slug' },
      description: 'Slugs of the projects that make the output.',
    },
    programme: {
      kind: 'key',
      sql: 'j.programme_id',
      of: { table: 'programme', named: 'slug' },
      through: 'exists (select from project j where j.id = t.project_id and {})',
      description: 'Slugs of the programmes that fund those projects.',
    },
    type: { kind: 'key', enum: 'OutputKind', sql: 't.type', description: 'What sort of thing it is.' },
    responsible: {
      kind: 'key',
      sql: 't.responsible_id',
      of: { table: 'partner', named: 'slug' },
      description: 'Slugs of the organisations that are responsible for it.',
    },
    status: {
      kind: 'key',
      enum: 'OutputStatus',
      sql: 'u.status',
      through: `exists (select from output_update u where u.output_id = t.id and {} and not exists (
        select from output_update n where n.output_id = t.id and (n.reported_on, n.id) > (u.reported_on, u.id)))`,
      description: 'How far it has come, by its latest status update; one without updates matches none.',
    },
    updatedOn: {
      kind: 'date',
      sql: lastUpdate,
      bounds: {
        gte: 'exists (select from output_update u where u.output_id = t.id and u.reported_on >= {})',
        lte: 'not exists (select from output_update u where u.output_id = t.id and u.reported_on > {})',
      },
      description: 'The day of its latest status update; `lte` also finds those that never had one.',
    },
    isUpdatedSinceLastEvent: {
      kind: 'flag',
      sql: `coalesce(${lastUpdate} >= ${lastEvent}, false)`,
      description: 'Whether its latest status update is as recent as the last event of its project that has begun.',
    },
    isMainResult: {
      kind: 'flag',
      sql: 't.is_main_result is true',
      description: 'Whether a source counts it among the main results of its project.',
    },
    publishedOn: {
      kind: 'date',
      sql: 't.published_on',
      bounds: boundsIn('t.published_on', "'0001-01-01'"),
      description: 'When it was published; a year alone counts as its first day.',
    },
    language: {
      kind: 'key',
      isList: true,
      sql: 's.languages',
      through: searched('output'),
      description: 'Languages in which it is to be had, as BCP 47 tags such as `it`.',
    },
    confidence: confidenceFilter,
    title: {
      kind: 'text',
      isFolded: true,
      sql: 's.title',
      through: searched('output'),
      description: 'Part of the original title.',
    },
    ...originFilter,
  },
  orders: {
    TITLE_ASC: { by: ['t.title collate "und-x-icu"'], description: 'By original title, A to Z.' },
    PUBLISHED_DESC: {
      by: [orElse('t.published_on', "'0001-01-01'")],
      descending: true,
      description: 'The last published first; those without a date last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: { project: 't.project_id = {key}' },
  sizes: {
    'Project.outputs': 4,
  },
  maxAge: 60,
} as const satisfies Fields;

export type OutputRow = RowOf<Output, typeof outputFields> & { status: OutputStatus | null };
