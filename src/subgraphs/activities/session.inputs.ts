import { z } from 'zod';
import { day, listOf, optional, slug, text } from '../record.inputs.js';
import { eventRolesInput } from './event-role.inputs.js';
import { partInput } from './part.inputs.js';
import { SessionKind } from './session.fields.js';

export const sessionInput = z.strictObject({
  /** Keeps its id when its day, types, visited place or practices are corrected. */
  key: optional(slug),
  /** One of the event's days; left out where no source tells. */
  day: optional(day),
  types: listOf(z.enum(SessionKind)),
  subject: optional(text),
  /** Slugs of places: where people met, and what they went to see. */
  venue: optional(slug),
  visited: optional(slug),
  /** Slugs of the practices that were presented. */
  practices: listOf(slug),
  roles: eventRolesInput,
  ...partInput,
});
export type SessionInput = z.output<typeof sessionInput>;
