import { z } from 'zod';
import { optional, recordInput, regionCode, slug, text } from '../record.inputs.js';
import { PlaceKind, PointPrecision } from './place.fields.js';

export const placeInput = z.strictObject({
  slug,
  name: text,
  nameLocal: optional(text),
  kind: z.enum(PlaceKind),
  /** The slug of the place that it lies in. */
  parent: optional(slug),
  region: regionCode,
  /** In degrees of WGS 84; `precision` says of what the point is. */
  point: optional(
    z.strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      precision: z.enum(PointPrecision),
    }),
  ),
  ...recordInput,
});
export type PlaceInput = z.output<typeof placeInput>;
