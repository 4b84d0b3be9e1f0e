import type { EntityManager } from '@mikro-orm/postgresql';
import { chained } from '../cycle.service.js';
import type { EntryError } from '../manifest.js';
import { provenance, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import type { PlaceInput } from './place.inputs.js';
import { Place } from './place.entity.js';

const parentEdge = { through: 'place', key: 'id', target: 'parent_id', table: 'place' };

/** Creates or updates places by slug; a place that is no longer listed stays. Saves nothing when an entry is wrong. */
export async function savePlaces(em: EntityManager, entries: PlaceInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Place', entries, { parent: 'Place', region: 'Region' });
  errors.push(...(await chained(em, entries, 'parent', parentEdge)).errors);
  if (errors.length > 0) return errors;
  const rows = entries.map(({ point, ...entry }) => ({
    ...provenance(entry),
    latitude: point?.latitude.toFixed(6) ?? null,
    longitude: point?.longitude.toFixed(6) ?? null,
    pointPrecision: point?.precision ?? null,
    id: idOf('Place', entry.slug),
    parent: idOf('Place', entry.parent),
    region: idOf('Region', entry.region),
  }));
  await saveRecords(em, Place, rows);
  return [];
}
