import type { EntityManager } from '@mikro-orm/postgresql';
import { chained } from '../cycle.service.js';
import type { EntryError } from '../manifest.js';
import { dateColumns, moneyColumns, provenance, saveRecords } from '../record.service.js';
import { repeated, resolveWithSlugs } from '../reference.service.js';
import { Project } from './project.entity.js';
import type { ProjectInput } from './project.inputs.js';

const precededByEdge = { through: 'project', key: 'id', target: 'preceded_by_id', table: 'project' };

/** Creates or updates projects by slug; one that is no longer listed stays. Saves nothing when an entry is wrong. */
export async function saveProjects(em: EntityManager, entries: ProjectInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Project', entries, {
    programme: 'Programme',
    precededBy: 'Project',
  });
  errors.push(...repeated(entries, 'programme', 'reference'));
  errors.push(...(await chained(em, entries, 'precededBy', precededByEdge)).errors);
  if (errors.length > 0) return errors;
  const rows = entries.map(({ startDate, endDate, budget, euContribution, themes: _themes, ...entry }) => ({
    ...provenance(entry),
    ...dateColumns('startDate', startDate),
    ...dateColumns('endDate', endDate),
    ...moneyColumns('budget', budget),
    ...moneyColumns('euContribution', euContribution),
    id: idOf('Project', entry.slug),
    programme: idOf('Programme', entry.programme),
    precededBy: idOf('Project', entry.precededBy),
  }));
  await saveRecords(em, Project, rows);
  return [];
}
