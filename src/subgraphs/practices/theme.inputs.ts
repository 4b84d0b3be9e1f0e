import { z } from 'zod';
import { languageTag, listOf, optional, recordInput, slug, text } from '../record.inputs.js';

/** Its own source field is left out for terms of our own. */
const { source } = recordInput;

export const themeInput = z
  .strictObject({
    slug,
    /** Who defined it. */
    scheme: text,
    /** Its code there. */
    notation: text,
    label: text,
    /** The same in other languages, by language. */
    labels: z.record(languageTag, text).default({}),
    /** Other words for it, by language, its own included. */
    alternativeLabels: z.record(languageTag, listOf(text)).default({}),
    /** The slug of the theme that takes it in. */
    broader: optional(slug),
    /** Slugs of themes next to it; one of two is enough. */
    related: listOf(slug),
    ...recordInput,
    source: optional(source),
  })
  .refine(({ origin, source: given }) => origin === 'ENTERED' || given !== null, {
    path: ['source'],
    error: 'It is missing. Add it, or make the origin ENTERED if the term is our own.',
  });
export type ThemeInput = z.output<typeof themeInput>;

/** The themes of a project, out of an entry that says more. */
export const projectThemesInput = z.object({ slug, themes: listOf(slug) });
export type ProjectThemesInput = z.output<typeof projectThemesInput>;
