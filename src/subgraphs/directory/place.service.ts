import type { EntityManager } from '@mikro-orm/postgresql';
import { chained } from '../cycle.service.js';
import type { Lying } from '../entry.columns.js';
import { entryColumns, saveKind } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Saving } from '../saving.service.js';
import type { PlaceInput } from './place.inputs.js';
import { Place } from './place.entity.js';

const parentEdge = { through: 'place', key: 'id', target: 'parent_id', table: 'place' };

const references = { parent: 'Place', region: 'Region' } as const;

const point: Lying = {
  to: (value) => {
    const known = value as PlaceInput['point'];
    return {
      latitude: known?.latitude.toFixed(6) ?? null,
      longitude: known?.longitude.toFixed(6) ?? null,
      pointPrecision: known?.precision ?? null,
    };
  },
  from: ({ latitude, longitude, pointPrecision: precision }) =>
    latitude == null ? null : { latitude, longitude, precision },
};

/**
 * Creates or updates places by slug; a place that is no longer listed stays, and so does what a change leaves out. Saves
 * nothing when an entry is wrong.
 */
export async function savePlaces(
  em: EntityManager,
  entries: readonly (PlaceInput | Change<PlaceInput>)[],
): Promise<EntryError[]> {
  const asked: readonly Change<PlaceInput>[] = entries;
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Place', asked, references);
  errors.push(...(await chained(em, asked, 'parent', parentEdge)).errors);
  if (errors.length > 0) return errors;
  const saving = new Saving(em);
  const kind = { entity: Place, references, edges: {}, columns: { ...entryColumns, point } };
  const places = asked.map((entry) => ({ ...entry, id: idOf('Place', entry.slug) }));
  await saveKind(saving, kind, places, { idOf, isNew });
  await saving.end();
  return [];
}
