import type { Fields, RowOf } from '../../graph/fields.js';
import { originFilter, recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Theme } from './theme.entity.js';

/** Other words for the same in one language. */
export interface AlternativeLabels {
  language: string;
  labels: string[];
}

export const themeFields = {
  ...recordOf('Theme'),
  columns: [...recordFields, 'slug', 'scheme', 'notation', 'label', 'broaderId', 'path', 'alternativeLabels'],
  edges: { related: { through: 'theme_related', key: 'theme_id', target: 'related_id', table: 'theme' } },
  filters: {
    theme: {
      kind: 'tree',
      sql: 't.slug',
      path: 't.path',
      description: 'Only these themes, by slug; `within` takes narrower themes in.',
    },
    scheme: { kind: 'key', sql: 't.scheme', description: 'Lists of themes, such as INNOCRAFTS.' },
    isBroadest: {
      kind: 'flag',
      sql: 't.broader_id is null',
      description: 'Whether no theme is broader: where a tree of themes begins.',
    },
    label: {
      kind: 'text',
      sql: `concat_ws(' ', t.label, jsonb_path_query_array(t.alternative_labels, '$[*].labels[*]')::text)`,
      description: 'Part of the label, or of an alternative one in any language.',
    },
    ...originFilter,
  },
  orders: {
    NOTATION_ASC: { by: ['t.scheme', 't.notation'], description: 'By list, then by notation.' },
    LABEL_ASC: { by: ['t.label collate "und-x-icu"'], description: 'By label, A to Z.' },
  },
  parents: { broader: 't.broader_id = {key}' },
  isLeaf: true,
  sizes: {
    'Project.themes': 2,
  },
  maxAge: 300,
} as const satisfies Fields;

export type ThemeRow = RowOf<Theme, typeof themeFields>;

/** The themes of a project. */
export const projectThemes = { through: 'project_theme', key: 'project_id', target: 'theme_id', table: 'theme' };
