import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { provenance, saveEdges, saveRecords } from '../record.service.js';
import { repeated, resolve, resolveWithSlugs } from '../reference.service.js';
import { Theme } from './theme.entity.js';
import { projectThemes } from './theme.fields.js';
import type { ProjectThemesInput, ThemeInput } from './theme.inputs.js';

/** Creates or updates themes by slug; one that is no longer listed stays. Saves nothing when an entry is wrong. */
export async function saveThemes(em: EntityManager, entries: ThemeInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Theme', entries);
  errors.push(...repeated(entries, 'scheme', 'notation'));
  if (errors.length > 0) return errors;
  await saveRecords(
    em,
    Theme,
    entries.map((entry) => ({ ...provenance(entry), id: idOf('Theme', entry.slug) })),
  );
  return [];
}

/** Gives each of these projects exactly these themes. */
export async function saveProjectThemes(em: EntityManager, entries: ProjectThemesInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolve(em, entries, { slug: 'Project', themes: 'Theme' });
  if (errors.length > 0) return errors;
  const edges = entries.map(({ slug, themes }) => ({
    id: idOf('Project', slug),
    targets: themes.map((theme) => idOf('Theme', theme)),
  }));
  await saveEdges(em, projectThemes, edges);
  return [];
}
