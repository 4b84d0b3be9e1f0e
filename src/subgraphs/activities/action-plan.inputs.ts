import { z } from 'zod';
import { day, listOf, optional, recordInput, slug, text } from '../record.inputs.js';
import { ActionPlanStatus } from './action-plan.fields.js';
import { partInput } from './part.inputs.js';

const actionInput = z.strictObject({
  title: text,
  /** The slug of the transfer that the action carries out. */
  transfer: optional(slug),
  ...partInput,
});

export const actionPlanInput = z
  .strictObject({
    slug,
    title: text,
    /** Which version it is, as the source says. */
    versionLabel: optional(text),
    project: slug,
    /** The slug of the partner that proposed it. */
    proposedBy: optional(slug),
    status: optional(z.enum(ActionPlanStatus)),
    /** The day for which the source told the status. */
    statusOn: optional(day),
    /** Slugs of the partners that are for it. */
    endorsedBy: listOf(slug),
    /** The same in words, such as "all project partners", where the source does not name them. */
    endorsedByText: optional(text),
    note: optional(text),
    actions: z.array(actionInput).default([]),
    ...recordInput,
  })
  .refine(({ status, statusOn }) => status !== null || statusOn === null, {
    path: ['status'],
    error: 'It is missing. Say what the status was on that day, or leave statusOn out.',
  });
export type ActionPlanInput = z.output<typeof actionPlanInput>;
