import { z } from 'zod';
import { optional, recordInput, slug, text } from '../record.inputs.js';
import { TaskKind, TaskStatus } from './task.fields.js';

export const taskInput = z
  .strictObject({
    slug,
    title: text,
    project: slug,
    /** The slug of the partner that has to do it. */
    assignee: optional(slug),
    /** The same in words, such as "each partner", where it is not one. */
    assigneeText: optional(text),
    kind: optional(z.enum(TaskKind)),
    status: optional(z.enum(TaskStatus)),
    /** The slug of the event at which its status was last reviewed. */
    reviewedAt: optional(slug),
    ...recordInput,
  })
  .refine(({ assignee, assigneeText }) => assignee === null || assigneeText === null, {
    path: ['assigneeText'],
    error: 'Assignee says it already. Keep one of them.',
  });
export type TaskInput = z.output<typeof taskInput>;
