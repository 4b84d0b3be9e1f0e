import { z } from 'zod';
import { inOrder, money, optional, partialDate, recordInput, regionCode, slug, text } from '../record.inputs.js';
import { ParticipationRole } from './participation.fields.js';

export const participationInput = z
  .strictObject({
    project: slug,
    partner: slug,
    role: z.enum(ParticipationRole),
    /** As the source says it, such as "coordinator". */
    roleLabel: optional(text),
    /** The number in the project's own list of partners. */
    order: optional(z.int().min(1).max(999)),
    /** In the version of NUTS that was valid then, so it need not name a region of today. */
    regionCodeAtTheTime: optional(regionCode),
    startDate: optional(partialDate),
    endDate: optional(partialDate),
    budget: optional(money),
    /** The partner that took over this part. */
    replacedBy: optional(slug),
    ...recordInput,
  })
  .check(inOrder('startDate', 'endDate'));
export type ParticipationInput = z.output<typeof participationInput>;
