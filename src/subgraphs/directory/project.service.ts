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
const projectColumns = {
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
  const asked: readonly Change<ProjectInput>[] = entries;
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Project', asked, references);
  errors.push(...repeated(asked, 'programme', 'reference'));
  errors.push(...(await chained(em, asked, 'precededBy', precededByEdge)).errors);
  if (errors.length > 0) return errors;
  const saving = new Saving(em);
  const kind = { entity: Project, references, edges: {}, columns: projectColumns };
  const projects = asked.map((entry) => ({ ...entry, id: idOf('Project', entry.slug) }));
  await saveKind(saving, kind, projects, { idOf, isNew });
  await saving.end();
  return [];
}
