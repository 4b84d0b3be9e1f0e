import type { EntityManager } from '@mikro-orm/postgresql';
import { seedId } from '../../graph/ids.js';
import { saveParts } from '../kind.service.js';
import type { Change } from '../manifest.js';
import { records, type RecordTypeName } from '../records.js';
import type { Saving } from '../saving.service.js';
import { EventRole } from './event-role.entity.js';
import type { EventRoleInput } from './event-role.inputs.js';
import type { EventInput } from './event.inputs.js';
import { inherited, partsOf, resolveParts, type Placed } from './part.service.js';
import { sessionIds } from './session.service.js';

type WithRoles = Pick<Change<EventInput>, 'roles' | 'sessions' | 'origin'>;

/** All roles of these events: those of an event as a whole first, then those of its sessions. */
function rolesOf(entries: readonly WithRoles[]): Placed<EventRoleInput>[] {
  const inSessions = entries.flatMap(({ sessions = [], origin }, entry) =>
    sessions.flatMap(({ roles }, session) =>
      roles.map((part, index) => ({ part, entry, origin, path: ['sessions', session, 'roles', index] })),
    ),
  );
  return [...partsOf(entries, 'roles'), ...inSessions];
}

/** Finds the partners that roles name. */
export const resolveRoles = (em: EntityManager, entries: readonly WithRoles[]) =>
  resolveParts(em, rolesOf(entries), { partner: 'Partner' });

type Saved = Change<EventInput> & { id: string };
type IdOf = <Key extends string | null>(type: RecordTypeName, key: Key) => Key extends string ? string : null;

/** Makes the roles of these events those that they list, in the whole or in sessions; one that is no longer listed is deleted. */
export async function saveRoles(
  em: EntityManager,
  saving: Saving,
  events: readonly Saved[],
  idOf: IdOf,
): Promise<void> {
  const rows = rolesOf(events).flatMap(({ part, entry, path }, position) => {
    const event = events[entry];
    if (event === undefined) return [];
    const session = path[0] === 'sessions' ? sessionIds(event)[Number(path[1])] : undefined;
    return [rowOf(part, event, session ?? null, position, idOf)];
  });
  const kind = { entity: EventRole, whole: 'event' } as const;
  const inWhole = events.filter(({ roles }) => roles !== undefined);
  const inSessions = events.filter(({ sessions }) => sessions !== undefined);
  await saveParts(
    em,
    saving,
    { ...kind, among: { session: null } },
    inWhole,
    rows.filter(({ session }) => session === null),
  );
  await saveParts(
    em,
    saving,
    { ...kind, among: { session: { $ne: null } } },
    inSessions,
    rows.filter(({ session }) => session !== null),
  );
}

function rowOf(part: EventRoleInput, event: Saved, session: string | null, position: number, idOf: IdOf) {
  const { role, partner, label, contribution } = part;
  return {
    ...inherited(part, event),
    // Who does what where is said once, so it is the key.
    id: seedId(records.EventRole.prefix, [session ?? event.slug, role, partner ?? `"${label}"`].join('/')),
    event: event.id,
    session,
    role,
    partner: idOf('Partner', partner),
    label,
    contribution,
    position,
  };
}
