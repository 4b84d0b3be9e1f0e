import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { Reads } from '../../graph/reads.js';
import type { TransfersContext } from './context.js';
import { PartnerStub, RegionStub } from './directory.stub.js';
import { TransferArguments, TransferConnection } from './transfer.type.js';

@Resolver(() => PartnerStub)
export class PartnerTransfersResolver {
  @Reads({ loader: 'transfersByReceiver' })
  @FieldResolver(() => TransferConnection, {
    nullable: true,
    description: 'The transfers that this organisation receives.',
  })
  transfers(
    @Root() { id }: PartnerStub,
    @Args(() => TransferArguments) args: ConnectionArguments,
    @Ctx() { loaders }: TransfersContext,
  ) {
    return loaders.transfersByReceiver(args, id);
  }
}

@Resolver(() => RegionStub)
export class RegionTransfersResolver {
  @Reads({ loader: 'transfersByDestination' })
  @FieldResolver(() => TransferConnection, {
    nullable: true,
    description: 'Transfers whose destination is this region or one inside it.',
  })
  transfersIn(
    @Root() { id }: RegionStub,
    @Args(() => TransferArguments) args: ConnectionArguments,
    @Ctx() { loaders }: TransfersContext,
  ) {
    return loaders.transfersByDestination(args, id);
  }

  @Reads({ loader: 'transfersByOrigin' })
  @FieldResolver(() => TransferConnection, {
    nullable: true,
    description: 'Transfers of practices from this region or one inside it.',
  })
  transfersOut(
    @Root() { id }: RegionStub,
    @Args(() => TransferArguments) args: ConnectionArguments,
    @Ctx() { loaders }: TransfersContext,
  ) {
    return loaders.transfersByOrigin(args, id);
  }
}
