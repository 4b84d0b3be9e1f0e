import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { recordColumns } from '../record.entity.js';
import { Event } from './event.entity.js';
import { EventRoleKind } from './event-role.fields.js';
import { Session } from './session.entity.js';

const EventRoleSchema = defineEntity({
  name: 'EventRole',
  tableName: 'event_role',
  properties: {
    ...recordColumns,
    event: () => p.manyToOne(Event).ref(),
    session: () => p.manyToOne(Session).ref().nullable(),
    role: choiceOf(EventRoleKind),
    partner: () => p.manyToOne(Partner).ref().nullable(),
    label: p.text().nullable(),
    contribution: p.text().nullable(),
    position: p.smallint().default(0),
  },
});
/** The part of an organisation, or of a group of people, in an event or in one of its sessions. */
export class EventRole extends EventRoleSchema.class {}
EventRoleSchema.setClass(EventRole);
