import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { EventRole } from './event-role.entity.js';

export const EventRoleKind = {
  HOST: 'HOST',
  WELCOME: 'WELCOME',
  EXPERT: 'EXPERT',
  SPEAKER: 'SPEAKER',
  PARTICIPANT: 'PARTICIPANT',
} as const;
export type EventRoleKind = keyof typeof EventRoleKind;

export const eventRoleFields = {
  ...recordOf('EventRole'),
  columns: [...recordFields, 'eventId', 'sessionId', 'role', 'label', 'contribution'],
  references: { partner: { table: 'partner' } },
  sizes: {
    'Event.roles': 5,
  },
  maxAge: 60,
} as const satisfies Fields;

export type EventRoleRow = RowOf<EventRole, typeof eventRoleFields>;
