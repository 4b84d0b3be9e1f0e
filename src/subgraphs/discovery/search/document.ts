/** The records that are searched. */
export const searchedTypes = ['GoodPractice', 'Partner', 'Project', 'Transfer', 'Event', 'Output'] as const;
export type SearchedType = (typeof searchedTypes)[number];

/** Where a word was found, the telling ones first: a title says more of a record than its description. */
export const textFields = ['title', 'name', 'keyword', 'summary', 'body'] as const;
export type TextField = (typeof textFields)[number];

/** A text of a record in one language; `name` holds other names, acronyms and labels, `keyword` themes and sectors too. */
export interface SearchText {
  field: TextField;
  /** BCP 47; null where it is not known: names. */
  language: string | null;
  text: string;
}

/** What hits are counted and narrowed by. Hierarchies hold materialised paths, ancestors not repeated. */
export const facetNames = [
  'type',
  'country',
  'region',
  'theme',
  'sector',
  'year',
  'programme',
  'validation',
  'status',
  'origin',
] as const;
export type FacetName = (typeof facetNames)[number];

/** What a search engine holds of a record: public data alone, enough to show a hit without its record. */
export interface SearchDocument {
  id: string;
  type: SearchedType;
  /** The path of its page: `/practices/<slug>`. */
  url: string;
  title: string;
  /** BCP 47 language of `title`; null where it is not known. */
  language: string | null;
  texts: SearchText[];
  facets: Record<FacetName, string[]>;
  /** Decimal degrees (WGS 84); null where the record has no place with a known point. */
  point: { latitude: number; longitude: number } | null;
  /** ISO 8601 instant of the last change. */
  updatedAt: string;
  /** Of all the above: what `inventory` is compared by. */
  hash: string;
}
