import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { reference } from '../../graph/fields.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { TransfersContext } from './context.js';
import { PartnerStub, RegionStub } from './directory.stub.js';
import type { PolicyInstrumentRow } from './policy-instrument.fields.js';
import {
  PolicyInstrumentArguments,
  PolicyInstrumentConnection,
  PolicyInstrumentType,
} from './policy-instrument.type.js';
import { TransferArguments, TransferConnection } from './transfer.type.js';

@Resolver(() => PolicyInstrumentType)
export class PolicyInstrumentResolver {
  @Reads({ loader: 'policyInstruments' })
  @Query(() => PolicyInstrumentConnection, {
    nullable: true,
    description: 'Policy instruments by region, responsible organisation or name.',
  })
  policyInstruments(
    @Args(() => PolicyInstrumentArguments) args: ConnectionArguments,
    @Ctx() { loaders }: TransfersContext,
  ) {
    return loaders.policyInstruments(args);
  }

  @Reads({ reference: 'regionId' })
  @FieldResolver(() => RegionStub, {
    nullable: true,
    description: 'Where it is in force; a country for one of the whole country.',
  })
  region(@Root() { regionId }: PolicyInstrumentRow): RegionStub | null {
    return reference(regionId);
  }

  @Reads({ reference: 'responsibleId' })
  @FieldResolver(() => PartnerStub, {
    nullable: true,
    description: 'The organisation that answers for it; null where it is unknown or has no record here.',
  })
  responsible(@Root() { responsibleId }: PolicyInstrumentRow): PartnerStub | null {
    return reference(responsibleId);
  }

  @Reads({ loader: 'transfersByPolicyInstrument' })
  @FieldResolver(() => TransferConnection, {
    nullable: true,
    description: 'The transfers that it carries, or that aim at it.',
  })
  transfers(
    @Root() { id }: PolicyInstrumentRow,
    @Args(() => TransferArguments) args: ConnectionArguments,
    @Ctx() { loaders }: TransfersContext,
  ) {
    return loaders.transfersByPolicyInstrument(args, id);
  }
}

/** Its texts that exist in several languages. */
export const policyInstrumentTexts = {
  name: { description: 'What it is called by those who use it.' },
  programmeText: {
    nullable: true,
    description: 'The programme that it is, or is part of, in words; null where no source says.',
  },
} as const satisfies Texts;

resolveTexts(PolicyInstrumentResolver, policyInstrumentTexts);
