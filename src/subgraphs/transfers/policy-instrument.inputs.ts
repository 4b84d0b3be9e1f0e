import { z } from 'zod';
import { optional, recordInput, regionCode, slug, text, url } from '../record.inputs.js';

export const policyInstrumentInput = z.strictObject({
  slug,
  name: text,
  /** The programme that it is, or is part of, in words. */
  programmeText: optional(text),
  region: optional(regionCode),
  /** The partner that answers for it. */
  responsible: optional(slug),
  website: optional(url),
  ...recordInput,
});
export type PolicyInstrumentInput = z.output<typeof policyInstrumentInput>;
