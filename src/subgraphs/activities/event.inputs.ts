import { z } from 'zod';
import {
  enteredInput,
  inOrder,
  listOf,
  optional,
  partialDate,
  recordInput,
  recordKey,
  regionKey,
  slug,
  text,
  type PartialDate,
} from '../record.inputs.js';
import { EventKind, EventMode } from './event.fields.js';
import { eventRolesInput } from './event-role.inputs.js';
import { sessionInput } from './session.inputs.js';
import { SessionKind } from './session.fields.js';

const countryCode = z.string().regex(/^[A-Z]{2}$/, 'Write the two letters of a country, such as ES.');

/** What people write of an event, in seed files and forms alike. */
const written = {
  slug: slug.describe('Its readable key for good; made of the title where it is left out.'),
  title: text.max(200).describe('What it is called, in at most 200 characters of plain text.'),
  alternativeTitle: optional(text).describe('Another title that it goes by.'),
  types: listOf(z.enum(EventKind)).describe('What sort of event it is; several where it was several at once.'),
  ordinal: optional(z.int().min(1).max(999)).describe("Its number in the project's series of such events, from 1."),
  start: optional(partialDate).describe('Its first day, as 2012, 2012-05 or 2012-05-31.'),
  end: optional(partialDate).describe('Its last day, as 2012, 2012-05 or 2012-05-31; left out where it took one.'),
  mode: z.enum(EventMode).default('UNKNOWN').describe('Whether people met in one room; UNKNOWN unless said.'),
  project: optional(recordKey).describe('The project that held it, by slug or id.'),
  city: optional(recordKey).describe('The city where it was, by slug or id.'),
  venue: optional(recordKey).describe('The building, where one held all of it, by slug or id.'),
  region: optional(regionKey).describe('Only where the city is not known: the region, by NUTS code or id.'),
  themes: listOf(recordKey).describe('Its subjects, the main one first, by slug or id.'),
  description: optional(text).describe('What happened there.'),
  method: optional(text).describe('How people worked, such as in groups or by peer review.'),
  formats: listOf(z.enum(SessionKind)).describe('The sorts of sessions it had, where they are not told one by one.'),
  objectives: listOf(text).describe('What it was to bring about, a sentence each.'),
  participantCountries: listOf(countryCode).describe('Where people came from, by the two letters of a country.'),
  agenda: listOf(text).describe('What was to be talked about, in its order.'),
  decisions: listOf(text).describe('What was decided, a sentence each.'),
  followUps: listOf(text).describe('What was to be done afterwards, a sentence each.'),
  practicesPresented: optional(z.int().min(0).max(9999)).describe('How many practices were presented.'),
  roles: eventRolesInput.describe('Who did what in the event as a whole, each once; who hosted is said here.'),
  sessions: z.array(sessionInput).default([]).describe('Its parts, in their order.'),
};

const cityAlone = {
  path: ['region'],
  error: 'The city says it already. Leave the region out.',
};
const isPlacedOnce = ({ city, region }: { city: string | null; region: string | null }) =>
  city === null || region === null;

export const eventInput = z
  .strictObject({ ...written, ...recordInput })
  .check(inOrder('start', 'end'), withinDays)
  .refine(isPlacedOnce, cityAlone);
export type EventInput = z.output<typeof eventInput>;

/** An event as somebody enters it who held it, or took part. */
export const eventEntered = z
  .strictObject({
    ...written,
    owner: optional(recordKey).describe('The organisation that keeps the record, by slug or id; your own unless said.'),
    ...enteredInput,
  })
  .check(inOrder('start', 'end'), withinDays)
  .refine(isPlacedOnce, cityAlone);

/** The last day that a date may mean: of its month or year, where that is all that is known. */
function lastDay({ date, precision }: PartialDate): string {
  if (precision === 'DAY') return date;
  const [year = 0, month = 0] = date.split('-').map(Number);
  return new Date(Date.UTC(year, precision === 'MONTH' ? month : 12, 0)).toISOString().slice(0, 10);
}

interface Span {
  start: PartialDate | null;
  end: PartialDate | null;
}

/** Why a day is none of an event's; null when it is, or may be. */
export function strayDay({ start, end }: Span, day: string | null): string | null {
  if (day === null) return null;
  const last = end ?? start;
  if (!start || !last) return 'The event has no start. Add it, or leave the day out.';
  if (day >= start.date && day <= lastDay(last)) return null;
  return `${day} is none of the event's days, ${start.date} to ${lastDay(last)}. Correct it, or the event's start or end.`;
}

/** Refuses a session on a day that its event does not have. */
function withinDays({ value, issues }: z.core.ParsePayload<Span & { sessions: { day: string | null }[] }>): void {
  for (const [index, { day }] of value.sessions.entries()) {
    const message = strayDay(value, day);
    if (message !== null) issues.push({ code: 'custom', input: day, path: ['sessions', index, 'day'], message });
  }
}
