import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { Reads } from '../../graph/reads.js';
import { ActionPlanArguments, ActionPlanConnection } from './action-plan.type.js';
import type { ActivitiesContext } from './context.js';
import { PartnerStub, ProjectStub } from './directory.stub.js';
import { EventArguments, EventConnection } from './event.type.js';
import { OutputArguments, OutputConnection } from './output.type.js';
import { TaskArguments, TaskConnection } from './task.type.js';

@Resolver(() => ProjectStub)
export class ProjectActivitiesResolver {
  @Reads({ loader: 'eventsByProject' })
  @FieldResolver(() => EventConnection, { nullable: true, description: 'The events that the project held.' })
  events(
    @Root() { id }: ProjectStub,
    @Args(() => EventArguments) args: ConnectionArguments,
    @Ctx() { loaders }: ActivitiesContext,
  ) {
    return loaders.eventsByProject(args, id);
  }

  @Reads({ loader: 'outputsByProject' })
  @FieldResolver(() => OutputConnection, { nullable: true, description: 'What the project made.' })
  outputs(
    @Root() { id }: ProjectStub,
    @Args(() => OutputArguments) args: ConnectionArguments,
    @Ctx() { loaders }: ActivitiesContext,
  ) {
    return loaders.outputsByProject(args, id);
  }

  @Reads({ loader: 'tasksByProject' })
  @FieldResolver(() => TaskConnection, { nullable: true, description: 'The work that its partners have to do.' })
  tasks(
    @Root() { id }: ProjectStub,
    @Args(() => TaskArguments) args: ConnectionArguments,
    @Ctx() { loaders }: ActivitiesContext,
  ) {
    return loaders.tasksByProject(args, id);
  }

  @Reads({ loader: 'actionPlansByProject' })
  @FieldResolver(() => ActionPlanConnection, {
    nullable: true,
    description: 'The action plans that come from the project.',
  })
  actionPlans(
    @Root() { id }: ProjectStub,
    @Args(() => ActionPlanArguments) args: ConnectionArguments,
    @Ctx() { loaders }: ActivitiesContext,
  ) {
    return loaders.actionPlansByProject(args, id);
  }
}

@Resolver(() => PartnerStub)
export class PartnerActivitiesResolver {
  @Reads({ loader: 'eventsByPartner' })
  @FieldResolver(() => EventConnection, {
    nullable: true,
    description: 'The events in which this organisation had a role, those that it hosted included.',
  })
  events(
    @Root() { id }: PartnerStub,
    @Args(() => EventArguments) args: ConnectionArguments,
    @Ctx() { loaders }: ActivitiesContext,
  ) {
    return loaders.eventsByPartner(args, id);
  }

  @Reads({ loader: 'tasksByAssignee' })
  @FieldResolver(() => TaskConnection, { nullable: true, description: 'The work that this organisation has to do.' })
  tasks(
    @Root() { id }: PartnerStub,
    @Args(() => TaskArguments) args: ConnectionArguments,
    @Ctx() { loaders }: ActivitiesContext,
  ) {
    return loaders.tasksByAssignee(args, id);
  }
}
