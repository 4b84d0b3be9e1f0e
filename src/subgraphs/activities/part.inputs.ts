import { z } from 'zod';
import type { UserError } from '../../graph/errors.js';
import { Confidence } from '../record.fields.js';
import { optional, text, url } from '../record.inputs.js';

/** What a part says of itself where it differs from the entry that it is a part of. */
export const partInput = {
  source: optional(url).describe('The page that tells it, where it is another than the record names first.'),
  sourceNote: optional(text).describe('What was worked out, is unsure, or is claimed otherwise elsewhere.'),
  confidence: optional(z.enum(Confidence)).describe('How sure it is, where that is not as sure as the record.'),
};

/** What is told of a step has happened. */
export function notInFuture(on: string): UserError[] {
  const today = new Date().toISOString().slice(0, 10);
  if (on <= today) return [];
  return [{ field: ['on'], code: 'INVALID', message: `It lies after today, ${today}. Tell it when it has happened.` }];
}
