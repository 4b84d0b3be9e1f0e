import { z } from 'zod';
import {
  day,
  enteredInput,
  languageTag,
  listOf,
  optional,
  partialDate,
  recordInput,
  recordKey,
  slug,
  text,
} from '../record.inputs.js';
import { OutputKind } from './output.fields.js';
import { OutputStatus } from './output-update.fields.js';
import { partInput } from './part.inputs.js';

/** What an update says beside a note and a source. */
export const outputUpdate = {
  on: day.describe('The day on which the status was told, as 2012-05-31.'),
  event: optional(recordKey).describe('The event at which it was told, by slug or id.'),
  status: z.enum(OutputStatus).describe('How far the output had come on that day.'),
};

const outputUpdateInput = z.strictObject({ ...outputUpdate, note: optional(text), ...partInput });

/** What people write of an output, in seed files and forms alike. */
const written = {
  slug: slug.describe('Its readable key for good; made of the title where it is left out.'),
  title: text.max(200).describe('What it is called, in at most 200 characters of plain text.'),
  type: z.enum(OutputKind).describe('What sort of thing it is.'),
  mainResult: optional(z.boolean()).describe('Whether the project counts it among its main results.'),
  project: optional(recordKey).describe('The project that makes it, by slug or id.'),
  responsible: optional(recordKey).describe('The organisation that sees to it, by slug or id; your own unless said.'),
  technology: optional(text).describe('What it is made with, such as Moodle.'),
  purpose: optional(text).describe('Whom it helps, and to do what.'),
  description: optional(text).describe('What it holds and how it is used.'),
  volume: optional(z.int().min(1).max(9999)).describe('Its number in a series, from 1.'),
  published: optional(partialDate).describe('When it came out, as 2012, 2012-05 or 2012-05-31.'),
  languages: listOf(languageTag).describe('The languages that it is to be had in.'),
  uses: listOf(recordKey).describe('The outputs that it builds on or hosts, by slug or id.'),
};

const notItself = { path: ['uses'], error: 'It names the output itself. Take it out.' };
const usesOthers = ({ slug: own, uses }: { slug: string; uses: string[] }) => !uses.includes(own);

export const outputInput = z
  .strictObject({ ...written, updates: z.array(outputUpdateInput).default([]), ...recordInput })
  .refine(usesOthers, notItself);
export type OutputInput = z.output<typeof outputInput>;

/** An output as the organisation enters it that sees to it; how far it has come is told step by step. */
export const outputEntered = z.strictObject({ ...written, ...enteredInput }).refine(usesOthers, notItself);
