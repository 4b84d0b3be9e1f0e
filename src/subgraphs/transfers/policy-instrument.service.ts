import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { provenance, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { PolicyInstrument } from './policy-instrument.entity.js';
import type { PolicyInstrumentInput } from './policy-instrument.inputs.js';

/** Creates or updates policy instruments by slug; one that is no longer listed stays. Saves nothing when one is wrong. */
export async function savePolicyInstruments(
  em: EntityManager,
  entries: PolicyInstrumentInput[],
): Promise<EntryError[]> {
  const references = { region: 'Region', responsible: 'Partner' } as const;
  const { errors, idOf } = await resolveWithSlugs(em, 'PolicyInstrument', entries, references);
  if (errors.length > 0) return errors;
  const rows = entries.map((entry) => ({
    ...provenance(entry),
    id: idOf('PolicyInstrument', entry.slug),
    region: idOf('Region', entry.region),
    responsible: idOf('Partner', entry.responsible),
  }));
  await saveRecords(em, PolicyInstrument, rows);
  return [];
}
