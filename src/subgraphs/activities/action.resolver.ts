import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { reference } from '../../graph/fields.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import { ActionPlanType } from './action-plan.type.js';
import type { ActionRow } from './action.fields.js';
import { ActionType } from './action.type.js';
import type { ActivitiesContext } from './context.js';
import { TransferStub } from './transfers.stub.js';

@Resolver(() => ActionType)
export class ActionResolver {
  @Reads({ loader: 'actionPlanById', key: 'actionPlanId' })
  @FieldResolver(() => ActionPlanType, { nullable: true, description: 'The plan that it is a part of.' })
  plan(
    @Root() { actionPlanId }: ActionRow,
    @Ctx() { loaders }: ActivitiesContext,
  ): Promise<ActionPlanType | null> | null {
    return actionPlanId === null ? null : loaders.actionPlanById.load(actionPlanId);
  }

  @Reads({ reference: 'transferId' })
  @FieldResolver(() => TransferStub, {
    nullable: true,
    description: 'The transfer that it carries out; null where it is none.',
  })
  transfer(@Root() { transferId }: ActionRow): TransferStub | null {
    return reference(transferId);
  }
}

/** Its texts that exist in several languages. */
export const actionTexts = { title: { description: 'What is to be done.' } } as const satisfies Texts;

resolveTexts(ActionResolver, actionTexts);
