import type DataLoader from 'dataloader';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { prefixOf } from '../../graph/ids.js';
import { NodeType } from '../record.type.js';
import { typeOfId } from '../records.js';
import { RecordKind, type ChangeRow } from './change.fields.js';
import { ChangeArguments, ChangeConnection, ChangeType } from './change.type.js';
import type { ProvenanceContext } from './context.js';

@Resolver(() => ChangeType)
export class ChangeResolver {
  @Query(() => ChangeConnection, {
    nullable: true,
    description: `What changed in what everyone may see, oldest first and each change once, for those who keep a copy. Whoever
goes on at the last \`endCursor\` misses nothing and is told nothing twice; it is the same whoever asks.`,
  })
  changes(
    @Args(() => ChangeArguments) args: ChangeArguments,
    @Ctx() { loaders }: ProvenanceContext,
  ): Promise<ChangeConnection> {
    return loaders.changesSince(args);
  }

  @FieldResolver(() => RecordKind, { description: 'What sort of record it is.' })
  type(@Root() { recordId }: ChangeRow): string {
    return prefixOf(recordId);
  }

  @FieldResolver(() => NodeType, {
    nullable: true,
    description: 'The record as it is now; null where it is gone by now, or not for you to see.',
  })
  async record(
    @Root() { recordId, kind }: ChangeRow,
    @Ctx() { loaders }: ProvenanceContext,
  ): Promise<(NodeType & { __typename: string }) | null> {
    if (kind === 'DELETED') return null;
    const type = typeOfId(recordId);
    // Records of this subgraph are given as they are: of a key alone nobody else makes the record.
    const own = new Map<string, DataLoader<string, { id: string } | null>>([
      ['Source', loaders.sourceById],
      ['Claim', loaders.claimById],
    ]);
    const found = await (own.get(type) ?? loaders.seenById).load(recordId);
    return found && { ...found, __typename: type };
  }
}
