import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { provenance, saveEdges, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Transfer } from './transfer.entity.js';
import { transferFields } from './transfer.fields.js';
import type { TransferInput } from './transfer.inputs.js';

/** Creates or updates transfers by slug; one that is no longer listed stays. Saves nothing when an entry is wrong. */
export async function saveTransfers(em: EntityManager, entries: TransferInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Transfer', entries, {
    practices: 'GoodPractice',
    origins: 'Region',
    destination: 'Region',
    receiver: 'Partner',
    project: 'Project',
  });
  if (errors.length > 0) return errors;
  const transfers = entries.map((entry) => ({ ...entry, id: idOf('Transfer', entry.slug) }));
  const rows = transfers.map(({ practices: _practices, origins: _origins, ...entry }) => ({
    ...provenance(entry),
    destination: idOf('Region', entry.destination),
    receiver: idOf('Partner', entry.receiver),
    project: idOf('Project', entry.project),
  }));
  await saveRecords(em, Transfer, rows);
  for (const [edge, type] of [
    ['practices', 'GoodPractice'],
    ['origins', 'Region'],
  ] as const) {
    const edges = transfers.map((transfer) => ({
      id: transfer.id,
      targets: transfer[edge].map((key) => idOf(type, key)),
    }));
    await saveEdges(em, transferFields.edges[edge], edges);
  }
  return [];
}
