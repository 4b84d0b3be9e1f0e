import { z } from 'zod';
import { figureInput } from '../figure.inputs.js';
import {
  day,
  enteredInput,
  inOrder,
  listOf,
  money,
  optional,
  partialDate,
  recordInput,
  recordKey,
  regionKey,
  slug,
  text,
} from '../record.inputs.js';
import { Origin } from '../record.fields.js';
import { earlierStatusInput, inCourse } from './status-change.inputs.js';
import { TransferKind, TransferMechanism, TransferStatus } from './transfer.fields.js';

const partial = 'as 2012, 2012-05 or 2012-05-31';

/** What people write of a transfer, in seed files and forms alike. */
const written = {
  slug: slug.describe('Its readable key for good; made of the title where it is left out.'),
  title: optional(text.max(200)).describe('What it is called, in plain text; it may have no name.'),
  practices: listOf(recordKey)
    .refine((keys) => keys.length > 0, 'It is empty. Name the practices that are transferred.')
    .describe('What is carried over, by slug or id; at least one.'),
  origins: listOf(regionKey)
    .refine((codes) => codes.length > 0, 'It is empty. Name the regions that the practices come from.')
    .describe('Where the practices come from, by NUTS code or id; at least one.'),
  originPlaces: listOf(recordKey).describe('Cities in those regions, by slug or id.'),
  destination: regionKey.describe('Where they go, by NUTS code or id.'),
  destinationPlace: optional(recordKey).describe('A city there, by slug or id.'),
  receiver: optional(recordKey).describe('The organisation that takes them over, by slug or id.'),
  receiverText: optional(text).describe('The same in words, where it has no record.'),
  policyInstrument: optional(recordKey).describe('What carries it, or what it aims at, by slug or id.'),
  action: optional(text).describe('What is done, in a sentence.'),
  kind: optional(z.enum(TransferKind)).describe('How much of the practices is carried over.'),
  mechanisms: listOf(z.enum(TransferMechanism)).describe('By which means they are carried over.'),
  start: optional(partialDate).describe(`When it began, ${partial}.`),
  end: optional(partialDate).describe(`When it ended, ${partial}.`),
  adaptation: optional(text).describe('What was changed to fit the new place.'),
  enablers: optional(text).describe('What helped.'),
  barriers: optional(text).describe('What stood in the way.'),
  lessons: optional(text).describe('What others should know who try the same.'),
  funding: optional(money).describe('What is paid for it.'),
  fundingText: optional(text).describe('Who pays, in words.'),
  fundingIsLasting: optional(z.boolean()).describe('Whether that is there to stay.'),
  outcomes: z.array(figureInput).default([]).describe('What came of it, in figures.'),
  note: optional(text).describe('What else a reader must know of it.'),
};

/** What no form holds: its course, which its steps tell. */
const told = {
  status: z.enum(TransferStatus),
  /** The day on which the source gave the status. */
  reportedOn: optional(day),
  /** What the source says about the status beside it. */
  statusNote: optional(text),
  /** The statuses before this one, the first one first. */
  earlier: z.array(earlierStatusInput).max(100).default([]),
};

const project = recordKey.describe('The project that brought it about, by slug or id.');

export const transferInput = z
  .strictObject({ ...written, project, ...told, ...recordInput, origin: z.enum(Origin) })
  .check(inOrder('start', 'end'), inCourse);
export type TransferInput = z.output<typeof transferInput>;

/** A transfer as its owner enters it. */
export const transferEntered = z
  .strictObject({
    ...written,
    project: optional(project).describe('The project that brought it about, by slug or id.'),
    owner: optional(recordKey).describe(
      'The organisation that keeps it, by slug or id; your own where it is left out.',
    ),
    ...enteredInput,
    language: enteredInput.language
      .default('en')
      .describe('The language that its texts are written in; `en` unless said.'),
  })
  .check(inOrder('start', 'end'));
