import { z } from 'zod';
import {
  inOrder,
  languageTag,
  listOf,
  money,
  optional,
  partialDate,
  recordInput,
  regionCode,
  slug,
  text,
} from '../record.inputs.js';
import { measurementInput } from './measurement.inputs.js';

export const goodPracticeInput = z
  .strictObject({
    slug,
    title: text.max(100),
    summary: optional(text),
    problem: optional(text),
    /** Why it counts as good, in words. */
    evidence: optional(text),
    owner: optional(slug),
    /** The owner in words, where it has no record. */
    ownerText: optional(text),
    regions: listOf(regionCode),
    places: listOf(slug),
    themes: listOf(slug),
    /** The slug of a project. */
    identifiedIn: optional(slug),
    start: optional(partialDate),
    end: optional(partialDate),
    ongoing: optional(z.boolean()),
    ongoingAsOf: optional(partialDate),
    cost: optional(money.extend({ basis: optional(text) })),
    measurements: z.array(measurementInput).default([]),
    ...recordInput,
    language: languageTag,
  })
  .check(inOrder('start', 'end'))
  .refine(({ ongoing, ongoingAsOf }) => ongoing !== true || ongoingAsOf !== null, {
    path: ['ongoingAsOf'],
    error: 'It is missing. Say on which date the practice was still ongoing.',
  });
export type GoodPracticeInput = z.output<typeof goodPracticeInput>;
