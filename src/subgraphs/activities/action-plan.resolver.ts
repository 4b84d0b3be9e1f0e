import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { reference } from '../../graph/fields.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { ActionPlanRow } from './action-plan.fields.js';
import { ActionPlanArguments, ActionPlanConnection, ActionPlanType } from './action-plan.type.js';
import { ActionType } from './action.type.js';
import type { ActivitiesContext } from './context.js';
import { PartnerStub, ProjectStub } from './directory.stub.js';

@Resolver(() => ActionPlanType)
export class ActionPlanResolver {
  @Reads({ loader: 'actionPlans' })
  @Query(() => ActionPlanConnection, { nullable: true, description: 'Action plans by project, proposer or status.' })
  actionPlans(@Args(() => ActionPlanArguments) args: ConnectionArguments, @Ctx() { loaders }: ActivitiesContext) {
    return loaders.actionPlans(args);
  }

  @Reads({ reference: 'projectId' })
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'The project that it comes from.' })
  project(@Root() { projectId }: ActionPlanRow): ProjectStub | null {
    return reference(projectId);
  }

  @Reads({ reference: 'proposedById' })
  @FieldResolver(() => PartnerStub, { nullable: true, description: 'The organisation that proposed it.' })
  proposedBy(@Root() { proposedById }: ActionPlanRow): PartnerStub | null {
    return reference(proposedById);
  }

  @Reads({ loader: 'endorsersByPlan' })
  @FieldResolver(() => [PartnerStub], {
    nullable: 'itemsAndList',
    description: 'The organisations that are for it, where the source names them; see also `endorsedByText`.',
  })
  endorsedBy(@Root() { id }: ActionPlanRow, @Ctx() { loaders }: ActivitiesContext): Promise<PartnerStub[]> {
    return loaders.endorsersByPlan.load(id);
  }

  @Reads({ loader: 'actionsByPlan' })
  @FieldResolver(() => [ActionType], {
    nullable: true,
    description: 'What is to be done, in order; empty where no source tells.',
  })
  actions(@Root() { id }: ActionPlanRow, @Ctx() { loaders }: ActivitiesContext): Promise<ActionType[]> {
    return loaders.actionsByPlan.load(id);
  }
}

/** Its texts that exist in several languages. */
export const actionPlanTexts = {
  title: { description: 'What it is called, or whose it is where it has no name.' },
  note: { nullable: true, description: 'What else its source says; null where that is all.' },
} as const satisfies Texts;

resolveTexts(ActionPlanResolver, actionPlanTexts);
