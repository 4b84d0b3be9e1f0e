import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { reference } from '../../graph/fields.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import { money, MoneyType } from '../record.type.js';
import type { TransfersContext } from './context.js';
import { PartnerStub, PlaceStub, ProjectStub, RegionStub } from './directory.stub.js';
import { OutcomeType } from './outcome.type.js';
import { PolicyInstrumentType } from './policy-instrument.type.js';
import { GoodPracticeStub } from './practices.stub.js';
import { StatusChangeType } from './status-change.type.js';
import { transferFields, type TransferRow } from './transfer.fields.js';
import { TransferArguments, TransferConnection, TransferType } from './transfer.type.js';

@Resolver(() => TransferType)
export class TransferResolver {
  @Reads({ loaders: { id: 'transferById', slug: 'transferBySlug' } })
  @Query(() => TransferType, {
    nullable: true,
    description: 'The transfer with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
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

  @Reads({ loader: 'transfers' })
  @Query(() => TransferConnection, {
    nullable: true,
    description:
      'Transfers by origin, destination, status, mechanism, practice, theme, receiver, project, policy instrument, outcome or year.',
  })
  transfers(@Args(() => TransferArguments) args: ConnectionArguments, @Ctx() { loaders }: TransfersContext) {
    return loaders.transfers(args);
  }

  @Reads({ loader: 'practicesByTransfer' })
  @FieldResolver(() => [GoodPracticeStub], {
    nullable: 'itemsAndList',
    description: 'The practices that are carried over; two may inspire one action.',
  })
  practices(@Root() { id }: TransferRow, @Ctx() { loaders }: TransfersContext): Promise<GoodPracticeStub[]> {
    return loaders.practicesByTransfer.load(id);
  }

  @Reads({ loader: 'originsByTransfer' })
  @FieldResolver(() => [RegionStub], { nullable: 'itemsAndList', description: 'Where the practices come from.' })
  origins(@Root() { id }: TransferRow, @Ctx() { loaders }: TransfersContext): Promise<RegionStub[]> {
    return loaders.originsByTransfer.load(id);
  }

  @Reads({ loader: 'originPlacesByTransfer' })
  @FieldResolver(() => [PlaceStub], {
    nullable: 'items',
    description: 'The cities that they come from, inside `origins`; empty where no source names one.',
  })
  originPlaces(@Root() { id }: TransferRow, @Ctx() { loaders }: TransfersContext): Promise<PlaceStub[]> {
    return loaders.originPlacesByTransfer.load(id);
  }

  @Reads({ reference: 'destinationId' })
  @FieldResolver(() => RegionStub, {
    nullable: true,
    description: 'Where they go: the smallest region that the source names.',
  })
  destination(@Root() { destinationId }: TransferRow): RegionStub | null {
    return reference(destinationId);
  }

  @Reads({ reference: 'destinationPlaceId' })
  @FieldResolver(() => PlaceStub, {
    nullable: true,
    description: 'The city that they go to, inside `destination`; null where no source names one.',
  })
  destinationPlace(@Root() { destinationPlaceId }: TransferRow): PlaceStub | null {
    return reference(destinationPlaceId);
  }

  @Reads({ reference: 'ownerId' })
  @FieldResolver(() => PartnerStub, {
    nullable: true,
    description: 'The organisation that entered it and keeps it; null for transfers that others report.',
  })
  owner(@Root() { ownerId }: TransferRow): PartnerStub | null {
    return reference(ownerId);
  }

  @Reads({ reference: 'receiverId' })
  @FieldResolver(() => PartnerStub, {
    nullable: true,
    description: 'The organisation that takes them over; null where it has no record here.',
  })
  receiver(@Root() { receiverId }: TransferRow): PartnerStub | null {
    return reference(receiverId);
  }

  @Reads({ reference: 'projectId' })
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'The project that brought the transfer about.' })
  project(@Root() { projectId }: TransferRow): ProjectStub | null {
    return reference(projectId);
  }

  @Reads({ loader: 'policyInstrumentById', key: 'policyInstrumentId' })
  @FieldResolver(() => PolicyInstrumentType, {
    nullable: true,
    description: 'The policy instrument that carries it, or that it aims at; null where no source names one.',
  })
  policyInstrument(
    @Root() { policyInstrumentId }: TransferRow,
    @Ctx() { loaders }: TransfersContext,
  ): Promise<PolicyInstrumentType | null> | null {
    return policyInstrumentId === null ? null : loaders.policyInstrumentById.load(policyInstrumentId);
  }

  @FieldResolver(() => [StatusChangeType], {
    nullable: true,
    description: 'Every status that is known of it, the first one first; the last one is `status`.',
  })
  statusHistory(@Root() { id }: TransferRow, @Ctx() { loaders }: TransfersContext): Promise<StatusChangeType[]> {
    return loaders.statusHistoryByTransfer.load(id);
  }

  @Reads({ loader: 'outcomesByTransfer' })
  @FieldResolver(() => [OutcomeType], {
    nullable: true,
    description: 'Its measured results; empty where none is published.',
  })
  async outcomes(
    @Root() { id }: TransferRow,
    @Arg('targetReached', () => Boolean, {
      nullable: true,
      description: 'Only those that reached their target (true), or are known not to (false).',
    })
    targetReached: boolean | null | undefined,
    @Ctx() { loaders }: TransfersContext,
  ): Promise<OutcomeType[]> {
    const outcomes = await loaders.outcomesByTransfer.load(id);
    return targetReached == null ? outcomes : outcomes.filter((outcome) => outcome.targetReached === targetReached);
  }

  @Reads({ columns: { amount: 'fundingAmount', currency: 'fundingCurrency' } })
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'What the destination spends on it, of any source; null where unknown.',
  })
  funding(@Root() { fundingAmount, fundingCurrency }: TransferRow): MoneyType | null {
    return money(fundingAmount, fundingCurrency);
  }
}

/** Its texts that exist in several languages. */
export const transferTexts = {
  title: {
    nullable: true,
    max: 200,
    description: 'What is carried where, in a few words; null where `practices` and `destination` say it.',
  },
  action: { nullable: true, description: 'What the destination does with it, in words; null where no source says.' },
  adaptation: {
    nullable: true,
    description: 'How the practice is changed to fit the destination; null where unknown.',
  },
  enablers: {
    nullable: true,
    description: 'What helps the transfer, such as a law or a person in charge; null where no source says.',
  },
  barriers: {
    nullable: true,
    description: 'What stands in its way, such as a rule or a missing fund; null where no source says.',
  },
  lessons: { nullable: true, description: 'What others who try the same should know; null where no source says.' },
  fundingText: {
    nullable: true,
    description: 'Who pays for it, in words; an amount is in `funding`. Null where no source says.',
  },
  note: { nullable: true, description: 'What else its source says; null where that is all.' },
} as const satisfies Texts;

resolveTexts(TransferResolver, transferTexts);
