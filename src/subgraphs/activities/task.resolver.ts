import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { reference } from '../../graph/fields.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { ActivitiesContext } from './context.js';
import { PartnerStub, ProjectStub } from './directory.stub.js';
import { EventType } from './event.type.js';
import type { TaskRow } from './task.fields.js';
import { TaskArguments, TaskConnection, TaskType } from './task.type.js';

@Resolver(() => TaskType)
export class TaskResolver {
  @Reads({ loader: 'tasks' })
  @Query(() => TaskConnection, { nullable: true, description: 'Tasks by project, assignee or status.' })
  tasks(@Args(() => TaskArguments) args: ConnectionArguments, @Ctx() { loaders }: ActivitiesContext) {
    return loaders.tasks(args);
  }

  @Reads({ reference: 'projectId' })
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  project(@Root() { projectId }: TaskRow): ProjectStub | null {
    return reference(projectId);
  }

  @Reads({ reference: 'assigneeId' })
  @FieldResolver(() => PartnerStub, {
    nullable: true,
    description: 'The organisation that has to do it; null where `assigneeText` says who.',
  })
  assignee(@Root() { assigneeId }: TaskRow): PartnerStub | null {
    return reference(assigneeId);
  }

  @Reads({ loader: 'eventById', key: 'reviewedAtId' })
  @FieldResolver(() => EventType, { nullable: true, description: 'The event at which its status was last reviewed.' })
  reviewedAt(
    @Root() { reviewedAtId }: TaskRow,
    @Ctx() { loaders }: ActivitiesContext,
  ): Promise<EventType | null> | null {
    return reviewedAtId === null ? null : loaders.eventById.load(reviewedAtId);
  }
}

/** Its texts that exist in several languages. */
export const taskTexts = { title: { description: 'What is to be done.' } } as const satisfies Texts;

resolveTexts(TaskResolver, taskTexts);
