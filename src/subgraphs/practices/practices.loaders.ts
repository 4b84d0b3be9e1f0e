import { sql } from 'kysely';
import { connectionsOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { idsBy, rowBy, rowsBy, rowsThrough } from '../../graph/fields.js';
import { manyBy } from '../../graph/loaders.js';
import { translationLoader } from '../../graph/translation.js';
import type { PublicationStatus } from '../record.fields.js';
import { pathsOf } from '../path.loaders.js';
import { completenessLoader } from './good-practice-completeness.loaders.js';
import type { WorkflowStatus } from './good-practice-workflow.fields.js';
import { goodPracticeFields, type GoodPracticeRow } from './good-practice.fields.js';
import { indicatorFields, type IndicatorRow } from './indicator.fields.js';
import { measurementFields, type MeasurementRow } from './measurement.fields.js';
import { projectThemes, themeFields, type ThemeRow } from './theme.fields.js';

/** One set per request: what it loads is cached for that request alone. */
export function practicesLoaders(read: Read) {
  const pathOf = pathsOf(read);
  const { edges } = goodPracticeFields;
  const practices = (parent: string | null) => connectionsOf<GoodPracticeRow>(read, goodPracticeFields, parent, pathOf);
  return {
    goodPracticeById: rowBy<GoodPracticeRow>(read, goodPracticeFields),
    goodPracticeBySlug: rowBy<GoodPracticeRow>(read, goodPracticeFields, 'slug'),
    goodPractices: practices(null),
    goodPracticesByOwner: practices('owner'),
    goodPracticesByProject: practices('project'),
    goodPracticesByRegion: practices('region'),
    goodPracticesByTheme: practices('theme'),
    regionsByPractice: idsBy(read, edges.regions),
    inspirationsByPractice: rowsThrough<GoodPracticeRow>(read, goodPracticeFields, edges.inspiredBy),
    completenessById: completenessLoader(read),
    workflowByPractice: workflowLoader(read),
    placesByPractice: idsBy(read, edges.places),
    themesByPractice: rowsThrough<ThemeRow>(read, themeFields, edges.themes),
    themesByProject: rowsThrough<ThemeRow>(read, themeFields, projectThemes),
    themeById: rowBy<ThemeRow>(read, themeFields),
    themeBySlug: rowBy<ThemeRow>(read, themeFields, 'slug'),
    themesByBroader: connectionsOf<ThemeRow>(read, themeFields, 'broader', pathOf),
    themesByRelated: rowsThrough<ThemeRow>(read, themeFields, themeFields.edges.related),
    themes: connectionsOf<ThemeRow>(read, themeFields, null, pathOf),
    indicatorById: rowBy<IndicatorRow>(read, indicatorFields),
    indicatorBySlug: rowBy<IndicatorRow>(read, indicatorFields, 'slug'),
    indicators: connectionsOf<IndicatorRow>(read, indicatorFields, null, pathOf),
    measurementById: rowBy<MeasurementRow>(read, measurementFields),
    measurementsByPractice: rowsBy<MeasurementRow>(read, measurementFields, 'practiceId', 't.position'),
    translations: translationLoader(read),
  };
}

interface StepRow {
  practiceId: string;
  from: WorkflowStatus;
  to: WorkflowStatus;
  publicationStatus: PublicationStatus | null;
  note: string | null;
  sourceUrl: string | null;
  at: string;
  account: string | null;
}

const workflowLoader = (read: Read) =>
  manyBy<StepRow>(
    read,
    (ids) =>
      read(sql<StepRow>`
        select practice_id as "practiceId", from_status as "from", to_status as "to", note, at,
          publication_status as "publicationStatus", source_url as "sourceUrl",
          goodgraph_account_at(practice_id, version) as account
        from good_practice_step
        where practice_id = any(${ids}::text[]) order by practice_id, position`),
    ({ practiceId }) => practiceId,
  );
