import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { reference } from '../../graph/fields.js';
import { findBy } from '../../graph/find.js';
import { resolveTexts } from '../../graph/translation.js';
import type { TransfersContext } from './context.js';
import { PartnerStub, ProjectStub, RegionStub } from './directory.stub.js';
import { OutcomeType } from './outcome.type.js';
import { GoodPracticeStub } from './practices.stub.js';
import { transferFields, type TransferRow } from './transfer.fields.js';
import { TransferArguments, TransferConnection, TransferType } from './transfer.type.js';

@Resolver(() => TransferType)
export class TransferResolver {
  @Query(() => TransferType, { nullable: true, description: 'The transfer with this id or slug.' })
  transfer(
    @Arg('id', () => ID, { nullable: true, description: "The transfer's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `bcde-to-spain`.' }) slug:
      | string
      | undefined,
    @Ctx() { loaders }: TransfersContext,
  ): Promise<TransferType> {
    return findBy<TransferRow>(transferFields, {
      id: [id, loaders.transferById],
      slug: [slug, loaders.transferBySlug],
    });
  }

  @Query(() => TransferConnection, {
    nullable: true,
    description: 'Transfers by origin, destination, status, practice, receiver or project.',
  })
  transfers(@Args(() => TransferArguments) args: ConnectionArguments, @Ctx() { loaders }: TransfersContext) {
    return loaders.transfers(args);
  }

  @FieldResolver(() => [GoodPracticeStub], {
    nullable: 'itemsAndList',
    description: 'The practices that are carried over; two may inspire one action.',
  })
  practices(@Root() { id }: TransferRow, @Ctx() { loaders }: TransfersContext): Promise<GoodPracticeStub[]> {
    return loaders.practicesByTransfer.load(id);
  }

  @FieldResolver(() => [RegionStub], { nullable: 'itemsAndList', description: 'Where the practices come from.' })
  origins(@Root() { id }: TransferRow, @Ctx() { loaders }: TransfersContext): Promise<RegionStub[]> {
    return loaders.originsByTransfer.load(id);
  }

  @FieldResolver(() => RegionStub, {
    nullable: true,
    description: 'Where they go: the smallest region that the source names.',
  })
  destination(@Root() { destinationId }: TransferRow): RegionStub | null {
    return reference(destinationId);
  }

  @FieldResolver(() => PartnerStub, {
    nullable: true,
    description: 'The organisation that takes them over; null where it has no record here.',
  })
  receiver(@Root() { receiverId }: TransferRow): PartnerStub | null {
    return reference(receiverId);
  }

  @FieldResolver(() => ProjectStub, { nullable: true, description: 'The project that brought the transfer about.' })
  project(@Root() { projectId }: TransferRow): ProjectStub | null {
    return reference(projectId);
  }

  @FieldResolver(() => [OutcomeType], {
    nullable: true,
    description: 'Its measured results; empty where none is published.',
  })
  outcomes(@Root() { id }: TransferRow, @Ctx() { loaders }: TransfersContext): Promise<OutcomeType[]> {
    return loaders.outcomesByTransfer.load(id);
  }
}

resolveTexts(TransferResolver, {
  title: { nullable: true, description: 'What is carried where, in a few words.' },
  action: { nullable: true, description: 'What the destination does with it.' },
  note: { nullable: true, description: 'What else its source says.' },
});
