import type { Read } from '../graph/context.js';
import { BadInput } from '../graph/errors.js';
import { rowBy } from '../graph/fields.js';
import type { PathOf } from '../graph/filter.js';
import { onePerRequest } from '../graph/loaders.js';
import { pathLoader } from '../graph/subtree.js';
import { regionTree } from './directory/region.fields.js';
import { themeFields, type ThemeRow } from './practices/theme.fields.js';

const regionPaths = onePerRequest((read) => pathLoader(read, regionTree));
const themesBySlug = onePerRequest((read) => rowBy<ThemeRow>(read, themeFields, 'slug'));

/** The paths that tree filters speak of: a theme's by its slug, else a region's by its code. */
export function pathsOf(read: Read, isTheme: (field: string) => boolean = (field) => field === 'theme'): PathOf {
  const [regionPath, themeBySlug] = [regionPaths(read), themesBySlug(read)];
  return async (key, field) => {
    if (!isTheme(field)) return regionPath(key, field);
    const theme = await themeBySlug.load(key);
    if (theme === null)
      throw new BadInput(`No theme has the slug '${key.slice(0, 100)}'. Take one that \`themes\` lists.`);
    return theme.path;
  };
}
