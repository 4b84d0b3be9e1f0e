import { mutationsOf, type Step, type StepInput } from '../mutations.js';
import { publicationSteps } from '../publication.service.js';
import { ActionPlan } from './action-plan.entity.js';
import { actionPlanFields, type ActionPlanStatus } from './action-plan.fields.js';
import { actionPlanEntered, actionPlanStep } from './action-plan.inputs.js';
import { actionPlanColumns, saveActionPlans } from './action-plan.service.js';
import { advanceActionPlan, endorseActionPlan } from './action-plan-status.service.js';
import { ActionPlanType } from './action-plan.type.js';

const to = (status: ActionPlanStatus, description: string): Step<ActionPlan> => ({
  description,
  input: actionPlanStep,
  take: (em, plan, said: StepInput<typeof actionPlanStep>) => advanceActionPlan(em, plan, status, said),
});

/** How action plans are written: by their proposer; the other partners of their project endorse them. */
export const ActionPlanMutations = mutationsOf<ActionPlan>({
  noun: 'action plan',
  fields: actionPlanFields,
  entity: ActionPlan,
  type: () => ActionPlanType,
  loader: 'actionPlanById',
  entry: actionPlanEntered,
  columns: actionPlanColumns,
  owner: 'proposedBy',
  namedBy: 'title',
  initial: { publicationStatus: 'DRAFT', status: 'PROPOSED' },
  save: saveActionPlans,
  steps: {
    Endorse: {
      description:
        'Tells that your organisation, which takes part in the same project, is for an action plan of another.',
      isForOthers: true,
      take: (em, plan, _said, viewer) => endorseActionPlan(em, plan, viewer),
    },
    Support: to('SUPPORTED', 'Tells that those whom it concerns are for an action plan: at least one endorses it.'),
    Approve: to('APPROVED', 'Tells that whoever decides approved an action plan; the source shows it.'),
    Start: to('IN_IMPLEMENTATION', 'Tells that an action plan is being carried out.'),
    Complete: to('COMPLETED', 'Tells that an action plan is carried out.'),
    ...publicationSteps('action plan'),
  },
});
