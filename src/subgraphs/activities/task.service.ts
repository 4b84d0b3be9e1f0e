import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { provenance, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Task } from './task.entity.js';
import type { TaskInput } from './task.inputs.js';

/** Creates or updates tasks by slug; one that is no longer listed stays. Saves nothing when an entry is wrong. */
export async function saveTasks(em: EntityManager, entries: TaskInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Task', entries, {
    project: 'Project',
    assignee: 'Partner',
    reviewedAt: 'Event',
  });
  if (errors.length > 0) return errors;
  const rows = entries.map((entry) => ({
    ...provenance(entry),
    id: idOf('Task', entry.slug),
    project: idOf('Project', entry.project),
    assignee: idOf('Partner', entry.assignee),
    reviewedAt: idOf('Event', entry.reviewedAt),
  }));
  await saveRecords(em, Task, rows);
  return [];
}
