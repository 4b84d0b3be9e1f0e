import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { Reads } from '../../graph/reads.js';
import type { ActivitiesContext } from './context.js';
import { EventArguments, EventConnection } from './event.type.js';
import { GoodPracticeStub } from './practices.stub.js';

@Resolver(() => GoodPracticeStub)
export class GoodPracticeActivitiesResolver {
  @Reads({ loader: 'eventsByPractice' })
  @FieldResolver(() => EventConnection, {
    nullable: true,
    description: 'The events that presented the practice in one of their sessions.',
  })
  presentedAt(
    @Root() { id }: GoodPracticeStub,
    @Args(() => EventArguments) args: ConnectionArguments,
    @Ctx() { loaders }: ActivitiesContext,
  ) {
    return loaders.eventsByPractice(args, id);
  }
}
