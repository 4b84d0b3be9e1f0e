import { z } from 'zod';
import { enteredInput, optional, recordInput, recordKey, slug, text } from '../record.inputs.js';
import { TaskKind, TaskStatus } from './task.fields.js';

/** What people write of a task, in seed files and forms alike. */
const written = {
  slug: slug.describe('Its readable key for good; made of the title where it is left out.'),
  title: text.max(200).describe('What is to be done, in at most 200 characters of plain text.'),
  project: recordKey.describe('The project that it belongs to, by slug or id.'),
  assignee: optional(recordKey).describe(
    'The organisation that has to do it, by slug or id; your own unless said. Only the lead partner names another, or null.',
  ),
  assigneeText: optional(text).describe('The same in words, such as "each partner", where it is not one.'),
  kind: optional(z.enum(TaskKind)).describe('What sort of work it is.'),
  reviewedAt: optional(recordKey).describe('The event at which its status was last reviewed, by slug or id.'),
};

const saidTwice = { path: ['assigneeText'], error: 'Assignee says it already. Keep one of them.' };
const isSaidOnce = ({ assignee, assigneeText }: { assignee: string | null; assigneeText: string | null }) =>
  assignee === null || assigneeText === null;

export const taskInput = z
  .strictObject({ ...written, status: optional(z.enum(TaskStatus)), ...recordInput })
  .refine(isSaidOnce, saidTwice);
export type TaskInput = z.output<typeof taskInput>;

/** A task as an assignee or the lead partner enters it: how far it has come is told step by step. */
export const taskEntered = z.strictObject({ ...written, ...enteredInput }).refine(isSaidOnce, saidTwice);
