import type { EntityManager } from '@mikro-orm/postgresql';
import { seedId } from '../../graph/ids.js';
import type { EntryError } from '../manifest.js';
import { dateColumns, numbered, provenance, saveEdges, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { records } from '../records.js';
import { Output } from './output.entity.js';
import { outputFields } from './output.fields.js';
import type { OutputInput } from './output.inputs.js';
import { OutputUpdate } from './output-update.entity.js';
import { inherited, partsOf, resolveParts } from './part.service.js';

const references = { project: 'Project', responsible: 'Partner', uses: 'Output' } as const;

/**
 * Creates or updates outputs by slug, with their status updates; an output that is no longer listed stays. Saves
 * nothing when an entry is wrong.
 */
export async function saveOutputs(em: EntityManager, entries: OutputInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Output', entries, references);
  const inUpdates = await resolveParts(em, partsOf(entries, 'updates'), { event: 'Event' });
  errors.push(...inUpdates.errors);
  if (errors.length > 0) return errors;
  const outputs = entries.map((entry) => ({ ...entry, id: idOf('Output', entry.slug) }));
  const rows = outputs.map(({ uses: _uses, updates: _updates, mainResult, published, ...entry }) => ({
    ...provenance(entry),
    ...dateColumns('publishedOn', published),
    isMainResult: mainResult,
    project: idOf('Project', entry.project),
    responsible: idOf('Partner', entry.responsible),
  }));
  await saveRecords(em, Output, rows);
  const edges = outputs.map(({ id, uses }) => ({ id, targets: uses.map((key) => idOf('Output', key)) }));
  await saveEdges(em, outputFields.edges.uses, edges);
  await saveUpdates(em, outputs, (event) => inUpdates.idOf('Event', event));
  return [];
}

/** Makes the updates of these outputs those that they list; one that is no longer listed is deleted. */
async function saveUpdates(
  em: EntityManager,
  outputs: (OutputInput & { id: string })[],
  eventOf: (slug: string | null) => string | null,
): Promise<void> {
  const rows = outputs.flatMap((output) => {
    const keys = numbered(output.updates.map(({ on }) => `${output.slug}/${on}`));
    return output.updates.map((update, position) => ({
      ...inherited(update, output),
      id: seedId(records.OutputUpdate.prefix, keys[position] as string),
      output: output.id,
      reportedOn: update.on,
      event: eventOf(update.event),
      status: update.status,
      note: update.note,
    }));
  });
  await em.nativeDelete(OutputUpdate, {
    output: { $in: outputs.map(({ id }) => id) },
    id: { $nin: rows.map(({ id }) => id) },
  });
  await saveRecords(em, OutputUpdate, rows);
}
