import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Session } from './session.entity.js';

export const SessionKind = {
  WELCOME: 'WELCOME',
  WORKSHOP: 'WORKSHOP',
  ROUND_TABLE: 'ROUND_TABLE',
  PRESENTATION: 'PRESENTATION',
  STUDY_VISIT: 'STUDY_VISIT',
  INFORMAL_SESSION: 'INFORMAL_SESSION',
  OTHER: 'OTHER',
} as const;
export type SessionKind = keyof typeof SessionKind;

export const sessionFields = {
  ...recordOf('Session'),
  columns: [...recordFields, 'eventId', 'day', 'position', 'types', 'subject'],
  references: { venue: { table: 'place' }, visited: { table: 'place' } },
  edges: {
    practices: {
      through: 'session_practice',
      key: 'session_id',
      target: 'practice_id',
      table: 'good_practice',
      isFolded: true,
    },
  },
  sizes: {
    'Event.sessions': 3,
  },
  maxAge: 60,
} as const satisfies Fields;

export type SessionRow = RowOf<Session, typeof sessionFields>;
