import { seedFile } from '../manifest.js';
import { claimsInput } from './claim.inputs.js';
import { saveClaims } from './claim.service.js';
import { sourceInput } from './source.inputs.js';
import { saveSources } from './source.service.js';

export const provenanceSeeds = [
  seedFile({ file: 'sources.yaml', isFirst: true, entry: sourceInput, save: saveSources }),
  seedFile({ file: 'claims.yaml', entry: claimsInput, save: saveClaims }),
];
