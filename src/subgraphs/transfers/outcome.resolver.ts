import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { reference } from '../../graph/fields.js';
import { Reads } from '../../graph/reads.js';
import type { TransfersContext } from './context.js';
import type { OutcomeRow } from './outcome.fields.js';
import { OutcomeType } from './outcome.type.js';
import { IndicatorStub } from './practices.stub.js';
import { TransferType } from './transfer.type.js';

@Resolver(() => OutcomeType)
export class OutcomeResolver {
  @Reads({ reference: 'indicatorId' })
  @FieldResolver(() => IndicatorStub, { nullable: true, description: 'What was measured, and in which unit.' })
  indicator(@Root() { indicatorId }: OutcomeRow): IndicatorStub | null {
    return reference(indicatorId);
  }

  @Reads({ loader: 'transferById', key: 'transferId' })
  @FieldResolver(() => TransferType, { nullable: true, description: 'The transfer that it is a result of.' })
  transfer(
    @Root() { transferId }: OutcomeRow,
    @Ctx() { loaders }: TransfersContext,
  ): Promise<TransferType | null> | null {
    return transferId === null ? null : loaders.transferById.load(transferId);
  }
}
