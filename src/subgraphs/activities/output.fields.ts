import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
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
      sql: 'j.slug',
      through: 'exists (select from project j where j.id = t.project_id and {})',
      description: 'Slugs of the projects that make the output.',
    },
    type: { kind: 'key', enum: 'OutputKind', sql: 't.type', description: 'What sort of thing it is.' },
    responsible: {
      kind: 'key',
      sql: 'o.slug',
      through: 'exists (select from partner o where o.id = t.responsible_id and {})',
      description: 'Slugs of the organisations that are responsible for it.',
    },
    status: {
      kind: 'key',
      enum: 'OutputStatus',
      sql: newest('status'),
      description: 'How far it has come, by its latest status update; one without updates matches none.',
    },
    updatedOn: {
      kind: 'date',
      sql: `coalesce(${lastUpdate}, '0001-01-01')`,
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
    title: { kind: 'text', sql: 't.title', description: 'Part of the original title.' },
  },
  orders: {
    TITLE_ASC: { by: ['t.title collate "und-x-icu"'], description: 'By original title, A to Z.' },
    PUBLISHED_DESC: {
      by: ["coalesce(t.published_on, '0001-01-01')"],
      descending: true,
      description: 'The last published first; those without a date last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: { project: 't.project_id = {key}' },
  sizes: {
    'Project.outputs': 8,
  },
  maxAge: 60,
} as const satisfies Fields;

export type OutputRow = RowOf<Output, typeof outputFields> & { status: OutputStatus | null };
