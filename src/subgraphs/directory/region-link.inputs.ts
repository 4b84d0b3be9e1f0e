import { z } from 'zod';
import { optional, regionCode } from '../record.inputs.js';

const share = z
  .string()
  .regex(
    /^(0(\.\d{1,4})?|1)$/,
    'Write a share of the old region from 0 to 1, such as 0.9542, with four decimals at most.',
  )
  .transform(Number);

/** How much less than this share of both area and population makes a link a border sliver. */
export const sliver = 0.01;

/** What part of a region of an older version lies in one of the current version. */
export const regionLinkInput = z
  .strictObject({
    from: regionCode,
    to: regionCode,
    area: share,
    /** Only where nobody lives in the old region. */
    population: optional(share),
  })
  .refine(({ area, population }) => Math.max(area, population ?? 0) >= sliver, {
    path: ['area'],
    message: 'Less than 1 % of both area and population is a border sliver. Take the line out.',
  })
  .refine(({ from, to }) => from.length === to.length, {
    path: ['to'],
    message: 'It is of another level than the old region. Link regions of one level.',
  });
export type RegionLinkInput = z.output<typeof regionLinkInput>;
