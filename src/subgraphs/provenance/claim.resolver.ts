import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Reads } from '../../graph/reads.js';
import { money, MoneyType, NodeType } from '../record.type.js';
import { typeOfId } from '../records.js';
import type { ClaimRow } from './claim.fields.js';
import { ClaimType } from './claim.type.js';
import type { ProvenanceContext } from './context.js';
import { SourceType } from './source.type.js';

@Resolver(() => ClaimType)
export class ClaimResolver {
  @Reads({ columns: { amount: 'amount', currency: 'currency' } })
  @FieldResolver(() => MoneyType, { nullable: true, description: 'The value as an amount; null where it is none.' })
  money(@Root() { amount, currency }: ClaimRow): MoneyType | null {
    return money(amount, currency);
  }

  @Reads({ loader: 'sourceById', key: 'sourceId' })
  @FieldResolver(() => SourceType, { nullable: true, description: 'Who claims it; null where you may not see it.' })
  source(@Root() { sourceId }: ClaimRow, @Ctx() { loaders }: ProvenanceContext): Promise<SourceType | null> | null {
    return sourceId === null ? null : loaders.sourceById.load(sourceId);
  }

  // A claim is visible as far as its record is: the reference needs no second look.
  @FieldResolver(() => NodeType, { nullable: true, description: 'The record that it is about.' })
  record(@Root() { recordId }: ClaimRow): NodeType & { __typename: string } {
    return { __typename: typeOfId(recordId), id: recordId };
  }
}
