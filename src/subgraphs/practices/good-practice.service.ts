import type { EntityManager } from '@mikro-orm/postgresql';
import { chained } from '../cycle.service.js';
import type { EntryError } from '../manifest.js';
import { dateColumns, moneyColumns, provenance, saveEdges, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { saveTranslations } from '../translation.service.js';
import { GoodPractice } from './good-practice.entity.js';
import { goodPracticeFields } from './good-practice.fields.js';
import { translatedTexts, type GoodPracticeInput } from './good-practice.inputs.js';
import { saveWorkflows, workflowColumns } from './good-practice-workflow.service.js';
import { clashingMeasurements, saveMeasurements } from './measurement.service.js';

const references = {
  owner: 'Partner',
  identifiedIn: 'Project',
  validatedBy: 'Partner',
  inspiredBy: 'GoodPractice',
  regions: 'Region',
  places: 'Place',
  themes: 'Theme',
} as const;

/**
 * Creates or updates good practices by slug, with their measurements and indicators; a practice that is no longer
 * listed stays. Saves nothing when an entry is wrong.
 */
export async function saveGoodPractices(em: EntityManager, entries: GoodPracticeInput[]): Promise<EntryError[]> {
  const asked = entries.map((entry) => ({ ...entry, validatedBy: entry.validation?.by ?? null }));
  const { errors: unknown, idOf } = await resolveWithSlugs(em, 'GoodPractice', asked, references);
  const errors = unknown.map((error) =>
    error.field[0] === 'validatedBy' ? { ...error, field: ['validation', 'by'] } : error,
  );
  errors.push(
    ...(await chained(em, entries, 'inspiredBy', goodPracticeFields.edges.inspiredBy)).errors,
    ...(await clashingMeasurements(em, entries)),
  );
  if (errors.length > 0) return errors;
  const practices = asked.map((entry) => ({ ...entry, id: idOf('GoodPractice', entry.slug) }));
  const rows = practices.map((practice) => ({
    ...rowOf(practice),
    owner: idOf('Partner', practice.owner),
    identifiedIn: idOf('Project', practice.identifiedIn),
    validatedBy: idOf('Partner', practice.validatedBy),
  }));
  await saveRecords(em, GoodPractice, rows);
  for (const [edge, type] of [
    ['regions', 'Region'],
    ['places', 'Place'],
    ['themes', 'Theme'],
    ['inspiredBy', 'GoodPractice'],
  ] as const) {
    const edges = practices.map((practice) => ({
      id: practice.id,
      targets: practice[edge].map((key) => idOf(type, key)),
    }));
    await saveEdges(em, goodPracticeFields.edges[edge], edges);
  }
  for (const field of translatedTexts) await saveTranslations(em, field, textsOf(practices, field));
  await saveWorkflows(em, practices);
  await saveMeasurements(em, practices);
  return [];
}

/** One text of each practice in the languages into which it is translated. */
const textsOf = (practices: readonly (GoodPracticeInput & { id: string })[], field: (typeof translatedTexts)[number]) =>
  practices.map(({ id, translations }) => ({
    id,
    texts: Object.entries(translations).flatMap(([language, { [field]: text }]) =>
      text === null ? [] : [{ language, text }],
    ),
  }));

/** The columns of an entry: its value types laid flat, its edges and measurements left out. */
function rowOf(practice: GoodPracticeInput & { id: string }) {
  const { regions: _r, places: _p, themes: _t, inspiredBy: _i, measurements: _m, ...entry } = practice;
  const { start, end, ongoing, ongoingAsOf, cost, transferability, validation, resources, ...more } = entry;
  const { translations: _translations, workflow, ...rest } = more;
  return {
    ...provenance(rest),
    ...workflowColumns(workflow),
    ...dateColumns('startDate', start),
    ...dateColumns('endDate', end),
    isOngoing: ongoing,
    ...dateColumns('ongoingAsOf', ongoingAsOf),
    ...moneyColumns('cost', cost),
    costBasis: cost?.basis ?? null,
    resourcesText: resources,
    successFactors: transferability?.successFactors ?? null,
    prerequisites: transferability?.prerequisites ?? null,
    constraints: transferability?.constraints ?? null,
    adaptableParts: transferability?.adaptableParts ?? null,
    transferabilityRating: transferability?.rating ?? null,
    validationLevel: validation?.level ?? null,
    validatedByText: validation?.byText ?? null,
    ...dateColumns('validatedOn', validation?.at ?? null),
    validationOpinion: validation?.opinion ?? null,
  };
}
