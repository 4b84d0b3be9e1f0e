import type { EntityManager } from '@mikro-orm/postgresql';
import type { UserError } from '../../graph/errors.js';
import { refusalsOf, type Course } from '../course.service.js';
import { entryColumns, saveKind } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import type { StepInput } from '../mutations.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Saving } from '../saving.service.js';
import { Task } from './task.entity.js';
import type { TaskStatus } from './task.fields.js';
import type { TaskInput } from './task.inputs.js';

const references = { project: 'Project', assignee: 'Partner', reviewedAt: 'Event' } as const;

/** How an entry lies in the columns of its task. */
export const taskColumns = entryColumns;

/**
 * Creates or updates tasks by slug; one that is no longer listed stays, and so does what a change leaves out. Saves
 * nothing when an entry is wrong.
 */
export async function saveTasks(
  em: EntityManager,
  entries: readonly (TaskInput | Change<TaskInput>)[],
): Promise<EntryError[]> {
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Task', entries, references);
  if (errors.length > 0) return errors;
  const tasks = entries.map((entry) => ({ ...entry, id: idOf('Task', entry.slug) }));
  const saving = new Saving(em);
  await saveKind(saving, { entity: Task, references, edges: {}, columns: taskColumns }, tasks, { idOf, isNew });
  await saving.end();
  return [];
}

const course: Course<TaskStatus> = {
  noun: 'task',
  next: {
    OPEN: ['IN_PROGRESS', 'DONE', 'CANCELLED'],
    IN_PROGRESS: ['DONE', 'CANCELLED'],
    DONE: ['OPEN'],
    CANCELLED: ['OPEN'],
  },
  explained: ['CANCELLED', 'OPEN'],
};

/** Moves a task that is held on. Returns what was wrong; its revisions tell who did it, and why. */
export async function advanceTask(
  em: EntityManager,
  task: Task,
  to: TaskStatus,
  { note }: StepInput,
): Promise<UserError[]> {
  const refusals = refusalsOf(course, task.status ?? null, to, note);
  if (refusals.length > 0) return refusals;
  em.assign(task, { status: to });
  await em.flush();
  return [];
}
