import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { moneyColumns, provenance, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Programme } from './programme.entity.js';
import type { ProgrammeInput } from './programme.inputs.js';

/** Creates or updates programmes by slug; one that is no longer listed stays. Saves nothing when an entry is wrong. */
export async function saveProgrammes(em: EntityManager, entries: ProgrammeInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Programme', entries);
  if (errors.length > 0) return errors;
  const rows = entries.map(({ budget, ...entry }) => ({
    ...provenance(entry),
    ...moneyColumns('budget', budget),
    id: idOf('Programme', entry.slug),
  }));
  await saveRecords(em, Programme, rows);
  return [];
}
