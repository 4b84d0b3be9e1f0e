import type { EntityManager } from '@mikro-orm/postgresql';
import { chained } from '../cycle.service.js';
import { dateIn, moneyIn } from '../entry.columns.js';
import { entryColumns, saveKind } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { repeated, resolveWithSlugs } from '../reference.service.js';
import { Saving } from '../saving.service.js';
import { Project } from './project.entity.js';
import type { ProjectInput } from './project.inputs.js';

const precededByEdge = { through: 'project', key: 'id', target: 'preceded_by_id', table: 'project' };
const references = { programme: 'Programme', precededBy: 'Project' } as const;

/** How an entry lies in the columns of its project; its themes are saved by the subgraph that owns themes. */
const columns = {
  ...entryColumns,
  startDate: dateIn('startDate'),
  endDate: dateIn('endDate'),
  budget: moneyIn('budget'),
  euContribution: moneyIn('euContribution'),
  themes: null,
};

/**
 * Creates or updates projects by slug; one that is no longer listed stays, and so does what a change leaves out. Saves
 * nothing when an entry is wrong.
 */
export async function saveProjects(
  em: EntityManager,
  entries: readonly (ProjectInput | Change<ProjectInput>)[],
): Promise<EntryError[]> {
  const changes: readonly Change<ProjectInput>[] = entries;
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Project', changes, references);
  errors.push(...repeated(changes, 'programme', 'reference'));
  errors.push(...(await chained(em, changes, 'precededBy', precededByEdge)).errors);
  if (errors.length > 0) return errors;
  const projects = changes.map((entry) => ({ ...entry, id: idOf('Project', entry.slug) }));
  const saving = new Saving(em);
  await saveKind(saving, { entity: Project, references, edges: {}, columns }, projects, { idOf, isNew });
  await saving.end();
  return [];
}
