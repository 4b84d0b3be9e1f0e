import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { Reads } from '../../graph/reads.js';
import type { TransfersContext } from './context.js';
import { GoodPracticeStub } from './practices.stub.js';
import { TransferArguments, TransferConnection } from './transfer.type.js';

@Resolver(() => GoodPracticeStub)
export class GoodPracticeTransfersResolver {
  @Reads({ loader: 'transfersByPractice' })
  @FieldResolver(() => TransferConnection, {
    nullable: true,
    description: 'The transfers of this practice to other regions.',
  })
  transfers(
    @Root() { id }: GoodPracticeStub,
    @Args(() => TransferArguments) args: ConnectionArguments,
    @Ctx() { loaders }: TransfersContext,
  ) {
    return loaders.transfersByPractice(args, id);
  }
}
