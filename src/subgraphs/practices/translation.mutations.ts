import { translationsOf } from '../translation.mutations.js';
import { GoodPractice } from './good-practice.entity.js';
import { goodPracticeFields } from './good-practice.fields.js';
import { goodPracticeDetailTexts } from './good-practice-detail.resolver.js';
import { goodPracticeTexts } from './good-practice.resolver.js';
import { GoodPracticeType } from './good-practice.type.js';
import { Theme } from './theme.entity.js';
import { themeFields } from './theme.fields.js';
import { themeTexts } from './theme.resolver.js';
import { ThemeType } from './theme.type.js';

/** How texts of this subgraph's records come into further languages. */
export const practicesTranslations = [
  translationsOf<GoodPractice>({
    noun: 'good practice',
    fields: goodPracticeFields,
    entity: GoodPractice,
    type: () => GoodPracticeType,
    loader: 'goodPracticeById',
    texts: { ...goodPracticeTexts, ...goodPracticeDetailTexts },
  }),
  translationsOf<Theme>({
    noun: 'theme',
    fields: themeFields,
    entity: Theme,
    type: () => ThemeType,
    loader: 'themeById',
    texts: themeTexts,
  }),
];
