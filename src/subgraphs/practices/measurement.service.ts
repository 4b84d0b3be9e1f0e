import type { EntityManager } from '@mikro-orm/postgresql';
import { seedId } from '../../graph/ids.js';
import { slugOf } from '../record.inputs.js';
import { dateColumns, saveRecords } from '../record.service.js';
import { records } from '../records.js';
import type { GoodPracticeInput } from './good-practice.inputs.js';
import { saveIndicators } from './indicator.service.js';
import { Measurement } from './measurement.entity.js';

type Measured = GoodPracticeInput & { id: string };

/** Makes the measurements of these practices those that they list; one that is no longer listed is deleted. */
export async function saveMeasurements(em: EntityManager, practices: Measured[]): Promise<void> {
  const indicatorOf = await saveIndicators(em, practices);
  const rows = practices.flatMap((practice) => rowsOf(practice, indicatorOf));
  const [ids, practiceIds] = [rows, practices].map((list) => list.map(({ id }) => id));
  await em.nativeDelete(Measurement, { practice: { $in: practiceIds }, id: { $nin: ids } });
  await saveRecords(em, Measurement, rows);
}

/** A figure is as sure as its practice, and from the same source unless it names its own. */
function rowsOf(
  { id, slug, source, confidence, origin, language, measurements }: Measured,
  indicatorOf: (name: string) => string,
) {
  const seen = new Map<string, number>();
  return measurements.map(({ indicator, unit: _unit, on, source: ownSource, ...figures }, position) => {
    // Not the position: a figure keeps its id when another one is put before it.
    const key = `${slug}/${slugOf(indicator)}`;
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return {
      ...figures,
      ...dateColumns('achievedOn', on),
      id: seedId(records.Measurement.prefix, `${key}/${occurrence}`),
      practice: id,
      indicator: indicatorOf(indicator),
      position,
      sourceUrl: ownSource ?? source,
      confidence,
      origin,
      language,
    };
  });
}
