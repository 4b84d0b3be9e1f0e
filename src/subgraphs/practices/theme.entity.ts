import { defineEntity, p } from '@mikro-orm/core';
import { code } from '../../database/columns.js';
import { recordColumns } from '../record.entity.js';

const ThemeSchema = defineEntity({
  name: 'Theme',
  tableName: 'theme',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    scheme: code(),
    notation: code(),
    label: p.text(),
  },
});
/** A subject of practices, from the list of one project or programme. */
export class Theme extends ThemeSchema.class {}
ThemeSchema.setClass(Theme);
