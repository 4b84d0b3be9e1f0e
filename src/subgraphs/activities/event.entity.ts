import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, texts } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Place } from '../directory/place.entity.js';
import { Project } from '../directory/project.entity.js';
import { Region } from '../directory/region.entity.js';
import { recordColumns } from '../record.entity.js';
import { DatePrecision } from '../record.fields.js';
import { EventMode, type EventKind } from './event.fields.js';
import type { SessionKind } from './session.fields.js';

const EventSchema = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    title: p.text(),
    alternativeTitle: p.text().nullable(),
    types: texts().$type<EventKind[]>(),
    ordinal: p.smallint().nullable(),
    startDate: p.date().nullable(),
    startDatePrecision: choiceOf(DatePrecision).nullable(),
    endDate: p.date().nullable(),
    endDatePrecision: choiceOf(DatePrecision).nullable(),
    mode: choiceOf(EventMode).default('UNKNOWN'),
    city: () => p.manyToOne(Place).ref().nullable(),
    venue: () => p.manyToOne(Place).ref().nullable(),
    /** Kept beside the city, so that lists by region need not ask for it. */
    region: () => p.manyToOne(Region).ref().nullable(),
    project: () => p.manyToOne(Project).ref().nullable(),
    owner: () => p.manyToOne(Partner).ref().nullable(),
    description: p.text().nullable(),
    method: p.text().nullable(),
    formats: texts().$type<SessionKind[]>(),
    objectives: texts(),
    agenda: texts(),
    decisions: texts(),
    followUps: texts(),
    practicesPresented: p.smallint().nullable(),
  },
});
/** A meeting: a seminar, a study visit, a conference. */
export class Event extends EventSchema.class {}
EventSchema.setClass(Event);
