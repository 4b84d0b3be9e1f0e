import { z } from 'zod';
import { money, optional, recordInput, slug, text, url, year } from '../record.inputs.js';
import { CooperationType } from './programme.fields.js';

export const programmeInput = z
  .strictObject({
    slug,
    name: text,
    cooperationType: optional(z.enum(CooperationType)),
    startYear: optional(year),
    endYear: optional(year),
    fund: optional(text),
    keyAction: optional(text),
    actionType: optional(text),
    objective: optional(text),
    budget: optional(money),
    website: optional(url),
    /** What the programme says of itself, whatever of it is here. */
    projectsCount: optional(z.int().min(0)),
    partnersCount: optional(z.int().min(0)),
    ...recordInput,
  })
  .refine(({ startYear, endYear }) => startYear === null || endYear === null || endYear >= startYear, {
    path: ['endYear'],
    error: 'It lies before startYear. Correct one of them.',
  });
export type ProgrammeInput = z.output<typeof programmeInput>;
