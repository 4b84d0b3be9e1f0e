import { Tables } from './0001-tables.js';
import { Changes } from './0002-changes.js';
import { Visibility } from './0003-visibility.js';
import { PracticesWhole } from './0008-practices-whole.js';

/** Every migration in its order. A merged one is never edited: correct it by the next. */
export const migrations = [
  { name: '0001-tables', class: Tables },
  { name: '0002-changes', class: Changes },
  { name: '0003-visibility', class: Visibility },
  { name: '0008-practices-whole', class: PracticesWhole },
];
