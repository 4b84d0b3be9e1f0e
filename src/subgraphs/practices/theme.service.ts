import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { EntryError } from '../manifest.js';
import { chained } from '../cycle.service.js';
import { saveEdges, saveRecords } from '../record.service.js';
import { repeated, resolve, resolveWithSlugs } from '../reference.service.js';
import { saveTranslations } from '../translation.service.js';
import { Theme } from './theme.entity.js';
import { projectThemes, themeFields } from './theme.fields.js';
import type { ProjectThemesInput, ThemeInput } from './theme.inputs.js';

const broaderEdge = { through: 'theme', key: 'id', target: 'broader_id', table: 'theme' };

/** Creates or updates themes by slug; one that is no longer listed stays. Saves nothing when an entry is wrong. */
export async function saveThemes(em: EntityManager, entries: ThemeInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Theme', entries, { broader: 'Theme', related: 'Theme' });
  errors.push(...repeated(entries, 'scheme', 'notation'));
  // Broader ones first, for a theme's path begins with that of its broader one.
  const { order, errors: cycles } = await chained(em, entries, 'broader', broaderEdge);
  errors.push(...cycles);
  if (errors.length > 0) return errors;
  const themes = order.map((entry) => ({ ...entry, id: idOf('Theme', entry.slug) }));
  const rows = themes.map(({ labels: _labels, related: _related, source, alternativeLabels, ...entry }) => ({
    ...entry,
    sourceUrl: source,
    alternativeLabels: Object.entries(alternativeLabels).map(([language, labels]) => ({ language, labels })),
    broader: idOf('Theme', entry.broader),
  }));
  await leaveBroader(em, rows);
  await saveRecords(em, Theme, rows);
  await saveEdges(
    em,
    themeFields.edges.related,
    bothWays(themes).map(({ id, related }) => ({ id, targets: related.map((key) => idOf('Theme', key)) })),
  );
  const ids = themes.map(({ id }) => id);
  const labels = themes.flatMap(({ id, labels: others }) =>
    Object.entries(others).map(([language, text]) => ({ id, field: 'label', language, text })),
  );
  await saveTranslations(em, { ids, fields: ['label'] }, labels);
  return [];
}

/** Takes themes that move out of where they are: two that change places would be a cycle for a moment. */
async function leaveBroader(em: EntityManager, rows: readonly { id: string; broader: string | null }[]): Promise<void> {
  await sql`update theme t set broader_id = null
    from jsonb_to_recordset(${JSON.stringify(rows.map(({ id, broader }) => ({ id, broader })))}::jsonb) as w (id text, broader text)
    where t.id = w.id and t.broader_id is not null and t.broader_id is distinct from w.broader`.execute(
    em.getKysely<unknown>(),
  );
}

/** Related is related both ways, whichever of two entries says so. */
function bothWays<Entry extends { slug: string; related: string[] }>(entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => {
    const others = entries.filter(({ related }) => related.includes(entry.slug)).map(({ slug }) => slug);
    return { ...entry, related: [...new Set([...entry.related, ...others])] };
  });
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
