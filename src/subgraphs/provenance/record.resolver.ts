import { Arg, Args, Ctx, FieldResolver, Resolver, Root, type ClassType } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { Reads } from '../../graph/reads.js';
import type { NodeType } from '../record.type.js';
import { recordStub } from '../record.stub.js';
import { records } from '../records.js';
import { ClaimType } from './claim.type.js';
import type { ProvenanceContext } from './context.js';
import { RevisionArguments, RevisionConnection } from './revision.type.js';
import { SourceType } from './source.type.js';

/** What every record gets from here, whatever subgraph owns it: its history. */
function historyResolver(type: () => ClassType<NodeType>): ClassType {
  @Resolver(type)
  class HistoryResolver {
    @Reads({ loader: 'revisionsByRecord' })
    @FieldResolver(() => RevisionConnection, {
      nullable: true,
      description: 'What was changed when; `where: { at: { gte: "2026-11-01" } }` is everything since that day.',
    })
    revisions(
      @Root() { id }: NodeType,
      @Args(() => RevisionArguments) args: ConnectionArguments,
      @Ctx() { loaders }: ProvenanceContext,
    ) {
      return loaders.revisionsByRecord(args, id);
    }
  }
  return HistoryResolver;
}

/** The same for records of other subgraphs, with where what they say comes from. */
function recordResolver(type: () => ClassType<NodeType>): ClassType {
  @Resolver(type)
  class RecordResolver {
    @Reads({ loader: 'sourcesByRecord' })
    @FieldResolver(() => [SourceType], {
      nullable: true,
      description: 'Where the record was taken from, the main source first; empty where its owner entered it.',
    })
    sources(@Root() { id }: NodeType, @Ctx() { loaders }: ProvenanceContext): Promise<SourceType[]> {
      return loaders.sourcesByRecord.load(id);
    }

    @Reads({ loader: 'claimsByRecord' })
    @FieldResolver(() => [ClaimType], {
      nullable: true,
      description:
        'What sources say of its fields where they differ or say more than the record holds, by field, in the order of whoever compared them.',
    })
    async claims(
      @Root() { id }: NodeType,
      @Arg('field', () => String, {
        nullable: true,
        description: 'Only claims about this field, such as `budget`; without it about all.',
      })
      field: string | undefined,
      @Ctx() { loaders }: ProvenanceContext,
    ): Promise<ClaimType[]> {
      const claims = await loaders.claimsByRecord.load(id);
      return field == null ? claims : claims.filter((claim) => claim.field === field);
    }
  }
  return RecordResolver;
}

const own = new Set(['Source', 'Claim']);

/** Every record of the other subgraphs as a key to hang fields on. */
export const recordStubs = Object.keys(records)
  .filter((type) => !own.has(type))
  .map((type) => recordStub(type));

export const recordResolvers = [
  ...recordStubs.flatMap((stub) => [recordResolver(() => stub), historyResolver(() => stub)]),
  ...[SourceType, ClaimType].map((type) => historyResolver(() => type as ClassType<NodeType>)),
];
