import { byReference } from '../../graph/find.js';
import { sizesOf, type Fields } from '../../graph/fields.js';
import { buildSubgraph } from '../../graph/subgraph.js';
import type { Manifest } from '../manifest.js';
import { directoryContext, type DirectoryContext } from './context.js';
import { Participation } from './participation.entity.js';
import { ParticipationMutations } from './participation.mutations.js';
import { ParticipationResolver } from './participation.resolver.js';
import { Partner } from './partner.entity.js';
import { PartnerMutations } from './partner.mutations.js';
import { PartnerContactMutations } from './partner-contact.mutations.js';
import { PartnerContactResolver } from './partner-contact.resolver.js';
import { PartnerResolver } from './partner.resolver.js';
import { Place } from './place.entity.js';
import { PlaceResolver } from './place.resolver.js';
import { Programme } from './programme.entity.js';
import { ProgrammeResolver } from './programme.resolver.js';
import { Project } from './project.entity.js';
import { ProjectResolver } from './project.resolver.js';
import { Region } from './region.entity.js';
import { RegionLinkResolver } from './region-link.resolver.js';
import { RegionResolver } from './region.resolver.js';
import { directoryTranslations } from './translation.mutations.js';
import { ViewerResolver } from './viewer.resolver.js';
import { directorySeeds } from './directory.seeds.js';
import { regionFields } from './region.fields.js';
import { placeFields } from './place.fields.js';
import { programmeFields } from './programme.fields.js';
import { partnerFields } from './partner.fields.js';
import { projectFields } from './project.fields.js';
import { participationFields } from './participation.fields.js';

const fields: readonly Fields[] = [
  regionFields,
  placeFields,
  programmeFields,
  partnerFields,
  projectFields,
  participationFields,
];

/** Who and where: regions, places, programmes, projects, partners and their participations. */
export const directory: Manifest = {
  name: 'directory',
  build: () =>
    buildSubgraph<DirectoryContext>({
      name: 'directory',
      sizes: sizesOf(fields),
      resolvers: [
        RegionResolver,
        RegionLinkResolver,
        PlaceResolver,
        ProgrammeResolver,
        ProjectResolver,
        PartnerResolver,
        PartnerMutations,
        PartnerContactResolver,
        PartnerContactMutations,
        ParticipationResolver,
        ParticipationMutations,
        ...directoryTranslations,
        ViewerResolver,
      ],
      references: {
        Region: (key, { loaders }) => byReference(key, { id: loaders.regionById, code: loaders.currentRegionByCode }),
        Place: (key, { loaders }) => byReference(key, { id: loaders.placeById, slug: loaders.placeBySlug }),
        Programme: (key, { loaders }) => byReference(key, { id: loaders.programmeById, slug: loaders.programmeBySlug }),
        Project: (key, { loaders }) => byReference(key, { id: loaders.projectById, slug: loaders.projectBySlug }),
        Partner: (key, { loaders }) => byReference(key, { id: loaders.partnerById, slug: loaders.partnerBySlug }),
        Participation: (key, { loaders }) => byReference(key, { id: loaders.participationById }),
      },
    }),
  context: directoryContext,
  // It is of one person and one moment.
  maxAges: { Viewer: 0 },
  fields,
  entities: [Region, Place, Programme, Partner, Project, Participation],
  seeds: directorySeeds,
};
