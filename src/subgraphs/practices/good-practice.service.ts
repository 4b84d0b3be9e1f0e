import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { dateColumns, moneyColumns, provenance, saveEdges, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { GoodPractice } from './good-practice.entity.js';
import { goodPracticeFields } from './good-practice.fields.js';
import type { GoodPracticeInput } from './good-practice.inputs.js';
import { clashingUnits } from './indicator.service.js';
import { saveMeasurements } from './measurement.service.js';

const references = {
  owner: 'Partner',
  identifiedIn: 'Project',
  regions: 'Region',
  places: 'Place',
  themes: 'Theme',
} as const;

/**
 * Creates or updates good practices by slug, with their measurements and indicators; a practice that is no longer
 * listed stays. Saves nothing when an entry is wrong.
 */
export async function saveGoodPractices(em: EntityManager, entries: GoodPracticeInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'GoodPractice', entries, references);
  errors.push(...(await clashingUnits(em, entries)));
  if (errors.length > 0) return errors;
  const practices = entries.map((entry) => ({ ...entry, id: idOf('GoodPractice', entry.slug) }));
  const rows = practices.map(
    ({ regions: _r, places: _p, themes: _t, measurements: _m, start, end, ongoing, ongoingAsOf, cost, ...entry }) => ({
      ...provenance(entry),
      ...dateColumns('startDate', start),
      ...dateColumns('endDate', end),
      isOngoing: ongoing,
      ...dateColumns('ongoingAsOf', ongoingAsOf),
      ...moneyColumns('cost', cost),
      costBasis: cost?.basis ?? null,
      owner: idOf('Partner', entry.owner),
      identifiedIn: idOf('Project', entry.identifiedIn),
    }),
  );
  await saveRecords(em, GoodPractice, rows);
  for (const [edge, type] of [
    ['regions', 'Region'],
    ['places', 'Place'],
    ['themes', 'Theme'],
  ] as const) {
    const edges = practices.map((practice) => ({
      id: practice.id,
      targets: practice[edge].map((key) => idOf(type, key)),
    }));
    await saveEdges(em, goodPracticeFields.edges[edge], edges);
  }
  await saveMeasurements(em, practices);
  return [];
}
