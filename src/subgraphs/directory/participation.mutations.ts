import { mutationsOf } from '../mutations.js';
import { publicationSteps } from '../publication.service.js';
import { Participation } from './participation.entity.js';
import { participationFields } from './participation.fields.js';
import { participationEntered } from './participation.inputs.js';
import { participationColumns, saveParticipations } from './participation.service.js';
import { ParticipationType } from './participation.type.js';

/** How participations are written: by the partner itself and by the lead partner, who alone opens them: they give rights. */
export const ParticipationMutations = mutationsOf<Participation>({
  noun: 'participation',
  fields: participationFields,
  entity: Participation,
  type: () => ParticipationType,
  loader: 'participationById',
  entry: participationEntered,
  columns: participationColumns,
  owner: 'partner',
  ledBy: 'project',
  initial: { publicationStatus: 'DRAFT' },
  together: [['startDate', 'endDate']],
  save: saveParticipations,
  steps: publicationSteps('participation'),
});
