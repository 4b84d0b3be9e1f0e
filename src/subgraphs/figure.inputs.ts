import { z } from 'zod';
import { Qualifier } from './figure.fields.js';
import { decimal, optional, partialDate, slugOf, sourceKey, text } from './record.inputs.js';

/** One figure of an entry: a measurement of a practice, an outcome of a transfer. */
export const figureInput = z
  .strictObject({
    /** What is measured, in words; the same words are the same indicator. */
    indicator: text.refine((name) => slugOf(name) !== '', 'Name it in Latin letters.'),
    unit: text,
    baseline: optional(decimal),
    target: optional(decimal),
    achieved: optional(decimal),
    /** The date for which `achieved` holds. */
    on: optional(partialDate),
    qualifier: z.enum(Qualifier).default('EXACT'),
    method: optional(text),
    note: optional(text),
    /** Where it is another page than the entry's. */
    source: optional(sourceKey),
  })
  .refine(({ baseline, target, achieved }) => baseline !== null || target !== null || achieved !== null, {
    path: ['achieved'],
    error: 'There is no figure. Add achieved, target or baseline.',
  });
export type FigureInput = z.output<typeof figureInput>;
