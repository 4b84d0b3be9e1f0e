import { GraphQLID } from 'graphql';
import { z } from 'zod';
import { scalars } from '../../graph/input-types.js';
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

/** What people write of a claim. */
export const claimForm = z.strictObject({
  record: z
    .string()
    .register(scalars, { scalar: GraphQLID })
    .describe('The record that it is about, as a field `id` returned it.'),
  field: text.describe('The field of the record, as the graph names it, such as `budget`.'),
  subject: optional(text).describe('Which question about the field, where that is a list or a text.'),
  value: optional(text).describe('What the source says, in words; left out where it is an amount.'),
  amount: optional(money).describe('What the source says, where that is an amount of money.'),
  qualifier: z.enum(Qualifier).default('EXACT').describe('How a figure is to be read; EXACT unless said.'),
  source: sourceKey.describe('Who says so: the slug of a source, or an address.'),
  sourceNote: optional(text).describe('Where in the source, or what else is to be known.'),
  confidence: z.enum(Confidence).describe('How sure the claim is.'),
  language: languageTag.default('en').describe('The language that `value` is written in; `en` unless said.'),
});
export type ClaimForm = z.output<typeof claimForm>;
