import { byReference } from '../../graph/find.js';
import { sizesOf, type Fields } from '../../graph/fields.js';
import { buildSubgraph } from '../../graph/subgraph.js';
import type { Manifest } from '../manifest.js';
import { ChangeResolver } from './change.resolver.js';
import { Claim } from './claim.entity.js';
import { claimFields } from './claim.fields.js';
import { ClaimMutations } from './claim.mutations.js';
import { ClaimResolver } from './claim.resolver.js';
import { provenanceContext, type ProvenanceContext } from './context.js';
import { provenanceSeeds } from './provenance.seeds.js';
import { recordResolvers, recordStubs } from './record.resolver.js';
import { revisionFields } from './revision.fields.js';
import { RevisionResolver } from './revision.resolver.js';
import { Source } from './source.entity.js';
import { sourceFields } from './source.fields.js';
import { SourceResolver } from './source.resolver.js';

const fields: readonly Fields[] = [sourceFields, claimFields, revisionFields];

/** Where what is known comes from: sources, what they claim, and what was changed when. */
export const provenance: Manifest = {
  name: 'provenance',
  build: () =>
    buildSubgraph<ProvenanceContext>({
      name: 'provenance',
      sizes: sizesOf(fields),
      resolvers: [ChangeResolver, SourceResolver, ClaimResolver, ClaimMutations, RevisionResolver, ...recordResolvers],
      orphanedTypes: recordStubs,
      references: {
        Source: (key, { loaders }) => byReference(key, { id: loaders.sourceById, slug: loaders.sourceBySlug }),
        Claim: (key, { loaders }) => byReference(key, { id: loaders.claimById }),
      },
    }),
  context: provenanceContext,
  fields,
  entities: [Source, Claim],
  seeds: provenanceSeeds,
};
