import type { EntityManager } from '@mikro-orm/postgresql';
import { moneyIn } from '../entry.columns.js';
import { entryColumns, saveKind } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Saving } from '../saving.service.js';
import { Programme } from './programme.entity.js';
import type { ProgrammeInput } from './programme.inputs.js';

/** How an entry lies in the columns of its programme. */
const columns = { ...entryColumns, budget: moneyIn('budget') };

/**
 * Creates or updates programmes by slug; one that is no longer listed stays, and so does what a change leaves out. Saves
 * nothing when an entry is wrong.
 */
export async function saveProgrammes(
  em: EntityManager,
  entries: readonly (ProgrammeInput | Change<ProgrammeInput>)[],
): Promise<EntryError[]> {
  const changes: readonly Change<ProgrammeInput>[] = entries;
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Programme', changes);
  if (errors.length > 0) return errors;
  const programmes = changes.map((entry) => ({ ...entry, id: idOf('Programme', entry.slug) }));
  const saving = new Saving(em);
  await saveKind(saving, { entity: Programme, references: {}, edges: {}, columns }, programmes, { idOf, isNew });
  await saving.end();
  return [];
}
