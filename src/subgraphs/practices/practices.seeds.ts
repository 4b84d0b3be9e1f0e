import { seedFile } from '../manifest.js';
import { goodPracticeInput } from './good-practice.inputs.js';
import { saveGoodPractices } from './good-practice.service.js';
import { projectThemesInput, themeInput } from './theme.inputs.js';
import { saveProjectThemes, saveThemes } from './theme.service.js';

export const practicesSeeds = [
  seedFile({ file: 'themes.yaml', entry: themeInput, save: saveThemes }),
  seedFile({ file: 'projects.yaml', entry: projectThemesInput, save: saveProjectThemes }),
  seedFile({ file: 'practices.yaml', entry: goodPracticeInput, save: saveGoodPractices }),
];
