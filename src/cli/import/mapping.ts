/**
 * A mapping says how rows of a file become records. It is YAML, closed (an unknown word is refused), and every cell is read
 * by what its field takes: dates, numbers, choices, lists. One row may make several records.
 *
 *     source: https://example.org/members.csv   # the page or file that all of it is from: an address, or a source's slug
 *     namespace: members                        # external keys are unique in it; the source unless said
 *     format: csv                               # csv, tsv, json, ndjson, yaml; by the ending of the file unless said
 *     encoding: utf-8                           # utf-8, utf-16le, utf-16be, windows-1252, iso-8859-2 …; detected and told
 *     delimiter: ';'                            # of CSV; detected and told
 *     dates: day-first                          # day-first, month-first or year-first: 03/04/2020; detected and told
 *     decimal: comma                            # comma or point: 1.234,50; detected and told
 *     empty: [NA, '-']                          # what else means that a cell is empty
 *     language: en                              # of the texts; en unless said
 *     confidence: STATED                        # STATED, DERIVED, UNCERTAIN, DISPUTED; STATED unless said
 *     publish: true                             # false: new records are drafts, until somebody opens them
 *     records:
 *       organisation:                           # any name; records name each other by it
 *         kind: partner                         # see `kinds.ts`; the record's name unless said
 *         key: [id]                             # the columns that tell records apart; without it they are told by `slug`
 *         candidates: create                    # partners alone, where similar ones are there: create (told), or reject the row
 *         fields:                               # fields of entries as in seeds/<kinds>.yaml; a path for parts of a field
 *           nameOriginal: name                  # a column; in JSON a path such as address.city
 *           acronym: { columns: [short, abbreviation] }      # the first that is not empty; with `join: ', '` all of them
 *           type: { column: sort, values: { Uni: HIGHER_EDUCATION_RESEARCH }, otherwise: OTHER }
 *           website: { column: web, otherwise: null }        # what stands in where a cell is not listed in `values`, or cannot be
 *                       # taken; it is told. Without `otherwise` the row is rejected. A list leaves out the item
 *           specialisations: { column: topics, split: ';' }  # a list in one cell
 *           region: { region: { code: nuts, name: place, country: land, level: 3 } } # a code of any version, or a name in any
 *                       # language with its country (a code or a name); without code and name the country itself
 *           identifiers: { list: [{ fields: { scheme: { value: PIC }, value: pic } }] } # left out where all columns are empty
 *       membership:
 *         kind: participation                   # told apart by project, partner and role; has no key
 *         fields:
 *           partner: { record: organisation }   # a record of the same row; not made where that is not made
 *           project: { value: crafts }          # always the same
 *           role: { column: role, default: PARTNER }         # `default` where the cell is empty
 *           startDate: { column: since, dates: month-first } # `dates` and `decimal` for one field alone
 *           budget.amount: { column: cost, decimal: point }
 *           budget.currency: { value: EUR }
 *
 * A record whose key is empty is not made, nor what refers to it (`optional: true` beside `record` makes it all the same).
 * A list in one cell, or an array in JSON, may make a record for each of its items, and one of each that refers to it:
 *
 *         each: { column: partners, split: ';' }
 *         key: [{ item: true }]                 # the item itself; in JSON also a path in it: { item: name }
 *
 * So may columns that repeat with a number: `{n}` in any column of this record, and of those that refer to it, is the number:
 *
 *         each: { numbered: 'partner {n} name', to: 38 }
 *         fields: { nameOriginal: 'partner {n} name' }
 *         …       order: { item: number }
 *
 * The first row that tells of a record stands; a later one that says otherwise of it is told, and changes nothing.
 */
import { z } from 'zod';
import { Confidence } from '../../subgraphs/record.fields.js';
import { languageTag, optional, sourceKey } from '../../subgraphs/record.inputs.js';
import { kindNames } from './kinds.js';

export const formats = ['csv', 'tsv', 'json', 'ndjson', 'yaml'] as const;
export type Format = (typeof formats)[number];

const dateOrder = z.enum(['day-first', 'month-first', 'year-first']);
export type DateOrder = z.output<typeof dateOrder>;
const decimalMark = z.enum(['comma', 'point']);
export type DecimalMark = z.output<typeof decimalMark>;

const plain = z.union([z.string(), z.number(), z.boolean()]);
const constant = z.union([plain, z.array(plain), z.null()]);
export type Constant = z.output<typeof constant>;

export interface RegionSpec {
  code?: Spec | null;
  name?: Spec | null;
  country?: Spec | null;
  level?: number | null;
}

/** How a field is read of a row. Exactly one of the first eight says from where. */
export interface Spec {
  column?: string | null;
  columns?: string[] | null;
  item?: true | string | null;
  value?: Constant;
  record?: string | null;
  region?: RegionSpec | null;
  list?: Spec[] | null;
  fields?: Record<string, Spec> | null;
  values?: Record<string, Constant> | null;
  otherwise?: Constant;
  default?: Constant;
  split?: string | null;
  join?: string | null;
  dates?: DateOrder | null;
  decimal?: DecimalMark | null;
  optional?: boolean | null;
}

const origins = ['column', 'columns', 'item', 'value', 'record', 'region', 'list', 'fields'] as const;

const column = z.string().min(1);
/** `name` is short for `{ column: name }`. */
const spec: z.ZodType<Spec> = z.lazy(() =>
  z.preprocess(
    (given) => (typeof given === 'string' ? { column: given } : given),
    z
      .strictObject({
        column: column.optional(),
        columns: z.array(column).min(1).optional(),
        item: z.union([z.literal(true), column]).optional(),
        value: constant.optional(),
        record: z.string().min(1).optional(),
        region: z
          .strictObject({
            code: spec.optional(),
            name: spec.optional(),
            country: spec.optional(),
            level: z.int().min(0).max(3).optional(),
          })
          .optional(),
        list: z.array(spec).min(1).optional(),
        fields: z.record(z.string(), spec).optional(),
        values: z.record(z.string(), constant).optional(),
        otherwise: constant.optional(),
        default: constant.optional(),
        split: z.string().min(1).optional(),
        join: z.string().optional(),
        dates: dateOrder.optional(),
        decimal: decimalMark.optional(),
        optional: z.boolean().optional(),
      })
      .superRefine((given, context) => {
        const told = origins.filter((origin) => given[origin] !== undefined);
        if (told.length === 1) return;
        const found = told.length === 0 ? 'None is here' : `${told.join(' and ')} are here`;
        context.addIssue({ code: 'custom', message: `Say one of ${origins.join(', ')}. ${found}.` });
      }),
  ),
);

const each = z
  .strictObject({
    column: column.optional(),
    split: z.string().min(1).optional(),
    numbered: column.refine((name) => name.includes('{n}'), 'Write {n} where the number stands.').optional(),
    to: z.int().min(1).max(999).optional(),
  })
  .refine(({ column: list, numbered, to }) => (list === undefined) !== (numbered === undefined || to === undefined), {
    error: 'Say `column`, and `split` for a list in a text; or `numbered` and `to`.',
  });
export type Each = z.output<typeof each>;

const recordSpec = z.strictObject({
  kind: z.enum(kindNames).optional(),
  key: z.preprocess(
    (given) => (Array.isArray(given) || given == null ? given : [given]),
    z.array(spec).min(1).optional(),
  ),
  each: each.optional(),
  candidates: z.enum(['create', 'reject']).default('create'),
  fields: z.record(z.string(), spec),
});
export type RecordSpec = z.output<typeof recordSpec>;

export const mappingFile = z.strictObject({
  source: sourceKey,
  namespace: optional(z.string().min(1)),
  format: optional(z.enum(formats)),
  encoding: optional(z.string().min(1)),
  delimiter: optional(z.string().length(1)),
  dates: optional(dateOrder),
  decimal: optional(decimalMark),
  empty: z.array(z.string()).default([]),
  language: languageTag.default('en'),
  confidence: z.enum(Confidence).default('STATED'),
  publish: z.boolean().default(true),
  records: z.record(z.string(), recordSpec).refine((records) => Object.keys(records).length > 0, 'Name a record.'),
});
export type MappingFile = z.output<typeof mappingFile>;
