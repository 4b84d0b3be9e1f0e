import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Viewer } from '../../graph/context.js';
import type { UserError } from '../../graph/errors.js';
import { refusalsOf, type Course } from '../course.service.js';
import type { StepInput } from '../mutations.js';
import type { ActionPlan } from './action-plan.entity.js';
import type { ActionPlanStatus } from './action-plan.fields.js';
import type { actionPlanStep } from './action-plan.inputs.js';
import { notInFuture } from './part.inputs.js';

const course: Course<ActionPlanStatus> = {
  noun: 'action plan',
  next: {
    PROPOSED: ['SUPPORTED'],
    SUPPORTED: ['APPROVED'],
    APPROVED: ['IN_IMPLEMENTATION'],
    IN_IMPLEMENTATION: ['COMPLETED'],
    COMPLETED: [],
  },
  explained: [],
};

const impossible = (message: string): UserError[] => [{ field: ['endorsedBy'], code: 'IMPOSSIBLE', message }];

/** Moves a plan that is held on. Returns what was wrong; its revisions tell who did it, and why. */
export async function advanceActionPlan(
  em: EntityManager,
  plan: ActionPlan,
  to: ActionPlanStatus,
  { on, note, source }: StepInput<typeof actionPlanStep>,
): Promise<UserError[]> {
  const statusOn = on ?? new Date().toISOString().slice(0, 10);
  const refusals = [...refusalsOf(course, plan.status ?? null, to, note), ...notInFuture(statusOn)];
  if (plan.statusOn != null && statusOn < plan.statusOn) {
    const message = `It lies before ${plan.statusOn}, when the plan became ${plan.status}. Correct it.`;
    refusals.push({ field: ['on'], code: 'CONFLICT', message });
  }
  if (to === 'APPROVED' && source === null)
    refusals.push({ field: ['source'], code: 'REQUIRED', message: 'Name a page that shows who approved it.' });
  if (to === 'SUPPORTED' && plan.endorsedByText == null && (await endorsersOf(em, plan.id)).length === 0)
    refusals.push(...impossible('Nobody endorses it yet. Other partners of its project do so by `actionPlanEndorse`.'));
  if (refusals.length > 0) return refusals;
  em.assign(plan, { status: to, statusOn });
  await em.flush();
  return [];
}

/** Puts the viewer's organisation among those that are for a plan of another. */
export async function endorseActionPlan(
  em: EntityManager,
  plan: ActionPlan,
  { partnerId }: Viewer,
): Promise<UserError[]> {
  if (partnerId === null) return impossible('Organisations endorse plans: their editors do.');
  if (plan.proposedBy?.id === partnerId) return impossible('You propose it yourself. Others endorse it.');
  if (plan.status != null && plan.status !== 'PROPOSED' && plan.status !== 'SUPPORTED')
    return impossible(`The plan is ${plan.status}. Plans are endorsed before they are approved.`);
  const endorsers = await endorsersOf(em, plan.id);
  if (endorsers.includes(partnerId)) return impossible('You endorse it already.');
  await sql`insert into action_plan_endorsement (action_plan_id, partner_id, position)
    values (${plan.id}, ${partnerId}, ${endorsers.length})`.execute(em.getKysely<unknown>());
  return [];
}

async function endorsersOf(em: EntityManager, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select partner_id as id from action_plan_endorsement where action_plan_id = ${id}`.execute(em.getKysely<unknown>());
  return rows.map((row) => row.id);
}
