import { z } from 'zod';
import { Confidence, Origin } from '../record.fields.js';
import { day, languageTag, optional, partialDate, slug, text, url } from '../record.inputs.js';
import { SourceKind, SourceStatus } from './source.fields.js';

export const sourceInput = z.strictObject({
  slug,
  url: optional(url),
  title: text,
  publisher: optional(text),
  kind: optional(z.enum(SourceKind)),
  published: optional(partialDate),
  /** The day on which we read it. */
  retrieved: optional(day),
  contentHash: optional(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'Write sha256: and 64 hexadecimal digits.')),
  status: optional(z.enum(SourceStatus)),
  licence: optional(text),
  sourceNote: optional(text),
  /** Of what is said here about the source. */
  confidence: z.enum(Confidence).default('STATED'),
  origin: z.enum(Origin).default('REPORTED'),
  language: languageTag.default('en'),
});
export type SourceInput = z.output<typeof sourceInput>;
