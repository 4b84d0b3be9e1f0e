import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { dateColumns, saveRecords } from '../record.service.js';
import { repeated, resolveWithSlugs } from '../reference.service.js';
import { Source } from './source.entity.js';
import type { SourceInput } from './source.inputs.js';

/**
 * Creates or updates sources by slug, or by address where records named one before it had a slug; a source that is no
 * longer listed stays. Saves nothing when an entry is wrong.
 */
export async function saveSources(em: EntityManager, entries: SourceInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Source', entries);
  errors.push(...repeated(entries, 'url'));
  if (errors.length > 0) return errors;
  const addresses = entries.flatMap(({ url }) => url ?? []);
  const stored = await em.find(Source, { url: { $in: addresses } });
  const ids = new Map(stored.map(({ url, id }) => [url, id]));
  const rows = entries.map(({ published, ...entry }) => ({
    ...entry,
    ...dateColumns('published', published),
    id: ids.get(entry.url) ?? idOf('Source', entry.slug),
  }));
  await saveRecords(em, Source, rows);
  return [];
}
