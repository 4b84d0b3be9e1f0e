import { byReference } from '../../graph/find.js';
import { sizesOf, type Fields } from '../../graph/fields.js';
import { buildSubgraph } from '../../graph/subgraph.js';
import type { Manifest } from '../manifest.js';
import { practicesContext, type PracticesContext } from './context.js';
import { PartnerPracticesResolver, ProjectPracticesResolver, RegionPracticesResolver } from './directory.resolver.js';
import { GoodPractice } from './good-practice.entity.js';
import { GoodPracticeDetailResolver } from './good-practice-detail.resolver.js';
import { GoodPracticeMutations } from './good-practice.mutations.js';
import { GoodPracticeResolver } from './good-practice.resolver.js';
import { Indicator } from './indicator.entity.js';
import { IndicatorResolver } from './indicator.resolver.js';
import { Measurement } from './measurement.entity.js';
import { MeasurementResolver } from './measurement.resolver.js';
import { practicesSeeds } from './practices.seeds.js';
import { practicesTranslations } from './translation.mutations.js';
import { Theme } from './theme.entity.js';
import { ThemeResolver } from './theme.resolver.js';
import { themeFields } from './theme.fields.js';
import { indicatorFields } from './indicator.fields.js';
import { goodPracticeFields } from './good-practice.fields.js';
import { measurementFields } from './measurement.fields.js';

const fields: readonly Fields[] = [themeFields, indicatorFields, goodPracticeFields, measurementFields];

/** What worked: good practices, their themes, and the figures that are their evidence. */
export const practices: Manifest = {
  name: 'practices',
  build: () =>
    buildSubgraph<PracticesContext>({
      name: 'practices',
      sizes: sizesOf(fields),
      resolvers: [
        GoodPracticeResolver,
        GoodPracticeDetailResolver,
        GoodPracticeMutations,
        ThemeResolver,
        IndicatorResolver,
        MeasurementResolver,
        PartnerPracticesResolver,
        RegionPracticesResolver,
        ProjectPracticesResolver,
        ...practicesTranslations,
      ],
      references: {
        GoodPractice: (key, { loaders }) =>
          byReference(key, { id: loaders.goodPracticeById, slug: loaders.goodPracticeBySlug }),
        Theme: (key, { loaders }) => byReference(key, { id: loaders.themeById, slug: loaders.themeBySlug }),
        Indicator: (key, { loaders }) => byReference(key, { id: loaders.indicatorById, slug: loaders.indicatorBySlug }),
        Measurement: (key, { loaders }) => byReference(key, { id: loaders.measurementById }),
      },
    }),
  context: practicesContext,
  fields,
  entities: [Theme, Indicator, GoodPractice, Measurement],
  seeds: practicesSeeds,
};
