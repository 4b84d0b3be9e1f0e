import type { EntityManager } from '@mikro-orm/postgresql';
import { seedId } from '../../graph/ids.js';
import { entryColumns, saveKind, saveParts } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { slugOf } from '../record.inputs.js';
import { numbered } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { records } from '../records.js';
import { Saving } from '../saving.service.js';
import { ActionPlan } from './action-plan.entity.js';
import { actionPlanFields } from './action-plan.fields.js';
import type { ActionPlanInput } from './action-plan.inputs.js';
import { Action } from './action.entity.js';
import { inherited, partsOf, resolveParts } from './part.service.js';

const references = { project: 'Project', proposedBy: 'Partner', endorsedBy: 'Partner' } as const;

/** How an entry lies in the columns of its plan. */
export const actionPlanColumns = { ...entryColumns, endorsedBy: null, actions: null };

/**
 * Creates or updates action plans by slug, with their actions; a plan that is no longer listed stays, and so does what a
 * change leaves out. Saves nothing when an entry is wrong.
 */
export async function saveActionPlans(
  em: EntityManager,
  entries: readonly (ActionPlanInput | Change<ActionPlanInput>)[],
): Promise<EntryError[]> {
  const asked: readonly Change<ActionPlanInput>[] = entries;
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'ActionPlan', asked, references);
  const inActions = await resolveParts(em, partsOf(asked, 'actions'), { transfer: 'Transfer' });
  errors.push(...inActions.errors);
  if (errors.length > 0) return errors;
  const plans = asked.map((entry) => ({ ...entry, id: idOf('ActionPlan', entry.slug) }));
  const saving = new Saving(em);
  const kind = { entity: ActionPlan, references, edges: actionPlanFields.edges, columns: actionPlanColumns };
  await saveKind(saving, kind, plans, { idOf, isNew });
  await saveActions(em, saving, plans, (transfer) => inActions.idOf('Transfer', transfer));
  await saving.end();
  return [];
}

/** Makes the actions of these plans those that they list, where they list any; one that is no longer listed is deleted. */
async function saveActions(
  em: EntityManager,
  saving: Saving,
  plans: readonly (Change<ActionPlanInput> & { id: string })[],
  transferOf: (key: string | null) => string | null,
): Promise<void> {
  const told = plans.filter(({ actions }) => actions !== undefined);
  const rows = told.flatMap((plan) => {
    const { actions = [] } = plan;
    const keys = numbered(actions.map(({ title, transfer }) => `${plan.slug}/${transfer ?? slugOf(title)}`));
    return actions.map((action, position) => ({
      ...inherited(action, plan),
      id: seedId(records.Action.prefix, keys[position] as string),
      actionPlan: plan.id,
      title: action.title,
      position,
      transfer: transferOf(action.transfer),
    }));
  });
  await saveParts(em, saving, { entity: Action, whole: 'actionPlan' }, told, rows);
}
