import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { provenance, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Partner } from './partner.entity.js';
import type { PartnerInput } from './partner.inputs.js';

/** Creates or updates partners by slug; one that is no longer listed stays. Saves nothing when an entry is wrong. */
export async function savePartners(em: EntityManager, entries: PartnerInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Partner', entries, { place: 'Place', region: 'Region' });
  if (errors.length > 0) return errors;
  const rows = entries.map((entry) => ({
    ...provenance(entry),
    id: idOf('Partner', entry.slug),
    place: idOf('Place', entry.place),
    region: idOf('Region', entry.region),
  }));
  await saveRecords(em, Partner, rows);
  return [];
}
