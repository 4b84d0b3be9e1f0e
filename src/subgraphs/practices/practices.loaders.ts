import { connectionsOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { idsBy, rowBy, rowsBy, rowsThrough } from '../../graph/fields.js';
import { pathLoader } from '../../graph/subtree.js';
import { translationLoader } from '../../graph/translation.js';
import { regionTree } from '../directory/region.fields.js';
import { goodPracticeFields, type GoodPracticeRow } from './good-practice.fields.js';
import { indicatorFields, type IndicatorRow } from './indicator.fields.js';
import { measurementFields, type MeasurementRow } from './measurement.fields.js';
import { projectThemes, themeFields, type ThemeRow } from './theme.fields.js';

/** One set per request: what it loads is cached for that request alone. */
export function practicesLoaders(read: Read) {
  const regionPath = pathLoader(read, regionTree);
  const { edges } = goodPracticeFields;
  const practices = (parent: string | null) =>
    connectionsOf<GoodPracticeRow>(read, goodPracticeFields, parent, regionPath);
  return {
    goodPracticeById: rowBy<GoodPracticeRow>(read, goodPracticeFields),
    goodPracticeBySlug: rowBy<GoodPracticeRow>(read, goodPracticeFields, 'slug'),
    goodPractices: practices(null),
    goodPracticesByOwner: practices('owner'),
    goodPracticesByProject: practices('project'),
    goodPracticesByRegion: practices('region'),
    goodPracticesByTheme: practices('theme'),
    regionsByPractice: idsBy(read, edges.regions),
    placesByPractice: idsBy(read, edges.places),
    themesByPractice: rowsThrough<ThemeRow>(read, themeFields, edges.themes),
    themesByProject: rowsThrough<ThemeRow>(read, themeFields, projectThemes),
    themeById: rowBy<ThemeRow>(read, themeFields),
    themeBySlug: rowBy<ThemeRow>(read, themeFields, 'slug'),
    themes: connectionsOf<ThemeRow>(read, themeFields, null, regionPath),
    indicatorById: rowBy<IndicatorRow>(read, indicatorFields),
    indicatorBySlug: rowBy<IndicatorRow>(read, indicatorFields, 'slug'),
    indicators: connectionsOf<IndicatorRow>(read, indicatorFields, null, regionPath),
    measurementById: rowBy<MeasurementRow>(read, measurementFields),
    measurementsByPractice: rowsBy<MeasurementRow>(read, measurementFields, 'practiceId', 't.position'),
    translations: translationLoader(read),
  };
}
