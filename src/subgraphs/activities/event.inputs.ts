import { z } from 'zod';
import { inOrder, listOf, optional, partialDate, recordInput, regionCode, slug, text } from '../record.inputs.js';
import type { PartialDate } from '../record.inputs.js';
import { EventKind, EventMode } from './event.fields.js';
import { eventRolesInput } from './event-role.inputs.js';
import { sessionInput } from './session.inputs.js';
import { SessionKind } from './session.fields.js';

const countryCode = z.string().regex(/^[A-Z]{2}$/, 'Write the two letters of a country, such as ES.');

export const eventInput = z
  .strictObject({
    slug,
    title: text,
    alternativeTitle: optional(text),
    types: listOf(z.enum(EventKind)),
    /** Its number in the project's series. */
    ordinal: optional(z.int().min(1).max(999)),
    start: optional(partialDate),
    end: optional(partialDate),
    mode: z.enum(EventMode).default('UNKNOWN'),
    project: optional(slug),
    /** Slugs of places: the city, and the building where one held all of it. */
    city: optional(slug),
    venue: optional(slug),
    /** Only where the city is not known: its region is the event's. */
    region: optional(regionCode),
    themes: listOf(slug),
    description: optional(text),
    method: optional(text),
    formats: listOf(z.enum(SessionKind)),
    objectives: listOf(text),
    participantCountries: listOf(countryCode),
    agenda: listOf(text),
    decisions: listOf(text),
    followUps: listOf(text),
    practicesPresented: optional(z.int().min(0).max(9999)),
    roles: eventRolesInput,
    sessions: z.array(sessionInput).default([]),
    ...recordInput,
  })
  .check(inOrder('start', 'end'), withinDays)
  .refine(({ city, region }) => city === null || region === null, {
    path: ['region'],
    error: 'The city says it already. Leave the region out.',
  });
export type EventInput = z.output<typeof eventInput>;

/** The last day that a date may mean: of its month or year, where that is all that is known. */
function lastDay({ date, precision }: PartialDate): string {
  if (precision === 'DAY') return date;
  const [year = 0, month = 0] = date.split('-').map(Number);
  return new Date(Date.UTC(year, precision === 'MONTH' ? month : 12, 0)).toISOString().slice(0, 10);
}

type Days = Record<'start' | 'end', PartialDate | null> & { sessions: { day: string | null }[] };

/** Refuses a session on a day that its event does not have. */
function withinDays({ value: { start, end, sessions }, issues }: z.core.ParsePayload<Days>): void {
  const last = end ?? start;
  for (const [index, { day }] of sessions.entries()) {
    if (day === null || (start && last && day >= start.date && day <= lastDay(last))) continue;
    const message =
      start && last
        ? `${day} is none of the event's days, ${start.date} to ${lastDay(last)}. Correct it, or the event's start or end.`
        : 'The event has no start. Add it, or leave the day out.';
    issues.push({ code: 'custom', input: day, path: ['sessions', index, 'day'], message });
  }
}
