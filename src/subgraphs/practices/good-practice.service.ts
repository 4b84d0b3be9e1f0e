import type { EntityManager } from '@mikro-orm/postgresql';
import { chained } from '../cycle.service.js';
import { beside, columnsOf, dateIn, flat, moneyIn, named, type Lie } from '../entry.columns.js';
import { figuresOf, figureSources } from '../figure.service.js';
import type { Change, EntryError } from '../manifest.js';
import { resolveWithSlugs } from '../reference.service.js';
import { keysOf, Saving, type Row } from '../saving.service.js';
import { saveTranslations } from '../translation.service.js';
import { GoodPractice } from './good-practice.entity.js';
import { goodPracticeFields } from './good-practice.fields.js';
import { translatedTexts, type GoodPracticeInput } from './good-practice.inputs.js';
import { saveWorkflows, workflowColumns } from './good-practice-workflow.service.js';
import { measurements } from './measurement.service.js';

const references = {
  owner: 'Partner',
  identifiedIn: 'Project',
  validatedBy: 'Partner',
  inspiredBy: 'GoodPractice',
  regions: 'Region',
  places: 'Place',
  themes: 'Theme',
} as const;

const edges = ['regions', 'places', 'themes', 'inspiredBy'] as const;

export const validationColumns = flat({
  level: 'validationLevel',
  by: 'validatedBy',
  byText: 'validatedByText',
  at: dateIn('validatedOn'),
  opinion: 'validationOpinion',
});

/** How an entry lies in the columns of its practice. */
export const goodPracticeColumns: Lie = {
  regions: null,
  places: null,
  themes: null,
  inspiredBy: null,
  measurements: null,
  translations: null,
  workflow: null,
  validatedBy: null,
  mainSource: null,
  source: named('sourceUrl'),
  start: dateIn('startDate'),
  end: dateIn('endDate'),
  ongoing: named('isOngoing'),
  ongoingAsOf: dateIn('ongoingAsOf'),
  cost: beside(moneyIn('cost'), flat({ basis: 'costBasis' })),
  resources: named('resourcesText'),
  transferability: flat({
    successFactors: 'successFactors',
    prerequisites: 'prerequisites',
    constraints: 'constraints',
    adaptableParts: 'adaptableParts',
    rating: 'transferabilityRating',
  }),
  validation: validationColumns,
};

/**
 * Creates or updates good practices by slug, with their measurements and indicators; a practice that is no longer
 * listed stays, and so does what a change leaves out. Saves nothing when an entry is wrong.
 */
export async function saveGoodPractices(
  em: EntityManager,
  entries: readonly (GoodPracticeInput | Change<GoodPracticeInput>)[],
): Promise<EntryError[]> {
  const asked: (Change<GoodPracticeInput> & { validatedBy?: string | null })[] = entries.map((entry) => ({
    ...entry,
    ...(entry.validation !== undefined && { validatedBy: entry.validation?.by ?? null }),
  }));
  const { errors: unknown, idOf, isNew } = await resolveWithSlugs(em, 'GoodPractice', asked, references);
  const measured = asked.map((entry) => ({
    ...entry,
    figures: entry.measurements,
    page: entry.source ?? entry.mainSource,
  }));
  const figures = await figuresOf(em, measurements, measured);
  const errors = unknown.map((error) =>
    error.field[0] === 'validatedBy' ? { ...error, field: ['validation', 'by'] } : error,
  );
  errors.push(
    ...(await chained(em, entries, 'inspiredBy', goodPracticeFields.edges.inspiredBy)).errors,
    ...figures.errors,
  );
  if (errors.length > 0) return errors;
  const practices = measured.map((entry) => ({ ...entry, id: idOf('GoodPractice', entry.slug) }));
  const saving = new Saving(em);
  await saving.nameSources(figureSources(practices).concat(practices.flatMap(keysOf)), practices[0]?.origin);
  const rows = practices.map(({ figures: _figures, page: _page, ...practice }) => ({
    ...columnsOf(practice, goodPracticeColumns),
    ...workflowColumns(practice.workflow ?? null),
    ...(practice.owner !== undefined && { owner: idOf('Partner', practice.owner) }),
    ...(practice.identifiedIn !== undefined && { identifiedIn: idOf('Project', practice.identifiedIn) }),
    ...(practice.validatedBy !== undefined && { validatedBy: idOf('Partner', practice.validatedBy) }),
    id: practice.id,
  }));
  await saving.records(GoodPractice, rows as Row<GoodPractice>[], isNew);
  for (const edge of edges)
    saving.link(
      goodPracticeFields.edges[edge],
      practices.flatMap(({ id, [edge]: keys }) =>
        keys ? [{ id, targets: keys.map((key) => idOf(references[edge], key)) }] : [],
      ),
    );
  await figures.save(saving, practices);
  await saving.end();
  await saveTexts(em, practices, saving);
  await saveWorkflows(em, practices, (id) => saving.isNew(id));
  return [];
}

/** Makes the translations of the practices that tell any, or had some, those that they tell. */
async function saveTexts(
  em: EntityManager,
  practices: readonly (Change<GoodPracticeInput> & { id: string })[],
  saving: Saving,
): Promise<void> {
  const texts = practices.flatMap(({ id, translations = {} }) =>
    Object.entries(translations).flatMap(([language, translated]) =>
      translatedTexts.flatMap((field) => {
        const text = translated[field];
        return text === null ? [] : [{ id, field, language, text }];
      }),
    ),
  );
  const ids = practices.flatMap(({ id, translations }) =>
    translations && (Object.keys(translations).length > 0 || !saving.isNew(id)) ? [id] : [],
  );
  await saveTranslations(em, { ids, fields: translatedTexts }, texts);
}
