import { z } from 'zod';
import {
  enteredInput,
  inOrder,
  money,
  optional,
  partialDate,
  recordInput,
  recordKey,
  regionCode,
  text,
} from '../record.inputs.js';
import { ParticipationRole } from './participation.fields.js';

/** What people write of a participation, in seed files and forms alike. */
const written = {
  project: recordKey.describe('The project, by slug or id.'),
  partner: recordKey.describe(
    'The organisation that takes part, by slug or id; your own unless said. Only the lead partner names another.',
  ),
  role: z.enum(ParticipationRole).describe('The part it takes; reviewers and admins name lead partners.'),
  roleLabel: optional(text).describe('The part in the words of the source, such as "coordinator".'),
  order: optional(z.int().min(1).max(999)).describe("The number in the project's own list of partners, from 1."),
  regionCodeAtTheTime: optional(regionCode).describe(
    'The region of its seat in the version of NUTS that was valid then, which need not name a region of today.',
  ),
  startDate: optional(partialDate).describe('Since when it takes part, as 2012, 2012-05 or 2012-05-31.'),
  endDate: optional(partialDate).describe('Until when it took part, as 2012, 2012-05 or 2012-05-31.'),
  budget: optional(money).describe("Its share of the project's budget."),
  replacedBy: optional(recordKey).describe('The organisation that took over this part, by slug or id.'),
};

export const participationInput = z.strictObject({ ...written, ...recordInput }).check(inOrder('startDate', 'endDate'));
export type ParticipationInput = z.output<typeof participationInput>;

/** A participation as the partner itself, or the lead partner, enters it. */
export const participationEntered = z
  .strictObject({ ...written, ...enteredInput })
  .check(inOrder('startDate', 'endDate'));
