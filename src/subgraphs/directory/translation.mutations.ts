import { translationsOf } from '../translation.mutations.js';
import { Project } from './project.entity.js';
import { projectFields } from './project.fields.js';
import { projectTexts } from './project.resolver.js';
import { ProjectType } from './project.type.js';

/** How texts of this subgraph's records come into further languages. */
export const directoryTranslations = [
  translationsOf<Project>({
    noun: 'project',
    fields: projectFields,
    entity: Project,
    type: () => ProjectType,
    loader: 'projectById',
    texts: projectTexts,
  }),
];
