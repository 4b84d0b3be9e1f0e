import { z } from 'zod';
import { listOf, recordInput, slug, text } from '../record.inputs.js';

export const themeInput = z.strictObject({
  slug,
  /** Who defined it. */
  scheme: text,
  /** Its code there. */
  notation: text,
  label: text,
  ...recordInput,
});
export type ThemeInput = z.output<typeof themeInput>;

/** The themes of a project, out of an entry that says more. */
export const projectThemesInput = z.object({ slug, themes: listOf(slug) });
export type ProjectThemesInput = z.output<typeof projectThemesInput>;
