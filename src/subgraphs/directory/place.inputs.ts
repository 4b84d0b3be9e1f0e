import { z } from 'zod';
import { optional, recordInput, regionCode, slug, text } from '../record.inputs.js';
import { PlaceKind } from './place.fields.js';

export const placeInput = z.strictObject({
  slug,
  name: text,
  nameLocal: optional(text),
  kind: z.enum(PlaceKind),
  /** The slug of the place that it lies in. */
  parent: optional(slug),
  region: regionCode,
  ...recordInput,
});
export type PlaceInput = z.output<typeof placeInput>;
