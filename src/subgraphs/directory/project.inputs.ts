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
    /** Further pages of its own. */
    websites: listOf(url),
    sectors: listOf(text),
    /** Other spellings of the acronym. */
    aliases: listOf(text),
    /** Where it stood, in words, and when. */
    phase: optional(text),
    targetGroups: listOf(text),
    contextTags: listOf(text),
    /** The programme's priority or axis that funds it. */
    priority: optional(text),
    interventionType: optional(text),
    /** The slug of the project that it carries on. */
    precededBy: optional(slug),
    externalIds: z.array(z.strictObject({ system: text, id: text })).default([]),
    /** Whether the European Union pays a part, where no amount is known. */
    coFunded: optional(z.boolean()),
    practicesSubmitted: optional(z.int().min(0)),
    practicesSelected: optional(z.int().min(0)),
    practicesTransferable: optional(z.int().min(0)),
    /** Slugs of themes; the practices subgraph, which owns themes, saves them. */
    themes: listOf(slug),
    ...recordInput,
  })
  .check(inOrder('startDate', 'endDate'));
export type ProjectInput = z.output<typeof projectInput>;
