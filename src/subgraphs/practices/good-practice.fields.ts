import type { Fields, RowOf } from '../../graph/fields.js';
import { regionFilter } from '../directory/region.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { GoodPractice } from './good-practice.entity.js';

const inRegion = (condition: string) =>
  `exists (select from good_practice_region j join region r on r.id = j.region_id where j.good_practice_id = t.id and ${condition})`;

export const goodPracticeFields = {
  ...recordOf('GoodPractice'),
  columns: [
    ...recordFields,
    'slug',
    'title',
    'summary',
    'problem',
    'evidence',
    'ownerText',
    'startDate',
    'startDatePrecision',
    'endDate',
    'endDatePrecision',
    'isOngoing',
    'ongoingAsOf',
    'ongoingAsOfPrecision',
    'costAmount',
    'costCurrency',
    'costBasis',
  ],
  references: { owner: { table: 'partner' }, identifiedIn: { table: 'project' } },
  edges: {
    regions: { through: 'good_practice_region', key: 'good_practice_id', target: 'region_id', table: 'region' },
    places: { through: 'good_practice_place', key: 'good_practice_id', target: 'place_id', table: 'place' },
    themes: { through: 'good_practice_theme', key: 'good_practice_id', target: 'theme_id', table: 'theme' },
  },
  filters: {
    region: regionFilter(inRegion('{}'), 'Where the practice is at work; `within: "ITI1"` is all of Tuscany.'),
    country: {
      kind: 'key',
      sql: 'r.country_code',
      through: inRegion('{}'),
      description: 'Country codes as Eurostat writes them: EL for Greece.',
    },
    theme: {
      kind: 'key',
      sql: 'h.slug',
      through:
        'exists (select from good_practice_theme j join theme h on h.id = j.theme_id where j.good_practice_id = t.id and {})',
      description: 'Slugs of themes, such as `innocrafts-t2`.',
    },
    owner: {
      kind: 'key',
      sql: 'o.slug',
      through: 'exists (select from partner o where o.id = t.owner_id and {})',
      description: 'Slugs of the organisations that own the practice.',
    },
    project: {
      kind: 'key',
      sql: 'j.slug',
      through: 'exists (select from project j where j.id = t.identified_in_id and {})',
      description: 'Slugs of the projects that identified the practice.',
    },
    hasMeasurements: {
      kind: 'flag',
      sql: 'exists (select from measurement m where m.practice_id = t.id)',
      description: 'Whether the evidence holds at least one figure.',
    },
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      description: 'When the practice began; a year alone counts as its first day.',
    },
    title: { kind: 'text', sql: 't.title', description: 'Part of the original title.' },
  },
  orders: {
    TITLE_ASC: { by: ['t.title collate "und-x-icu"'], description: 'By original title, A to Z.' },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: {
    owner: 't.owner_id = {key}',
    project: 't.identified_in_id = {key}',
    theme: 'exists (select from good_practice_theme j where j.good_practice_id = t.id and j.theme_id = {key})',
    region: `exists (select from good_practice_region j join region r on r.id = j.region_id join region a on a.id = {key}
      where j.good_practice_id = t.id and r.path >= a.path and r.path < rtrim(a.path, '/') || '0')`,
  },
  maxAge: 60,
} as const satisfies Fields;

export type GoodPracticeRow = RowOf<GoodPractice, typeof goodPracticeFields>;
