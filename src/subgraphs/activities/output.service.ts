import type { EntityManager } from '@mikro-orm/postgresql';
import { seedId } from '../../graph/ids.js';
import { dateIn, named } from '../entry.columns.js';
import { entryColumns, saveKind, saveParts } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { numbered } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { records } from '../records.js';
import { Saving } from '../saving.service.js';
import { Output } from './output.entity.js';
import { outputFields } from './output.fields.js';
import type { OutputInput } from './output.inputs.js';
import { OutputUpdate } from './output-update.entity.js';
import { inherited, partsOf, resolveParts } from './part.service.js';

const references = { project: 'Project', responsible: 'Partner', uses: 'Output' } as const;

/** How an entry lies in the columns of its output. */
export const outputColumns = {
  ...entryColumns,
  mainResult: named('isMainResult'),
  published: dateIn('publishedOn'),
  uses: null,
  updates: null,
};

/**
 * Creates or updates outputs by slug, with their status updates; an output that is no longer listed stays, and so does
 * what a change leaves out. Saves nothing when an entry is wrong.
 */
export async function saveOutputs(
  em: EntityManager,
  entries: readonly (OutputInput | Change<OutputInput>)[],
): Promise<EntryError[]> {
  const asked: readonly Change<OutputInput>[] = entries;
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Output', asked, references);
  const inUpdates = await resolveParts(em, partsOf(asked, 'updates'), { event: 'Event' });
  errors.push(...inUpdates.errors);
  if (errors.length > 0) return errors;
  const outputs = asked.map((entry) => ({ ...entry, id: idOf('Output', entry.slug) }));
  const saving = new Saving(em);
  const kind = { entity: Output, references, edges: outputFields.edges, columns: outputColumns };
  await saveKind(saving, kind, outputs, { idOf, isNew });
  await saveUpdates(em, saving, outputs, (event) => inUpdates.idOf('Event', event));
  await saving.end();
  return [];
}

/** Makes the updates of these outputs those that they list, where they list any; one that is no longer listed is deleted. */
async function saveUpdates(
  em: EntityManager,
  saving: Saving,
  outputs: readonly (Change<OutputInput> & { id: string })[],
  eventOf: (key: string | null) => string | null,
): Promise<void> {
  const told = outputs.filter(({ updates }) => updates !== undefined);
  const rows = told.flatMap((output) => {
    const { updates = [] } = output;
    const keys = numbered(updates.map(({ on }) => `${output.slug}/${on}`));
    return updates.map((update, position) => ({
      ...inherited(update, output),
      id: seedId(records.OutputUpdate.prefix, keys[position] as string),
      output: output.id,
      reportedOn: update.on,
      event: eventOf(update.event),
      status: update.status,
      note: update.note,
    }));
  });
  await saveParts(em, saving, { entity: OutputUpdate, whole: 'output' }, told, rows);
}
