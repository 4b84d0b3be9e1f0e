import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import { Place } from '../directory/place.entity.js';
import { dateColumns, provenance, saveEdges, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Event } from './event.entity.js';
import { eventFields } from './event.fields.js';
import type { EventInput } from './event.inputs.js';
import { resolveRoles, saveRoles } from './event-role.service.js';
import { partsOf, resolveParts } from './part.service.js';
import { saveSessions } from './session.service.js';

const references = {
  project: 'Project',
  city: 'Place',
  venue: 'Place',
  region: 'Region',
  themes: 'Theme',
  participantCountries: 'Region',
} as const;

/**
 * Creates or updates events by slug, with their sessions and roles; an event that is no longer listed stays. Saves
 * nothing when an entry is wrong.
 */
export async function saveEvents(em: EntityManager, entries: EventInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Event', entries, references);
  const inSessions = await resolveParts(em, partsOf(entries, 'sessions'), {
    venue: 'Place',
    visited: 'Place',
    practices: 'GoodPractice',
  });
  const inRoles = await resolveRoles(em, entries);
  errors.push(...inSessions.errors, ...inRoles.errors);
  if (errors.length > 0) return errors;
  const events = entries.map((entry) => ({ ...entry, id: idOf('Event', entry.slug) }));
  const regionOf = await cityRegions(em, entries);
  const rows = events.map(
    ({ themes: _t, participantCountries: _c, sessions: _s, roles: _r, start, end, ...entry }) => ({
      ...provenance(entry),
      ...dateColumns('startDate', start),
      ...dateColumns('endDate', end),
      project: idOf('Project', entry.project),
      city: idOf('Place', entry.city),
      venue: idOf('Place', entry.venue),
      region: entry.city === null ? idOf('Region', entry.region) : regionOf(entry.city),
    }),
  );
  await saveRecords(em, Event, rows);
  for (const [edge, type] of [
    ['themes', 'Theme'],
    ['participantCountries', 'Region'],
  ] as const) {
    const edges = events.map((event) => ({ id: event.id, targets: event[edge].map((key) => idOf(type, key)) }));
    await saveEdges(em, eventFields.edges[edge], edges);
  }
  await saveSessions(em, events, inSessions.idOf);
  await saveRoles(em, events, inRoles.idOf);
  return [];
}

/** The region of each city that entries name, by the city's slug. */
async function cityRegions(em: EntityManager, entries: EventInput[]): Promise<(city: string) => string | null> {
  const slugs = entries.flatMap(({ city }) => (city === null ? [] : [city]));
  const cities = await em.find(Place, { slug: { $in: slugs } });
  const regions = new Map(cities.map(({ slug, region }) => [slug, region?.id ?? null]));
  return (city) => regions.get(city) ?? null;
}
