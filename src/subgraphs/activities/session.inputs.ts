import { z } from 'zod';
import { day, listOf, optional, recordKey, slug, text } from '../record.inputs.js';
import { eventRolesInput } from './event-role.inputs.js';
import { partInput } from './part.inputs.js';
import { SessionKind } from './session.fields.js';

export const sessionInput = z
  .strictObject({
    key: optional(slug).describe('Keeps its id when its day, types, visited place or practices are corrected.'),
    day: optional(day).describe("One of the event's days, as 2012-05-31; left out where nobody knows which."),
    types: listOf(z.enum(SessionKind)).describe('What sort of session it is.'),
    subject: optional(text).describe('What it was about.'),
    venue: optional(recordKey).describe('The place where people met, by slug or id.'),
    visited: optional(recordKey).describe('The place that they went to see, by slug or id.'),
    practices: listOf(recordKey).describe('The practices that were presented, by slug or id.'),
    roles: eventRolesInput.describe('Who did what in it, each once.'),
    ...partInput,
  })
  .meta({ title: 'SessionInput', description: 'A part of an event: a welcome, a workshop, a visit.' });
export type SessionInput = z.output<typeof sessionInput>;
