import { Tables } from './0001-tables.js';
import { Changes } from './0002-changes.js';
import { Visibility } from './0003-visibility.js';
import { Activities } from './0004-activities.js';

/** Every migration in its order. A merged one is never edited: correct it by the next. */
export const migrations = [
  { name: '0001-tables', class: Tables },
  { name: '0002-changes', class: Changes },
  { name: '0003-visibility', class: Visibility },
  { name: '0004-activities', class: Activities },
];
