import { z } from 'zod';
import { day, listOf, optional, recordInput, regionCode, slug, text } from '../record.inputs.js';
import { Origin } from '../record.fields.js';
import { TransferKind, TransferStatus } from './transfer.fields.js';

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
    destination: regionCode,
    /** The partner that takes the practices over. */
    receiver: optional(slug),
    /** The same in words, where it has no record. */
    receiverText: optional(text),
    project: slug,
    action: optional(text),
    kind: optional(z.enum(TransferKind)),
    status: z.enum(TransferStatus),
    /** The day on which the source gave the status. */
    reportedOn: optional(day),
    note: optional(text),
    ...recordInput,
    origin: z.enum(Origin),
  })
  .refine(({ origin, reportedOn }) => origin !== 'REPORTED' || reportedOn !== null, {
    path: ['reportedOn'],
    error: 'It is missing. Say on which day the source reported this status.',
  });
export type TransferInput = z.output<typeof transferInput>;
