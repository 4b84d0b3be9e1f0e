import { z } from 'zod';
import { day, languageTag, listOf, optional, partialDate, recordInput, slug, text } from '../record.inputs.js';
import { OutputKind } from './output.fields.js';
import { OutputStatus } from './output-update.fields.js';
import { partInput } from './part.inputs.js';

const outputUpdateInput = z.strictObject({
  /** The day on which the status was told. */
  on: day,
  /** The slug of the event at which it was told. */
  event: optional(slug),
  status: z.enum(OutputStatus),
  note: optional(text),
  ...partInput,
});

export const outputInput = z
  .strictObject({
    slug,
    title: text,
    type: z.enum(OutputKind),
    mainResult: optional(z.boolean()),
    project: optional(slug),
    /** The slug of the partner that sees to it. */
    responsible: optional(slug),
    technology: optional(text),
    purpose: optional(text),
    description: optional(text),
    /** Its number in a series. */
    volume: optional(z.int().min(1).max(9999)),
    published: optional(partialDate),
    languages: listOf(languageTag),
    /** Slugs of the outputs that it builds on or hosts. */
    uses: listOf(slug),
    updates: z.array(outputUpdateInput).default([]),
    ...recordInput,
  })
  .refine(({ slug: own, uses }) => !uses.includes(own), {
    path: ['uses'],
    error: 'It names the output itself. Take it out.',
  });
export type OutputInput = z.output<typeof outputInput>;
