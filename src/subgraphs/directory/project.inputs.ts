import { z } from 'zod';
import { inOrder, listOf, money, optional, partialDate, recordInput, slug, text, url } from '../record.inputs.js';
import { ProjectStatus } from './project.fields.js';

export const projectInput = z
  .strictObject({
    slug,
    acronym: text,
    title: text,
    /** Its number in the programme. */
    reference: optional(text),
    programme: slug,
    aim: optional(text),
    objective: optional(text),
    startDate: optional(partialDate),
    endDate: optional(partialDate),
    status: optional(z.enum(ProjectStatus)),
    budget: optional(money),
    euContribution: optional(money),
    website: optional(url),
    sectors: listOf(text),
    /** Slugs of themes; the practices subgraph, which owns themes, saves them. */
    themes: listOf(slug),
    ...recordInput,
  })
  .check(inOrder('startDate', 'endDate'));
export type ProjectInput = z.output<typeof projectInput>;
