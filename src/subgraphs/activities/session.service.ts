import type { EntityManager } from '@mikro-orm/postgresql';
import { seedId } from '../../graph/ids.js';
import { saveParts } from '../kind.service.js';
import type { Change } from '../manifest.js';
import { numbered } from '../record.service.js';
import { records, type RecordTypeName } from '../records.js';
import type { Saving } from '../saving.service.js';
import type { EventInput } from './event.inputs.js';
import { inherited } from './part.service.js';
import { Session } from './session.entity.js';
import { sessionFields } from './session.fields.js';

type Saved = Change<EventInput> & { id: string };
type IdOf = <Key extends string | null>(type: RecordTypeName, key: Key) => Key extends string ? string : null;

/**
 * The ids of an event's sessions. One is known by its own key, or else by its day, what it is and what is seen there:
 * it keeps its id when another is put before it, or its subject is corrected.
 */
export const sessionIds = ({ slug, sessions = [] }: Pick<Saved, 'slug' | 'sessions'>): string[] =>
  numbered(
    sessions.map(({ key, day, types, visited, practices }) =>
      [slug, ...(key === null ? [day, ...types, visited, ...practices] : [key])].join('/'),
    ),
  ).map((key) => seedId(records.Session.prefix, key));

/** Makes the sessions of these events those that they list; one that is no longer listed is deleted with its roles. */
export async function saveSessions(
  em: EntityManager,
  saving: Saving,
  events: readonly Saved[],
  idOf: IdOf,
): Promise<void> {
  const told = events.filter(({ sessions }) => sessions !== undefined);
  const sessions = told.flatMap((event) => {
    const ids = sessionIds(event);
    return (event.sessions ?? []).map((session, position) => ({
      event,
      session,
      position,
      id: ids[position] as string,
    }));
  });
  const rows = sessions.map(({ event, session, position, id }) => ({
    ...inherited(session, event),
    id,
    event: event.id,
    position,
    day: session.day,
    types: session.types,
    subject: session.subject,
    venue: idOf('Place', session.venue),
    visited: idOf('Place', session.visited),
  }));
  await saveParts(em, saving, { entity: Session, whole: 'event' }, told, rows);
  const links = sessions.map(({ id, session }) => ({
    id,
    targets: session.practices.map((key) => idOf('GoodPractice', key)),
  }));
  saving.link(sessionFields.edges.practices, links);
}
