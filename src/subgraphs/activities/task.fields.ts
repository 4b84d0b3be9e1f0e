import type { Fields, RowOf } from '../../graph/fields.js';
import { originFilter, recordFields, searched } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Task } from './task.entity.js';

export const TaskKind = {
  REPORTING: 'REPORTING',
  DEVELOPMENT: 'DEVELOPMENT',
  COMMUNICATION: 'COMMUNICATION',
  MANAGEMENT: 'MANAGEMENT',
  OTHER: 'OTHER',
} as const;
export type TaskKind = keyof typeof TaskKind;

export const TaskStatus = { OPEN: 'OPEN', IN_PROGRESS: 'IN_PROGRESS', DONE: 'DONE', CANCELLED: 'CANCELLED' } as const;
export type TaskStatus = keyof typeof TaskStatus;

export const taskFields = {
  ...recordOf('Task'),
  columns: [...recordFields, 'slug', 'title', 'assigneeText', 'kind', 'status', 'reviewedAtId'],
  references: { project: { table: 'project' }, assignee: { table: 'partner' } },
  filters: {
    project: {
      kind: 'key',
      sql: 't.project_id',
      of: { table: 'project', named: 'slug' },
      description: 'Slugs of the projects that the task belongs to.',
    },
    assignee: {
      kind: 'key',
      sql: 't.assignee_id',
      of: { table: 'partner', named: 'slug' },
      description: 'Slugs of the organisations that have to do it.',
    },
    isOpen: {
      kind: 'flag',
      sql: `t.status is null or t.status in ('OPEN', 'IN_PROGRESS')`,
      description: 'Whether it is not known to be done or cancelled; one of unknown status counts as open.',
    },
    status: { kind: 'key', enum: 'TaskStatus', sql: 't.status', description: 'How far it has come, where known.' },
    kind: { kind: 'key', enum: 'TaskKind', sql: 't.kind', description: 'What sort of work it is, where known.' },
    title: {
      kind: 'text',
      isFolded: true,
      sql: 's.title',
      through: searched('task'),
      description: 'Part of the original title.',
    },
    ...originFilter,
  },
  orders: {
    TITLE_ASC: { by: ['t.title collate "und-x-icu"'], description: 'By original title, A to Z.' },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: { project: 't.project_id = {key}', assignee: 't.assignee_id = {key}' },
  sizes: {
    'Project.tasks': 4,
    'Partner.tasks': 2,
  },
  maxAge: 60,
} as const satisfies Fields;

export type TaskRow = RowOf<Task, typeof taskFields>;
