import { z } from 'zod';
import { Confidence } from '../record.fields.js';
import { optional, text, url } from '../record.inputs.js';

/** What a part says of itself where it differs from the entry that it is a part of. */
export const partInput = {
  source: optional(url),
  sourceNote: optional(text),
  confidence: optional(z.enum(Confidence)),
};
