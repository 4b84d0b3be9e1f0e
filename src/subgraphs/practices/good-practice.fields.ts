import type { Fields, RowOf } from '../../graph/fields.js';
import { regionFilter } from '../directory/region.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { GoodPractice } from './good-practice.entity.js';

const inRegion = (condition: string) =>
  `exists (select from good_practice_region j join region r on r.id = j.region_id where j.good_practice_id = t.id and ${condition})`;

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

/** The first day after what is known of a date. */
const after = (date: string) =>
  `(${date} + case ${date}_precision when 'YEAR' then interval '1 year' when 'MONTH' then interval '1 month' else interval '1 day' end)::date`;

/** Years between the dates, as long as what is known of them allows; null where one is unknown. */
const duration = `round((coalesce(${after('t.end_date')}, ${after('t.ongoing_as_of')}) - t.start_date) / 365.25, 2)`;

const identifiedIn = (condition: string) =>
  `exists (select from project j join programme g on g.id = j.programme_id where j.id = t.identified_in_id and ${condition})`;

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
    region: regionFilter(inRegion('{}'), 'Where the practice is at work; `within: "ITI1"` is all of Tuscany.'),
    country: {
      kind: 'key',
      sql: 'r.country_code',
      through: inRegion('{}'),
      description: 'Country codes as Eurostat writes them: EL for Greece.',
    },
    theme: {
      kind: 'tree',
      sql: 'h.slug',
      path: 'h.path',
      through:
        'exists (select from good_practice_theme j join theme h on h.id = j.theme_id where j.good_practice_id = t.id and {})',
      description: 'Slugs of themes, such as `innocrafts-t2`; `within` takes narrower themes in.',
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
    programme: {
      kind: 'key',
      sql: 'g.slug',
      through: identifiedIn('{}'),
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
      sql: 's.name',
      through: 'exists (select from unnest(t.sectors) s(name) where {})',
      description: 'Trades and industries, in the words of the record.',
    },
    cost: {
      kind: 'decimal',
      sql: 't.cost_amount',
      through: "(t.cost_currency = 'EUR' and {})",
      description: 'What it cost in EUR, for what `costBasis` says; other currencies and unknown costs never match.',
    },
    duration: {
      kind: 'decimal',
      sql: duration,
      description:
        'Years from the start to the end, or to `ongoingAsOf`. Of dates known only in part it is the longest span that they allow: 2012 to 2014 is 3 years. Unknown ones never match.',
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
    text: {
      kind: 'text',
      sql: "concat_ws(' ', t.title, t.summary, t.description, t.problem)",
      description: 'Part of the original title, summary, description or problem.',
    },
  },
  orders: {
    TITLE_ASC: { by: ['t.title collate "und-x-icu"'], description: 'By original title, A to Z.' },
    START_DESC: {
      by: ["coalesce(t.start_date, '0001-01-01')"],
      descending: true,
      description: 'The last begun first; those without a date last.',
    },
    COST_ASC: {
      by: ["coalesce(case when t.cost_currency = 'EUR' then t.cost_amount end, 'Infinity')"],
      description: 'The cheapest first; those without a cost in EUR last.',
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
    'Partner.goodPractices': 5,
    'GoodPractice.keywords': 4,
  },
  maxAge: 60,
} as const satisfies Fields;

export type GoodPracticeRow = RowOf<GoodPractice, typeof goodPracticeFields>;
