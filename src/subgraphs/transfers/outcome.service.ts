import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { clashingFigures, figureRows, type FigureKind } from '../figure.service.js';
import type { EntryError } from '../manifest.js';
import { saveRecords } from '../record.service.js';
import { Outcome } from './outcome.entity.js';
import type { TransferInput } from './transfer.inputs.js';

const kind: FigureKind = {
  type: 'Outcome',
  field: 'outcomes',
  elsewhere: (slugs) => sql`exists (select from measurement m where m.indicator_id = i.id)
    or exists (select from outcome o join transfer t on t.id = o.transfer_id
      where o.indicator_id = i.id and t.slug <> all(${slugs}::text[]))`,
};

const measured = <Transfer extends TransferInput>(transfers: readonly Transfer[]) =>
  transfers.map((transfer) => ({ ...transfer, figures: transfer.outcomes }));

/** Outcomes that do not go with their indicator. */
export const clashingOutcomes = (em: EntityManager, transfers: TransferInput[]): Promise<EntryError[]> =>
  clashingFigures(em, kind, measured(transfers));

/** Makes the outcomes of these transfers those that they list; one that is no longer listed is deleted. */
export async function saveOutcomes(em: EntityManager, transfers: (TransferInput & { id: string })[]): Promise<void> {
  const figures = await figureRows(em, kind, measured(transfers));
  const rows = figures.map(({ entry, columns }) => ({ ...columns, transfer: entry.id }));
  const [ids, transferIds] = [rows, transfers].map((list) => list.map(({ id }) => id));
  await em.nativeDelete(Outcome, { transfer: { $in: transferIds }, id: { $nin: ids } });
  await saveRecords(em, Outcome, rows);
}
