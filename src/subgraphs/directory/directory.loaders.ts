import { connectionsOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { rowBy } from '../../graph/fields.js';
import { telling } from '../../graph/reads.js';
import { translationLoader } from '../../graph/translation.js';
import { pathsOf } from '../path.loaders.js';
import { participationFields, type ParticipationRow } from './participation.fields.js';
import { partnerContactLoaders } from './partner-contact.loaders.js';
import { partnerFields, type PartnerRow } from './partner.fields.js';
import { placeFields, type PlaceRow } from './place.fields.js';
import { programmeFields, type ProgrammeRow } from './programme.fields.js';
import { projectFields, type ProjectRow } from './project.fields.js';
import { currentVersion, regionFields, type RegionRow } from './region.fields.js';
import { regionByCodeLoader, regionLinkLoaders, versioned } from './region-link.loaders.js';

/** One set per request: what it loads is cached for that request alone. */
export function directoryLoaders(read: Read) {
  const pathOf = pathsOf(read);
  const regionByCode = regionByCodeLoader(read);
  return {
    regionById: rowBy<RegionRow>(read, regionFields),
    regionByCode,
    currentRegionByCode: telling(
      { load: (code: string) => regionByCode.load(versioned(currentVersion, code)) },
      { row: regionFields, column: 'code', where: regionFields.defaults.version },
    ),
    ...regionLinkLoaders(read),
    regionByPath: rowBy<RegionRow>(read, regionFields, 'path'),
    regions: connectionsOf<RegionRow>(read, regionFields, null, pathOf),
    regionsByParent: connectionsOf<RegionRow>(read, regionFields, 'parent', pathOf),
    regionsByAncestor: connectionsOf<RegionRow>(read, regionFields, 'ancestor', pathOf),
    placeById: rowBy<PlaceRow>(read, placeFields),
    placeBySlug: rowBy<PlaceRow>(read, placeFields, 'slug'),
    programmeById: rowBy<ProgrammeRow>(read, programmeFields),
    programmeBySlug: rowBy<ProgrammeRow>(read, programmeFields, 'slug'),
    programmes: connectionsOf<ProgrammeRow>(read, programmeFields, null, pathOf),
    partnerById: rowBy<PartnerRow>(read, partnerFields),
    partnerBySlug: rowBy<PartnerRow>(read, partnerFields, 'slug'),
    partners: connectionsOf<PartnerRow>(read, partnerFields, null, pathOf),
    ...partnerContactLoaders(read),
    partnersByRegion: connectionsOf<PartnerRow>(read, partnerFields, 'region', pathOf),
    projectById: rowBy<ProjectRow>(read, projectFields),
    projectBySlug: rowBy<ProjectRow>(read, projectFields, 'slug'),
    projects: connectionsOf<ProjectRow>(read, projectFields, null, pathOf),
    projectsByProgramme: connectionsOf<ProjectRow>(read, projectFields, 'programme', pathOf),
    participationById: rowBy<ParticipationRow>(read, participationFields),
    participationsByProject: connectionsOf<ParticipationRow>(read, participationFields, 'project', pathOf),
    participationsByPartner: connectionsOf<ParticipationRow>(read, participationFields, 'partner', pathOf),
    translations: translationLoader(read),
  };
}
