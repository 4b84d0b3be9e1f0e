import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { ActionPlan } from './action-plan.entity.js';

export const ActionPlanStatus = {
  PROPOSED: 'PROPOSED',
  SUPPORTED: 'SUPPORTED',
  APPROVED: 'APPROVED',
  IN_IMPLEMENTATION: 'IN_IMPLEMENTATION',
  COMPLETED: 'COMPLETED',
} as const;
export type ActionPlanStatus = keyof typeof ActionPlanStatus;

export const actionPlanFields = {
  ...recordOf('ActionPlan'),
  columns: [...recordFields, 'slug', 'title', 'versionLabel', 'status', 'statusOn', 'endorsedByText', 'note'],
  references: { project: { table: 'project' }, proposedBy: { table: 'partner' } },
  edges: {
    endorsedBy: { through: 'action_plan_endorsement', key: 'action_plan_id', target: 'partner_id', table: 'partner' },
  },
  filters: {
    project: {
      kind: 'key',
      sql: 'j.slug',
      through: 'exists (select from project j where j.id = t.project_id and {})',
      description: 'Slugs of the projects that the plan comes from.',
    },
    proposedBy: {
      kind: 'key',
      sql: 'o.slug',
      through: 'exists (select from partner o where o.id = t.proposed_by_id and {})',
      description: 'Slugs of the organisations that proposed it.',
    },
    status: {
      kind: 'key',
      enum: 'ActionPlanStatus',
      sql: 't.status',
      description: 'How far the plan has come, where known.',
    },
    statusOn: { kind: 'date', sql: 't.status_on', description: 'The day for which the status was told.' },
    hasTransfers: {
      kind: 'flag',
      sql: 'exists (select from action a join transfer f on f.id = a.transfer_id where a.action_plan_id = t.id)',
      description: 'Whether at least one of its actions is the transfer of a practice.',
    },
    title: { kind: 'text', sql: 't.title', description: 'Part of the original title.' },
  },
  orders: {
    TITLE_ASC: { by: ['t.title collate "und-x-icu"'], description: 'By original title, A to Z.' },
    STATUS_DESC: {
      by: ["coalesce(t.status_on, '0001-01-01')"],
      descending: true,
      description: 'The plan whose status was told last first; those without a date last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: { project: 't.project_id = {key}' },
  sizes: {
    'Project.actionPlans': 3,
  },
  maxAge: 60,
} as const satisfies Fields;

export type ActionPlanRow = RowOf<ActionPlan, typeof actionPlanFields>;
