import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Theme } from './theme.entity.js';

export const themeFields = {
  ...recordOf('Theme'),
  columns: [...recordFields, 'slug', 'scheme', 'notation', 'label'],
  filters: {
    scheme: { kind: 'key', sql: 't.scheme', description: 'Lists of themes, such as INNOCRAFTS.' },
    label: { kind: 'text', sql: 't.label', description: 'Part of the label.' },
  },
  orders: {
    NOTATION_ASC: { by: ['t.scheme', 't.notation'], description: 'By list, then by notation.' },
  },
  maxAge: 300,
} as const satisfies Fields;

export type ThemeRow = RowOf<Theme, typeof themeFields>;

/** The themes of a project. */
export const projectThemes = { through: 'project_theme', key: 'project_id', target: 'theme_id', table: 'theme' };
