import type { Asked } from '../../graph/fields.js';
import { ValidationLevel } from '../practices/good-practice.fields.js';
import { originFilter } from '../record.fields.js';
import { TransferStatus } from '../transfers/transfer.fields.js';
import type { FacetName, SearchedType, TextField } from './search/document.js';

/** The types of records that are searched, by their names in the graph's enum. */
export const SearchType = {
  GOOD_PRACTICE: 'GoodPractice',
  PARTNER: 'Partner',
  PROJECT: 'Project',
  TRANSFER: 'Transfer',
  EVENT: 'Event',
  OUTPUT: 'Output',
} as const satisfies Record<string, SearchedType>;

export const SearchFacetField = {
  TYPE: 'type',
  COUNTRY: 'country',
  REGION: 'region',
  THEME: 'theme',
  SECTOR: 'sector',
  YEAR: 'year',
  PROGRAMME: 'programme',
  VALIDATION: 'validation',
  STATUS: 'status',
} as const satisfies Record<string, FacetName>;

export const SearchTextField = {
  TITLE: 'title',
  NAME: 'name',
  KEYWORD: 'keyword',
  SUMMARY: 'summary',
  BODY: 'body',
} as const satisfies Record<string, TextField>;

/** By what a search is narrowed and ordered: the lists' names and inputs, over what engines hold. */
export const searchFields = {
  type: 'Search',
  filters: {
    type: { kind: 'key', enum: { SearchType }, description: 'The types of records that are looked for.' },
    region: {
      kind: 'tree',
      description:
        'Regions of NUTS 2024 that a record belongs to: where a practice is at work, a partner has its seat, a transfer leads. `within: "ITI1"` is all of Tuscany.',
    },
    country: { kind: 'key', description: 'Country codes as Eurostat writes them: EL for Greece.' },
    theme: {
      kind: 'tree',
      description: 'Slugs of themes, such as `innocrafts-t2`; `within` takes narrower themes in.',
    },
    sector: { kind: 'key', description: 'Trades and industries, in the words of the record.' },
    year: { kind: 'int', description: 'The years in which it began, took place or was reported.' },
    programme: { kind: 'key', description: 'Slugs of the programmes that it came out of.' },
    validation: {
      kind: 'key',
      enum: { ValidationLevel },
      description: 'Who has validated a practice; other records never match.',
    },
    status: {
      kind: 'key',
      enum: { TransferStatus },
      description: 'How far a transfer has come; other records never match.',
    },
    origin: {
      ...originFilter.origin,
      description:
        'How the record came in. A search that does not ask for an origin leaves out what is made up for the demonstration.',
    },
  },
  orders: {
    RELEVANCE: {
      description: 'The best matches first; without `query` the last changed first.',
    },
    UPDATED_DESC: { description: 'The last changed first.' },
    TITLE_ASC: { description: 'By title, A to Z.' },
    NEAREST: { description: 'The nearest to `where.near` first, which must be there.' },
  },
} as const satisfies Asked;

/** Seconds that a shared cache may keep hits: changes are found within one. */
export const searchMaxAge = 5;
