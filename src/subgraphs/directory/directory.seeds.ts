import { seedFile } from '../manifest.js';
import { participationInput } from './participation.inputs.js';
import { saveParticipations } from './participation.service.js';
import { partnerInput } from './partner.inputs.js';
import { savePartners } from './partner.service.js';
import { placeInput } from './place.inputs.js';
import { savePlaces } from './place.service.js';
import { programmeInput } from './programme.inputs.js';
import { saveProgrammes } from './programme.service.js';
import { projectInput } from './project.inputs.js';
import { saveProjects } from './project.service.js';
import { countryInput, englishNamesInput, regionInput } from './region.inputs.js';
import { regionLinkInput } from './region-link.inputs.js';
import { saveRegionLinks } from './region-link.service.js';
import { countriesFile, englishFile, saveRegions } from './region.service.js';

export const directorySeeds = [
  seedFile({
    file: 'regions/nuts-2024.tsv',
    entry: regionInput,
    beside: [
      { file: countriesFile, entry: countryInput },
      { file: englishFile, entry: englishNamesInput },
    ],
    save: saveRegions,
  }),
  ...[2010, 2021].map((version) =>
    seedFile({
      file: `regions/nuts-${version}-to-2024.tsv`,
      entry: regionLinkInput,
      save: (em, links) => saveRegionLinks(em, version, links),
    }),
  ),
  seedFile({ file: 'places.yaml', entry: placeInput, save: savePlaces }),
  seedFile({ file: 'programmes.yaml', entry: programmeInput, save: saveProgrammes }),
  seedFile({ file: 'partners.yaml', entry: partnerInput, save: savePartners }),
  seedFile({ file: 'projects.yaml', entry: projectInput, save: saveProjects }),
  seedFile({ file: 'participations.yaml', entry: participationInput, save: saveParticipations }),
];
