import { boundsIn, orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { countryFilter, regionFilter } from '../directory/region.fields.js';
import { confidenceFilter, originFilter, recordFields, searched } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { GoodPractice } from './good-practice.entity.js';

const atWork = {
  sql: 'j.region_id',
  through: 'exists (select from good_practice_region j where j.good_practice_id = t.id and {})',
};

/** A page about the practice, such as a video or a report. */
export interface PracticeLink {
  url: string;
  title: string | null;
}

export const Scope = { LOCAL: 'LOCAL', REGIONAL: 'REGIONAL', NATIONAL: 'NATIONAL', EUROPEAN: 'EUROPEAN' } as const;
export type Scope = keyof typeof Scope;

export const Maturity = { PILOT: 'PILOT', PROVEN: 'PROVEN', SCALED: 'SCALED', DISCONTINUED: 'DISCONTINUED' } as const;
export type Maturity = keyof typeof Maturity;

export const ValidationLevel = { NONE: 'NONE', PROJECT: 'PROJECT', EXPERT: 'EXPERT', LABEL: 'LABEL' } as const;
export type ValidationLevel = keyof typeof ValidationLevel;

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
    'description',
    'scope',
    'sectors',
    'keywords',
    'practiceType',
    'targetGroups',
    'maturity',
    'fundingSources',
    'staff',
    'resourcesText',
    'timeframe',
    'difficulties',
    'lessonsLearnt',
    'successFactors',
    'prerequisites',
    'constraints',
    'adaptableParts',
    'transferabilityRating',
    'validationLevel',
    'validatedByText',
    'validatedOn',
    'validatedOnPrecision',
    'validationOpinion',
    'links',
    'workflowStatus',
  ],
  references: {
    owner: { table: 'partner' },
    identifiedIn: { table: 'project' },
    validatedBy: { table: 'partner', column: 'validated_by_id' },
  },
  edges: {
    regions: { through: 'good_practice_region', key: 'good_practice_id', target: 'region_id', table: 'region' },
    places: { through: 'good_practice_place', key: 'good_practice_id', target: 'place_id', table: 'place' },
    inspiredBy: {
      through: 'good_practice_inspiration',
      key: 'practice_id',
      target: 'inspired_by_id',
      table: 'good_practice',
    },
    themes: { through: 'good_practice_theme', key: 'good_practice_id', target: 'theme_id', table: 'theme' },
  },
  filters: {
    region: regionFilter(atWork, 'Where the practice is at work; `within: "ITI1"` is all of Tuscany.'),
    country: countryFilter(atWork, 'Country codes as Eurostat writes them: EL for Greece.'),
    place: {
      kind: 'key',
      sql: 'j.place_id',
      of: { table: 'place', named: 'slug' },
      through: 'exists (select from good_practice_place j where j.good_practice_id = t.id and {})',
      description: 'Slugs of cities or sites where it is at work, such as `barcelona`.',
    },
    theme: {
      kind: 'tree',
      sql: 'j.theme_id',
      of: { table: 'theme', named: 'slug' },
      through: 'exists (select from good_practice_theme j where j.good_practice_id = t.id and {})',
      description: 'Slugs of themes, such as `innocrafts-t2`; `within` takes narrower themes in.',
    },
    owner: {
      kind: 'key',
      sql: 't.owner_id',
      of: { table: 'partner', named: 'slug' },
      description: 'Slugs of the organisations that own the practice.',
    },
    project: {
      kind: 'key',
      sql: 't.identified_in_id',
      of: { table: 'project', named: 'slug' },
      description: 'Slugs of the projects that identified the practice.',
    },
    programme: {
      kind: 'key',
      sql: 'j.programme_id',
      of: { table: 'programme', named: 'slug' },
      through: 'exists (select from project j where j.id = t.identified_in_id and {})',
      description: 'Slugs of the programmes whose projects identified the practice.',
    },
    ownerType: {
      kind: 'key',
      enum: 'PartnerType',
      sql: 'o.type',
      through: 'exists (select from partner o where o.id = t.owner_id and {})',
      description: 'The type of organisation that owns the practice.',
    },
    validation: {
      kind: 'key',
      enum: 'ValidationLevel',
      sql: 't.validation_level',
      description: 'Who has validated the practice; those of which it is unknown never match.',
    },
    maturity: { kind: 'key', enum: 'Maturity', sql: 't.maturity', description: 'How far the practice has come.' },
    scope: { kind: 'key', enum: 'Scope', sql: 't.scope', description: 'How large an area the practice is for.' },
    sector: {
      kind: 'key',
      isList: true,
      sql: 's.sectors',
      through: searched('good_practice'),
      description: 'Trades and industries, in the words of the record.',
    },
    keyword: {
      kind: 'key',
      isList: true,
      sql: 's.keywords',
      through: searched('good_practice'),
      description: 'Keywords, in the words of the record.',
    },
    targetGroup: {
      kind: 'key',
      isList: true,
      sql: 's.target_groups',
      through: searched('good_practice'),
      description: 'Whom the practice is for, in the words of the record.',
    },
    practiceType: {
      kind: 'key',
      sql: 't.practice_type',
      description: 'What sort of practice it is, in the words of the record.',
    },
    cost: {
      kind: 'decimal',
      sql: 't.cost_eur',
      bounds: boundsIn('t.cost_eur', '1e18'),
      description: 'What it cost in EUR, for what `costBasis` says; other currencies and unknown costs never match.',
    },
    duration: {
      kind: 'decimal',
      sql: 't.duration_years',
      description:
        'Years from the start to the end, or to `ongoingAsOf`. Of dates known only in part it is the longest span that they allow: 2012 to 2014 is 3 years. Unknown ones never match.',
    },
    hasMeasurements: {
      kind: 'flag',
      sql: 'exists (select from measurement m where m.practice_id = t.id)',
      description: 'Whether the evidence holds at least one figure.',
    },
    indicator: {
      kind: 'key',
      sql: 'm.indicator_id',
      of: { table: 'indicator', named: 'slug' },
      through: 'exists (select from measurement m where m.practice_id = t.id and {})',
      description: 'Slugs of indicators of which the evidence holds a figure.',
    },
    isOngoing: {
      kind: 'flag',
      sql: 't.is_ongoing is true',
      description: 'Whether it is known to go on; false too where that is unknown.',
    },
    rating: {
      kind: 'int',
      sql: 't.transferability_rating',
      description: 'How well others may take it over, from 1 to 5; those without a rating never match.',
    },
    validatedOn: {
      kind: 'date',
      sql: 't.validated_on',
      description: 'When it was validated; a year alone counts as its first day.',
    },
    validatedBy: {
      kind: 'key',
      sql: 't.validated_by_id',
      of: { table: 'partner', named: 'slug' },
      description: 'Slugs of the organisations that validated it.',
    },
    confidence: confidenceFilter,
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      bounds: boundsIn('t.start_date', "'0001-01-01'"),
      description: 'When the practice began; a year alone counts as its first day.',
    },
    endDate: {
      kind: 'date',
      sql: 't.end_date',
      description: 'When the practice ended; a year alone counts as its first day, and one that goes on never matches.',
    },
    title: {
      kind: 'text',
      isFolded: true,
      sql: 's.title',
      through: searched('good_practice'),
      description: 'Part of the original title.',
    },
    text: {
      kind: 'text',
      isFolded: true,
      sql: 's.text',
      through: searched('good_practice'),
      description: 'Part of the original title, summary, description or problem.',
    },
    ...originFilter,
  },
  orders: {
    TITLE_ASC: { by: ['t.title collate "und-x-icu"'], description: 'By original title, A to Z.' },
    START_DESC: {
      by: [orElse('t.start_date', "'0001-01-01'")],
      descending: true,
      description: 'The last begun first; those without a date last.',
    },
    COST_ASC: {
      by: [orElse('t.cost_eur', '1e18')],
      description: 'The cheapest first; those without a cost in EUR last.',
    },
    DURATION_DESC: {
      by: [orElse('t.duration_years', '-1')],
      descending: true,
      description: 'The longest first, counted as `where.duration` counts; those of which it is unknown last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: {
    owner: 't.owner_id = {key}',
    project: 't.identified_in_id = {key}',
    theme: 'exists (select from good_practice_theme j where j.good_practice_id = t.id and j.theme_id = {key})',
    region: `exists (select from good_practice_region j join region r on r.id = j.region_id join region a on a.id = {key}
      where j.good_practice_id = t.id and r.path >= a.path and r.path < rtrim(a.path, '/') || '0')`,
  },
  sizes: {
    'GoodPractice.keywords': 3,
    'GoodPractice.missing': 8,
    'GoodPractice.regions': 2,
    'GoodPractice.themes': 2,
    'Partner.goodPractices': 4,
    'Project.goodPractices': 10,
    'Region.goodPractices': 10,
    'Theme.goodPractices': 10,
  },
  maxAge: 60,
} as const satisfies Fields;

export type GoodPracticeRow = RowOf<GoodPractice, typeof goodPracticeFields>;
