import { defineEntity, p } from '@mikro-orm/core';
import { code, valuesOf } from '../../database/columns.js';
import { recordColumns } from '../record.entity.js';
import type { AlternativeLabels } from './theme.fields.js';

const ThemeSchema = defineEntity({
  name: 'Theme',
  tableName: 'theme',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    scheme: code(),
    notation: code(),
    label: p.text(),
    broader: () => p.manyToOne(Theme).ref().nullable(),
    /** The slugs from the broadest theme down, `craft/pottery/`; a trigger keeps it. */
    path: code().default(''),
    alternativeLabels: valuesOf<AlternativeLabels>(),
  },
});
/** A subject of practices, from the list of a project or programme, or a term of our own. */
export class Theme extends ThemeSchema.class {}
ThemeSchema.setClass(Theme);
