import { z } from 'zod';
import { Direction, Qualifier } from './figure.fields.js';
import { decimal, optional, partialDate, slugOf, sourceKey, text } from './record.inputs.js';

interface Aimed {
  baseline: string | null;
  target: string | null;
  direction: Direction | null;
}

/** Refuses a target that lies where the figure is not to go. */
function onItsSide({ value, issues }: z.core.ParsePayload<Aimed>): void {
  const { baseline, target, direction } = value;
  if (baseline === null || target === null || direction === null) return;
  const rise = Number(target) - Number(baseline);
  if (direction === 'INCREASE' ? rise > 0 : rise < 0) return;
  const side = direction === 'INCREASE' ? 'above' : 'below';
  const message = `The figure is to ${direction === 'INCREASE' ? 'rise' : 'fall'}, so its target lies ${side} its baseline of ${baseline}. Correct one of them.`;
  issues.push({ code: 'custom', input: target, path: ['target'], message });
}

/** One figure of an entry: a measurement of a practice, an outcome of a transfer. */
export const figureInput = z
  .strictObject({
    indicator: text
      .refine((name) => slugOf(name) !== '', 'Name it in Latin letters.')
      .describe('What is measured, in words; the same words are the same indicator.'),
    unit: text.describe('What it is counted in, such as people or percent; an indicator has one for all.'),
    baseline: optional(decimal).describe('The value before.'),
    target: optional(decimal).describe('The value aimed at.'),
    achieved: optional(decimal).describe('The value reached; give at least one of the three.'),
    direction: optional(z.enum(Direction)).describe(
      'Which way it is to go. Not kept: baseline and target tell it, and are held against it.',
    ),
    on: optional(partialDate).describe('When `achieved` held, as 2012, 2012-05 or 2012-05-31.'),
    qualifier: z.enum(Qualifier).default('EXACT').describe('How `achieved` is to be read; EXACT unless said.'),
    method: optional(text).describe('How it was measured.'),
    note: optional(text).describe('What else a reader must know of it.'),
    source: optional(sourceKey).describe(
      'The page that tells it, by address or slug, where it is another than the record names first.',
    ),
  })
  .meta({ title: 'FigureInput', description: 'One figure: a measurement of a practice, an outcome of a transfer.' })
  .check(onItsSide)
  .refine(({ baseline, target, achieved }) => baseline !== null || target !== null || achieved !== null, {
    path: ['achieved'],
    error: 'There is no figure. Add achieved, target or baseline.',
  });
export type FigureInput = z.output<typeof figureInput>;
