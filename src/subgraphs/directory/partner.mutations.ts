import { publicationSteps } from '../course.service.js';
import { mutationsOf } from '../mutations.js';
import { Partner } from './partner.entity.js';
import { partnerFields } from './partner.fields.js';
import { partnerEntered } from './partner.inputs.js';
import { partnerColumns, savePartners } from './partner.service.js';
import { PartnerObject } from './partner.type.js';

/** How partners are written: entered by reviewers and admins, and kept by the organisation itself. */
export const PartnerMutations = mutationsOf<Partner>({
  noun: 'partner',
  fields: partnerFields,
  entity: Partner,
  type: () => PartnerObject,
  loader: 'partnerById',
  entry: partnerEntered,
  columns: partnerColumns,
  namedBy: 'nameOriginal',
  initial: { publicationStatus: 'DRAFT' },
  save: savePartners,
  steps: publicationSteps('partner'),
});
