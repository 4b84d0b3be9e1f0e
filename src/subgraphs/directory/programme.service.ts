import type { EntityManager } from '@mikro-orm/postgresql';
import { moneyIn } from '../entry.columns.js';
import { entryColumns, saveKind } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Saving } from '../saving.service.js';
import { Programme } from './programme.entity.js';
import type { ProgrammeInput } from './programme.inputs.js';

/**
 * Creates or updates programmes by slug; one that is no longer listed stays, and so does what a change leaves out. Saves
 * nothing when an entry is wrong.
 */
export async function saveProgrammes(
  em: EntityManager,
  entries: readonly (ProgrammeInput | Change<ProgrammeInput>)[],
): Promise<EntryError[]> {
  const asked: readonly Change<ProgrammeInput>[] = entries;
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Programme', asked);
  if (errors.length > 0) return errors;
  const saving = new Saving(em);
  const kind = {
    entity: Programme,
    references: {},
    edges: {},
    columns: { ...entryColumns, budget: moneyIn('budget') },
  };
  const programmes = asked.map((entry) => ({ ...entry, id: idOf('Programme', entry.slug) }));
  await saveKind(saving, kind, programmes, { idOf, isNew });
  await saving.end();
  return [];
}
