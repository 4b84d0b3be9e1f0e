import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { dateIn, type Lying } from '../entry.columns.js';
import { entryColumns, saveKind } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { Place } from '../directory/place.entity.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Saving } from '../saving.service.js';
import { Event } from './event.entity.js';
import { eventFields } from './event.fields.js';
import { strayDay, type EventInput } from './event.inputs.js';
import { resolveRoles, saveRoles } from './event-role.service.js';
import { partsOf, resolveParts } from './part.service.js';
import { saveSessions } from './session.service.js';

const references = {
  owner: 'Partner',
  project: 'Project',
  city: 'Place',
  venue: 'Place',
  themes: 'Theme',
  participantCountries: 'Region',
} as const;

/** Kept beside the city, which tells it: nobody wrote that. */
const region: Lying = {
  to: (value) => ({ region: value }),
  from: (event) => (event['city'] ? null : (event['region'] ?? null)),
};

/** How an entry lies in the columns of its event. */
export const eventColumns = {
  ...entryColumns,
  start: dateIn('startDate'),
  end: dateIn('endDate'),
  region,
  themes: null,
  participantCountries: null,
  roles: null,
  sessions: null,
};

type Changed = Change<EventInput> & { owner?: string | null };

/**
 * Creates or updates events by slug, with their sessions and roles; an event that is no longer listed stays, and so does
 * what a change leaves out. Saves nothing when an entry is wrong.
 */
export async function saveEvents(em: EntityManager, entries: readonly (EventInput | Changed)[]): Promise<EntryError[]> {
  const asked: readonly Changed[] = entries;
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Event', asked, { ...references, region: 'Region' });
  const inSessions = await resolveParts(em, partsOf(asked, 'sessions'), {
    venue: 'Place',
    visited: 'Place',
    practices: 'GoodPractice',
  });
  const inRoles = await resolveRoles(em, asked);
  errors.push(...inSessions.errors, ...inRoles.errors, ...(await straySessions(em, asked)));
  if (errors.length > 0) return errors;
  const cities = asked.flatMap(({ city }) => (city ? [idOf('Place', city)] : []));
  const regionOf = await cityRegions(em, cities);
  const events = asked.map((entry) => ({
    ...entry,
    ...(entry.region !== undefined && { region: idOf('Region', entry.region) }),
    ...(entry.city && { region: regionOf(idOf('Place', entry.city)) }),
    id: idOf('Event', entry.slug),
  }));
  const saving = new Saving(em);
  const kind = { entity: Event, references, edges: eventFields.edges, columns: eventColumns };
  await saveKind(saving, kind, events, { idOf, isNew });
  await saveSessions(em, saving, events, inSessions.idOf);
  await saveRoles(em, saving, events, inRoles.idOf);
  await saving.end();
  return [];
}

/** The region of each of these cities, by id. */
async function cityRegions(em: EntityManager, ids: readonly string[]): Promise<(city: string) => string | null> {
  const cities = ids.length === 0 ? [] : await em.find(Place, { id: { $in: ids } });
  const regions = new Map(cities.map((city) => [city.id, city.region?.id ?? null]));
  return (city) => regions.get(city) ?? null;
}

/** The sessions that a changed event keeps, on days that it has no more. */
async function straySessions(em: EntityManager, entries: readonly Changed[]): Promise<EntryError[]> {
  const moved = entries.flatMap(({ id, start, end, sessions }, entry) =>
    id === undefined || start === undefined || end === undefined || sessions ? [] : [{ id, entry, start, end }],
  );
  if (moved.length === 0) return [];
  const { rows } = await sql<{ id: string; day: string }>`
    select event_id as id, day::text from session where day is not null and event_id = any(${moved.map(({ id }) => id)}::text[])
    order by day`.execute(em.getKysely<unknown>());
  return moved.flatMap(({ id, entry, start, end }) => {
    const stray = rows.flatMap((row) => (row.id === id ? (strayDay({ start, end }, row.day) ?? []) : []));
    return stray.slice(0, 1).map((message) => ({ entry, field: ['start'], code: 'CONFLICT' as const, message }));
  });
}
