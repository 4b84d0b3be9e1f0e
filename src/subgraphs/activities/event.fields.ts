import type { Fields, RowOf } from '../../graph/fields.js';
import { regionFilter } from '../directory/region.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Event } from './event.entity.js';

export const EventKind = {
  TRAINING_SEMINAR: 'TRAINING_SEMINAR',
  SEMINAR: 'SEMINAR',
  STUDY_VISIT: 'STUDY_VISIT',
  COORDINATION_MEETING: 'COORDINATION_MEETING',
  KICK_OFF_MEETING: 'KICK_OFF_MEETING',
  CONFERENCE: 'CONFERENCE',
  DISSEMINATION_EVENT: 'DISSEMINATION_EVENT',
  PRESS_CONFERENCE: 'PRESS_CONFERENCE',
  OTHER: 'OTHER',
} as const;
export type EventKind = keyof typeof EventKind;

export const EventMode = { IN_PERSON: 'IN_PERSON', ONLINE: 'ONLINE', HYBRID: 'HYBRID', UNKNOWN: 'UNKNOWN' } as const;
export type EventMode = keyof typeof EventMode;

const inRegion = (condition: string) => `exists (select from region r where r.id = t.region_id and ${condition})`;
const partnerIn = (role: string) =>
  `exists (select from event_role e join partner o on o.id = e.partner_id where e.event_id = t.id${role} and {})`;
const isHost = ` and e.role = 'HOST'`;

export const eventFields = {
  ...recordOf('Event'),
  columns: [
    ...recordFields,
    'slug',
    'title',
    'alternativeTitle',
    'types',
    'ordinal',
    'startDate',
    'startDatePrecision',
    'endDate',
    'endDatePrecision',
    'mode',
    'description',
    'method',
    'formats',
    'objectives',
    'agenda',
    'decisions',
    'followUps',
    'practicesPresented',
  ],
  derived: {
    /** The first host that has a record: who hosts is said once, among the roles. */
    hostId: `(select e.partner_id from event_role e join partner o on o.id = e.partner_id
      where e.event_id = t.id and e.session_id is null${isHost} order by e.position, e.id limit 1)`,
  },
  references: {
    city: { table: 'place' },
    venue: { table: 'place' },
    region: { table: 'region' },
    project: { table: 'project' },
  },
  edges: {
    themes: { through: 'event_theme', key: 'event_id', target: 'theme_id', table: 'theme' },
    participantCountries: { through: 'event_country', key: 'event_id', target: 'region_id', table: 'region' },
  },
  filters: {
    project: {
      kind: 'key',
      sql: 'j.slug',
      through: 'exists (select from project j where j.id = t.project_id and {})',
      description: 'Slugs of the projects that held the event.',
    },
    region: regionFilter(inRegion('{}'), 'Where it took place; `within: "ES51"` is all of Catalonia.'),
    country: {
      kind: 'key',
      sql: 'r.country_code',
      through: inRegion('{}'),
      description: 'Where it took place, by country codes as Eurostat writes them: EL for Greece.',
    },
    theme: {
      kind: 'key',
      sql: 'h.slug',
      through: 'exists (select from event_theme j join theme h on h.id = j.theme_id where j.event_id = t.id and {})',
      description: 'Slugs of themes, such as `innocrafts-t1`.',
    },
    host: {
      kind: 'key',
      sql: 'o.slug',
      through: partnerIn(isHost),
      description: 'Slugs of the organisations that hosted it.',
    },
    partner: {
      kind: 'key',
      sql: 'o.slug',
      through: partnerIn(''),
      description: 'Slugs of organisations with any role in it, hosts included.',
    },
    type: {
      kind: 'key',
      enum: 'EventKind',
      sql: 'y.type',
      through: 'exists (select from unnest(t.types) y (type) where {})',
      description: 'One of its types; a seminar with a study visit is found by either.',
    },
    mode: { kind: 'key', enum: 'EventMode', sql: 't.mode', description: 'Whether people met in one room.' },
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      description: 'When it began; a month or year alone counts as its first day.',
    },
    endDate: {
      kind: 'date',
      sql: 'coalesce(t.end_date, t.start_date)',
      description: 'When it ended; an event of one day ends on it.',
    },
    title: {
      kind: 'text',
      sql: "concat_ws(' ', t.title, t.alternative_title)",
      description: 'Part of the original title or of the other one.',
    },
  },
  orders: {
    START_ASC: {
      by: ["coalesce(t.start_date, '9999-12-31')"],
      description: 'The earliest first; those without a date last.',
    },
    START_DESC: {
      by: ["coalesce(t.start_date, '0001-01-01')"],
      descending: true,
      description: 'The latest first; those without a date last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: {
    project: 't.project_id = {key}',
    partner: 'exists (select from event_role e where e.event_id = t.id and e.partner_id = {key})',
    practice: `exists (select from session_practice j join session s on s.id = j.session_id
      where s.event_id = t.id and j.practice_id = {key})`,
  },
  sizes: {
    'GoodPractice.presentedAt': 3,
    'Partner.events': 5,
    'Project.events': 8,
  },
  maxAge: 60,
} as const satisfies Fields;

export type EventRow = RowOf<Event, typeof eventFields>;
