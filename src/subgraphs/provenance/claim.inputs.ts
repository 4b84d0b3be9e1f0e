import { z } from 'zod';
import { Qualifier } from '../figure.fields.js';
import { Confidence, Origin } from '../record.fields.js';
import { languageTag, money, optional, slug, sourceKey, text } from '../record.inputs.js';
import { claimableTypes } from './claim.fields.js';

const valueInput = z.strictObject({
  /** In words, or an amount of money. */
  value: z.union([text, money], { error: 'Write text (numbers in quotes), or { amount: 1234.50, currency: EUR }.' }),
  qualifier: z.enum(Qualifier).default('EXACT'),
  source: sourceKey,
  sourceNote: optional(text),
  confidence: z.enum(Confidence),
  /** Whether the record shows it. */
  selected: z.boolean().default(false),
});

/** What sources say of one field of one record. */
export const claimsInput = z.strictObject({
  /** The type of the record. */
  kind: z.enum(claimableTypes),
  /** Its slug, or the code of a region. */
  slug: z.union([slug, z.string().regex(/^[A-Z]{2}[A-Z0-9]{0,3}$/)], { error: 'Write the slug of the record.' }),
  /** As the graph names it. */
  field: text,
  /** Which question about the field, where that is a list or a text. */
  subject: optional(text),
  values: z
    .array(valueInput)
    .min(1, 'It is empty. Say what the sources claim.')
    .refine((values) => values.filter(({ selected }) => selected).length < 2, {
      error: 'Two of them are selected. The record can show one: leave the others unselected.',
    }),
  origin: z.enum(Origin).default('REPORTED'),
  language: languageTag.default('en'),
});
export type ClaimsInput = z.output<typeof claimsInput>;
