import { boundsIn, orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { originFilter, recordFields, searched } from '../record.fields.js';
import { countryFilter, regionFilter } from '../directory/region.fields.js';
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

const proposer = { sql: 'o.region_id', through: 'exists (select from partner o where o.id = t.proposed_by_id and {})' };

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
      sql: 't.project_id',
      of: { table: 'project', named: 'slug' },
      description: 'Slugs of the projects that the plan comes from.',
    },
    proposedBy: {
      kind: 'key',
      sql: 't.proposed_by_id',
      of: { table: 'partner', named: 'slug' },
      description: 'Slugs of the organisations that proposed it.',
    },
    endorsedBy: {
      kind: 'key',
      sql: 'j.partner_id',
      of: { table: 'partner', named: 'slug' },
      through: 'exists (select from action_plan_endorsement j where j.action_plan_id = t.id and {})',
      description: 'Slugs of organisations that endorsed it.',
    },
    region: regionFilter(
      proposer,
      'Where the proposing organisation has its seat; `within: "ITI1"` is all of Tuscany.',
    ),
    country: countryFilter(proposer, 'The country of that seat, as Eurostat writes it: EL for Greece.'),
    status: {
      kind: 'key',
      enum: 'ActionPlanStatus',
      sql: 't.status',
      description: 'How far the plan has come, where known.',
    },
    statusOn: {
      kind: 'date',
      sql: 't.status_on',
      bounds: boundsIn('t.status_on', "'0001-01-01'"),
      description: 'The day for which the status was told.',
    },
    hasTransfers: {
      kind: 'flag',
      sql: 'exists (select from action a join transfer f on f.id = a.transfer_id where a.action_plan_id = t.id)',
      description: 'Whether at least one of its actions is the transfer of a practice.',
    },
    title: {
      kind: 'text',
      isFolded: true,
      sql: 's.title',
      through: searched('action_plan'),
      description: 'Part of the original title.',
    },
    ...originFilter,
  },
  orders: {
    TITLE_ASC: { by: ['t.title collate "und-x-icu"'], description: 'By original title, A to Z.' },
    STATUS_DESC: {
      by: [orElse('t.status_on', "'0001-01-01'")],
      descending: true,
      description: 'The plan whose status was told last first; those without a date last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: { project: 't.project_id = {key}' },
  sizes: {
    'ActionPlan.endorsedBy': 2,
    'Project.actionPlans': 2,
  },
  maxAge: 60,
} as const satisfies Fields;

export type ActionPlanRow = RowOf<ActionPlan, typeof actionPlanFields>;
