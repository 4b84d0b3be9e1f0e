import type { FilterField, JoinEdge } from '../graph/fields.js';

export const PublicationStatus = { DRAFT: 'DRAFT', PUBLISHED: 'PUBLISHED', WITHDRAWN: 'WITHDRAWN' } as const;
export type PublicationStatus = keyof typeof PublicationStatus;

export const Origin = { ENTERED: 'ENTERED', REPORTED: 'REPORTED', DEMONSTRATION: 'DEMONSTRATION' } as const;
export type Origin = keyof typeof Origin;

export const Confidence = {
  STATED: 'STATED',
  DERIVED: 'DERIVED',
  UNCERTAIN: 'UNCERTAIN',
  DISPUTED: 'DISPUTED',
} as const;
export type Confidence = keyof typeof Confidence;

export const DatePrecision = { DAY: 'DAY', MONTH: 'MONTH', YEAR: 'YEAR' } as const;
export type DatePrecision = keyof typeof DatePrecision;

/** What the select list of every record begins with. */
export const recordFields = [
  'id',
  'createdAt',
  'updatedAt',
  'version',
  'publicationStatus',
  'withdrawnReason',
  'origin',
  'language',
  'sourceNote',
  'confidence',
] as const;

/** In the `where` of every list of records. */
export const originFilter = {
  origin: {
    kind: 'key',
    enum: { Origin },
    sql: 't.origin',
    description: 'How the record came in; `in: [ENTERED, REPORTED]` leaves out what is made up for the demonstration.',
  },
} as const satisfies Record<string, FilterField>;

/** The condition of a filter on what is searched of a record, texts and lists, which has a table of its own: `s`. */
export const searched = (table: string) => `t.id in (select s.id from ${table}_search s where {})`;

export const confidenceFilter = {
  kind: 'key',
  enum: { Confidence },
  sql: 't.confidence',
  description: 'How sure the record is as a whole, such as STATED for what a source says in so many words.',
} as const;

/** From any record to its sources, the main one first. */
export const recordSources = {
  through: 'record_source',
  key: 'record_id',
  target: 'source_id',
  table: 'source',
} as const satisfies JoinEdge;

/** `budget_amount` is `budget.amount`, `owner_id` is `owner`, `start_date` is `startDate`. */
export function fieldOf(column: string): string {
  if (column === 'source_url') return 'sources';
  return column
    .replace(/_(amount|currency)$/, '.$1')
    .replace(/_id$/, '')
    .replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The fields of these columns, each once, as revisions name them. */
export const changedFields = (columns: readonly string[]): string[] =>
  [
    ...new Set(
      columns.map((column) =>
        fieldOf(column)
          .replace(/\..*/, '')
          .replace(/Precision$/, ''),
      ),
    ),
  ].toSorted();
