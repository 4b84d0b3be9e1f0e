import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Reads } from '../../graph/reads.js';
import { ActionType } from './action.type.js';
import type { ActivitiesContext } from './context.js';
import { TransferStub } from './transfers.stub.js';

@Resolver(() => TransferStub)
export class TransferActivitiesResolver {
  @Reads({ loader: 'actionsByTransfer' })
  @FieldResolver(() => [ActionType], {
    nullable: true,
    description: 'The actions of action plans that carry out this transfer.',
  })
  actions(@Root() { id }: TransferStub, @Ctx() { loaders }: ActivitiesContext): Promise<ActionType[]> {
    return loaders.actionsByTransfer.load(id);
  }
}
