import { defineEntity, p } from '@mikro-orm/core';
import { texts } from '../../database/columns.js';
import { Place } from '../directory/place.entity.js';
import { recordColumns } from '../record.entity.js';
import { Event } from './event.entity.js';
import type { SessionKind } from './session.fields.js';

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    ...recordColumns,
    event: () => p.manyToOne(Event).ref(),
    day: p.date().nullable(),
    position: p.smallint().default(0),
    types: texts().$type<SessionKind[]>(),
    subject: p.text().nullable(),
    venue: () => p.manyToOne(Place).ref().nullable(),
    visited: () => p.manyToOne(Place).ref().nullable(),
  },
});
/** A part of an event: a welcome, a workshop, a visit. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
