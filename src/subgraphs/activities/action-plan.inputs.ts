import { z } from 'zod';
import { day, enteredInput, listOf, optional, recordInput, recordKey, slug, text } from '../record.inputs.js';
import { ActionPlanStatus } from './action-plan.fields.js';
import { partInput } from './part.inputs.js';

const actionInput = z
  .strictObject({
    title: text.max(200).describe('What is to be done, in at most 200 characters of plain text.'),
    transfer: optional(recordKey).describe('The transfer that the action carries out, by slug or id.'),
    ...partInput,
  })
  .meta({ title: 'ActionInput', description: 'One thing that an action plan sets out to do.' });

/** What people write of an action plan, in seed files and forms alike. */
const written = {
  slug: slug.describe('Its readable key for good; made of the title where it is left out.'),
  title: text.max(200).describe('What it is called, in at most 200 characters of plain text.'),
  versionLabel: optional(text).describe('Which version it is, in the words of its authors.'),
  project: recordKey.describe('The project that it comes from, by slug or id.'),
  proposedBy: optional(recordKey).describe('The organisation that proposes it, by slug or id; your own unless said.'),
  note: optional(text).describe('What else a reader must know of it.'),
  actions: z.array(actionInput).default([]).describe('What it sets out to do, in its order.'),
};

/** What no form holds: what others make of it. */
const told = {
  status: optional(z.enum(ActionPlanStatus)),
  /** The day for which the source told the status. */
  statusOn: optional(day),
  /** The partners that are for it. */
  endorsedBy: listOf(recordKey),
  /** The same in words, such as "all project partners", where the source does not name them. */
  endorsedByText: optional(text),
};

export const actionPlanInput = z
  .strictObject({ ...written, ...told, ...recordInput })
  .refine(({ status, statusOn }) => status !== null || statusOn === null, {
    path: ['status'],
    error: 'It is missing. Say what the status was on that day, or leave statusOn out.',
  });
export type ActionPlanInput = z.output<typeof actionPlanInput>;

/** An action plan as its proposer enters it. */
export const actionPlanEntered = z.strictObject({ ...written, ...enteredInput });

/** What a step of a plan says beside a note and a source. */
export const actionPlanStep = {
  on: optional(day).describe('The day on which it came to that, as 2012-05-31; today unless said.'),
};
