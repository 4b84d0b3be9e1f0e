import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { clashingFigures, figureRows, type FigureKind } from '../figure.service.js';
import type { EntryError } from '../manifest.js';
import { saveRecords } from '../record.service.js';
import type { GoodPracticeInput } from './good-practice.inputs.js';
import { Measurement } from './measurement.entity.js';

const kind: FigureKind = {
  type: 'Measurement',
  field: 'measurements',
  elsewhere: (slugs) => sql`exists (select from measurement m join good_practice g on g.id = m.practice_id
    where m.indicator_id = i.id and g.slug <> all(${slugs}::text[]))`,
};

const measured = <Practice extends GoodPracticeInput>(practices: readonly Practice[]) =>
  practices.map((practice) => ({ ...practice, figures: practice.measurements }));

/** Measurements that do not go with their indicator. */
export const clashingMeasurements = (em: EntityManager, practices: GoodPracticeInput[]): Promise<EntryError[]> =>
  clashingFigures(em, kind, measured(practices));

/** Makes the measurements of these practices those that they list; one that is no longer listed is deleted. */
export async function saveMeasurements(
  em: EntityManager,
  practices: (GoodPracticeInput & { id: string })[],
): Promise<void> {
  const figures = await figureRows(em, kind, measured(practices));
  const rows = figures.map(({ entry, columns }) => ({ ...columns, practice: entry.id }));
  const [ids, practiceIds] = [rows, practices].map((list) => list.map(({ id }) => id));
  await em.nativeDelete(Measurement, { practice: { $in: practiceIds }, id: { $nin: ids } });
  await saveRecords(em, Measurement, rows);
}
