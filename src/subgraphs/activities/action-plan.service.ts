import type { EntityManager } from '@mikro-orm/postgresql';
import { seedId } from '../../graph/ids.js';
import type { EntryError } from '../manifest.js';
import { slugOf } from '../record.inputs.js';
import { numbered, provenance, saveEdges, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { records } from '../records.js';
import { ActionPlan } from './action-plan.entity.js';
import { actionPlanFields } from './action-plan.fields.js';
import type { ActionPlanInput } from './action-plan.inputs.js';
import { Action } from './action.entity.js';
import { inherited, partsOf, resolveParts } from './part.service.js';

const references = { project: 'Project', proposedBy: 'Partner', endorsedBy: 'Partner' } as const;

/**
 * Creates or updates action plans by slug, with their actions; a plan that is no longer listed stays. Saves nothing
 * when an entry is wrong.
 */
export async function saveActionPlans(em: EntityManager, entries: ActionPlanInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'ActionPlan', entries, references);
  const inActions = await resolveParts(em, partsOf(entries, 'actions'), { transfer: 'Transfer' });
  errors.push(...inActions.errors);
  if (errors.length > 0) return errors;
  const plans = entries.map((entry) => ({ ...entry, id: idOf('ActionPlan', entry.slug) }));
  const rows = plans.map(({ endorsedBy: _endorsedBy, actions: _actions, ...entry }) => ({
    ...provenance(entry),
    project: idOf('Project', entry.project),
    proposedBy: idOf('Partner', entry.proposedBy),
  }));
  await saveRecords(em, ActionPlan, rows);
  const edges = plans.map(({ id, endorsedBy }) => ({ id, targets: endorsedBy.map((key) => idOf('Partner', key)) }));
  await saveEdges(em, actionPlanFields.edges.endorsedBy, edges);
  await saveActions(em, plans, (transfer) => inActions.idOf('Transfer', transfer));
  return [];
}

/** Makes the actions of these plans those that they list; one that is no longer listed is deleted. */
async function saveActions(
  em: EntityManager,
  plans: (ActionPlanInput & { id: string })[],
  transferOf: (slug: string | null) => string | null,
): Promise<void> {
  const rows = plans.flatMap((plan) => {
    const keys = numbered(plan.actions.map(({ title, transfer }) => `${plan.slug}/${transfer ?? slugOf(title)}`));
    return plan.actions.map((action, position) => ({
      ...inherited(action, plan),
      id: seedId(records.Action.prefix, keys[position] as string),
      actionPlan: plan.id,
      title: action.title,
      position,
      transfer: transferOf(action.transfer),
    }));
  });
  await em.nativeDelete(Action, {
    actionPlan: { $in: plans.map(({ id }) => id) },
    id: { $nin: rows.map(({ id }) => id) },
  });
  await saveRecords(em, Action, rows);
}
