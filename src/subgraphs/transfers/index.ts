import { byReference } from '../../graph/find.js';
import { sizesOf, type Fields } from '../../graph/fields.js';
import { buildSubgraph } from '../../graph/subgraph.js';
import type { Manifest } from '../manifest.js';
import { transfersContext, type TransfersContext } from './context.js';
import { PartnerTransfersResolver, RegionTransfersResolver } from './directory.resolver.js';
import { Outcome } from './outcome.entity.js';
import { OutcomeResolver } from './outcome.resolver.js';
import { PolicyInstrument } from './policy-instrument.entity.js';
import { policyInstrumentFields } from './policy-instrument.fields.js';
import { PolicyInstrumentResolver } from './policy-instrument.resolver.js';
import { GoodPracticeTransfersResolver } from './practices.resolver.js';
import { Transfer } from './transfer.entity.js';
import { TransferMutations } from './transfer.mutations.js';
import { TransferResolver } from './transfer.resolver.js';
import { transfersTranslations } from './translation.mutations.js';
import { transfersSeeds } from './transfers.seeds.js';
import { transferFields } from './transfer.fields.js';
import { outcomeFields } from './outcome.fields.js';

const fields: readonly Fields[] = [transferFields, outcomeFields, policyInstrumentFields];

/** What was carried where, and what came of it: transfers, their outcomes, and the policies that carry them. */
export const transfers: Manifest = {
  name: 'transfers',
  build: () =>
    buildSubgraph<TransfersContext>({
      name: 'transfers',
      sizes: sizesOf(fields),
      resolvers: [
        TransferResolver,
        TransferMutations,
        OutcomeResolver,
        PolicyInstrumentResolver,
        GoodPracticeTransfersResolver,
        PartnerTransfersResolver,
        RegionTransfersResolver,
        ...transfersTranslations,
      ],
      references: {
        Transfer: (key, { loaders }) => byReference(key, { id: loaders.transferById, slug: loaders.transferBySlug }),
        Outcome: (key, { loaders }) => byReference(key, { id: loaders.outcomeById }),
        PolicyInstrument: (key, { loaders }) =>
          byReference(key, { id: loaders.policyInstrumentById, slug: loaders.policyInstrumentBySlug }),
      },
    }),
  context: transfersContext,
  fields,
  entities: [PolicyInstrument, Transfer, Outcome],
  seeds: transfersSeeds,
};
