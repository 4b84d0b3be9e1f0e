import { z } from 'zod';
import { figureInput } from '../figure.inputs.js';
import {
  day,
  inOrder,
  listOf,
  money,
  optional,
  partialDate,
  recordInput,
  regionCode,
  slug,
  text,
} from '../record.inputs.js';
import { Origin } from '../record.fields.js';
import { earlierStatusInput, inCourse } from './status-change.inputs.js';
import { TransferKind, TransferMechanism, TransferStatus } from './transfer.fields.js';

export const transferInput = z
  .strictObject({
    slug,
    title: optional(text),
    practices: listOf(slug).refine(
      (slugs) => slugs.length > 0,
      'It is empty. Name the practices that are transferred.',
    ),
    /** Codes of the regions that the practices come from. */
    origins: listOf(regionCode).refine(
      (codes) => codes.length > 0,
      'It is empty. Name the regions that the practices come from.',
    ),
    /** Cities in those regions, where the source names them. */
    originPlaces: listOf(slug),
    destination: regionCode,
    /** A city in that region, where the source names it. */
    destinationPlace: optional(slug),
    /** The partner that takes the practices over. */
    receiver: optional(slug),
    /** The same in words, where it has no record. */
    receiverText: optional(text),
    project: slug,
    /** The policy instrument that carries it, or that it aims at. */
    policyInstrument: optional(slug),
    action: optional(text),
    kind: optional(z.enum(TransferKind)),
    mechanisms: listOf(z.enum(TransferMechanism)),
    start: optional(partialDate),
    end: optional(partialDate),
    status: z.enum(TransferStatus),
    /** The day on which the source gave the status. */
    reportedOn: optional(day),
    /** What the source says about the status beside it. */
    statusNote: optional(text),
    /** The statuses before this one, the first one first. */
    earlier: z.array(earlierStatusInput).max(100).default([]),
    adaptation: optional(text),
    enablers: optional(text),
    barriers: optional(text),
    lessons: optional(text),
    funding: optional(money),
    /** Who pays, in words. */
    fundingText: optional(text),
    fundingIsLasting: optional(z.boolean()),
    outcomes: z.array(figureInput).default([]),
    note: optional(text),
    ...recordInput,
    origin: z.enum(Origin),
  })
  .check(inOrder('start', 'end'), inCourse);
export type TransferInput = z.output<typeof transferInput>;
