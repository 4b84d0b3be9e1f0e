import { boundsIn, orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { countryFilter, regionFilter } from '../directory/region.fields.js';
import { confidenceFilter, originFilter, recordFields, searched } from '../record.fields.js';
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

const place = { sql: 't.region_id' };
const partnerIn = (role: string) =>
  ({
    kind: 'key',
    sql: 'e.partner_id',
    of: { table: 'partner', named: 'slug' },
    through: `exists (select from event_role e where e.event_id = t.id${role} and {})`,
  }) as const;
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
    themes: { through: 'event_theme', key: 'event_id', target: 'theme_id', table: 'theme', isFolded: true },
    participantCountries: {
      through: 'event_country',
      key: 'event_id',
      target: 'region_id',
      table: 'region',
      isFolded: true,
    },
  },
  filters: {
    project: {
      kind: 'key',
      sql: 't.project_id',
      of: { table: 'project', named: 'slug' },
      description: 'Slugs of the projects that held the event.',
    },
    programme: {
      kind: 'key',
      sql: 'j.programme_id',
      of: { table: 'programme', named: 'slug' },
      through: 'exists (select from project j where j.id = t.project_id and {})',
      description: 'Slugs of the programmes that funded those projects.',
    },
    region: regionFilter(place, 'Where it took place; `within: "ES51"` is all of Catalonia.'),
    country: countryFilter(place, 'Where it took place, by country codes as Eurostat writes them: EL for Greece.'),
    participantCountry: countryFilter(
      { sql: 'j.region_id', through: 'exists (select from event_country j where j.event_id = t.id and {})' },
      'Countries that people came from, as Eurostat writes them: EL for Greece.',
    ),
    city: {
      kind: 'key',
      sql: 't.city_id',
      of: { table: 'place', named: 'slug' },
      description: 'Slugs of the cities where it took place, such as `barcelona`.',
    },
    practice: {
      kind: 'key',
      sql: 'j.practice_id',
      of: { table: 'good_practice', named: 'slug' },
      through: `exists (select from session s join session_practice j on j.session_id = s.id
        where s.event_id = t.id and {})`,
      description: 'Slugs of practices that were presented or visited in a session.',
    },
    theme: {
      kind: 'tree',
      sql: 'j.theme_id',
      of: { table: 'theme', named: 'slug' },
      through: 'exists (select from event_theme j where j.event_id = t.id and {})',
      description: 'Slugs of themes, such as `innocrafts-t1`; `within` takes narrower themes in.',
    },
    host: {
      ...partnerIn(isHost),
      description: 'Slugs of the organisations that hosted it.',
    },
    partner: {
      ...partnerIn(''),
      description: 'Slugs of organisations with any role in it, hosts included.',
    },
    type: {
      kind: 'key',
      enum: 'EventKind',
      isList: true,
      sql: 's.types',
      through: searched('event'),
      description: 'One of its types; a seminar with a study visit is found by either.',
    },
    mode: { kind: 'key', enum: 'EventMode', sql: 't.mode', description: 'Whether people met in one room.' },
    confidence: confidenceFilter,
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      bounds: {
        gte: boundsIn('t.start_date', "'9999-12-31'").gte,
        lte: boundsIn('t.start_date', "'0001-01-01'").lte,
      },
      description: 'When it began; a month or year alone counts as its first day.',
    },
    endDate: {
      kind: 'date',
      sql: orElse('t.end_date', 't.start_date'),
      description: 'When it ended; an event of one day ends on it.',
    },
    title: {
      kind: 'text',
      isFolded: true,
      sql: 's.title',
      through: searched('event'),
      description: 'Part of the original title or of the other one.',
    },
    ...originFilter,
  },
  orders: {
    START_ASC: {
      by: [orElse('t.start_date', "'9999-12-31'")],
      description: 'The earliest first; those without a date last.',
    },
    START_DESC: {
      by: [orElse('t.start_date', "'0001-01-01'")],
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
    'Event.participantCountries': 2,
    'GoodPractice.presentedAt': 2,
    'Partner.events': 4,
    'Project.events': 6,
  },
  maxAge: 60,
} as const satisfies Fields;

export type EventRow = RowOf<Event, typeof eventFields>;
