import type { Filter } from '../../../graph/filter.js';
import type { FacetName, SearchDocument, SearchedType, TextField } from './document.js';

/** A word of a query as it was typed, without accents and case taken away: that is analysis, which engines do. */
export interface Word {
  /** What analysis takes apart, such as `e-learning` or `study visit`, must stand side by side, or be written as one. */
  text: string;
  /** Whether it may be the beginning of a word: the last one, while somebody types. */
  isPrefix: boolean;
  /** Whether a letter may be wrong: not in numbers, nor in phrases. */
  mayBeMistyped: boolean;
}

/** A query after the planner: what engines are asked is the same for all. */
export interface SearchQuery {
  /** BCP 47; null searches all languages. */
  language: string | null;
  /** Each with its synonyms, any one of which counts as the word; a synonym may have several words. */
  words: { word: Word; synonyms: string[] }[];
  /** Those of the words, by their texts, that are an expression together; any one of its synonyms counts as all of them. */
  expressions: { words: string[]; synonyms: string[] }[];
  /** Words that must stand side by side in this order. */
  phrases: string[][];
  /** `all`: a hit has every word. `some`: it has at least one, and the more and the rarer the better. */
  match: 'all' | 'some';
}

export interface SearchRequest {
  query: SearchQuery;
  /**
   * Over facet names, `updated` (ISO 8601) and `id`: `eq` and `in`, `within` where the facet is a hierarchy, `exists`,
   * and `gte` and `lte` of `year` and `updated`. Typed, never text of an engine.
   */
  filter: Filter;
  near: { latitude: number; longitude: number; /** Kilometres. */ radius: number } | null;
  /**
   * Each counted as if its own condition were not in `filter` (disjunctive: `withoutFacet`); `limit` values, the
   * commonest first, then by code point. Of a hierarchy every node counts what lies at and below it.
   */
  facets: { name: FacetName; limit: number }[];
  order: 'RELEVANCE' | 'UPDATED_DESC' | 'TITLE_ASC' | 'NEAREST';
  /** Where the page begins, and how long it is. */
  offset: number;
  size: number;
  /** Of fewer documents the hits may be left out: whoever asks will ask otherwise then. */
  least?: number;
}

/** A stretch of text; `isMatch` where it is what was looked for. */
export interface Segment {
  text: string;
  isMatch: boolean;
}

export interface SearchHit {
  id: string;
  type: SearchedType;
  url: string;
  /** The whole title. */
  title: string;
  /** The title in segments. */
  highlights: Segment[];
  /** Some words around the best match in the other texts; the beginning of the summary where only the title matches. */
  snippet: Segment[];
  /** From 0 to 1, comparable within one answer. */
  score: number;
  matchedIn: TextField[];
  /** Kilometres, where `near` was asked for. */
  distance: number | null;
}

export interface FacetCount {
  value: string;
  count: number;
}

export interface SearchAnswer {
  hits: SearchHit[];
  /** Exact. */
  total: number;
  facets: Partial<Record<FacetName, FacetCount[]>>;
  /** Words of the query that stand for nothing in any document, as they were typed; absent where an engine cannot tell. */
  unknown?: string[];
  /** Words of a long query for some of them that were not looked for: they are in most documents, and others tell more. */
  commonest?: string[];
  /** Whether another engine than the usual one answered, because that is down. */
  isDegraded?: boolean;
}

/** What engines can do otherwise than the contract suite asks of all. */
export interface Capabilities {
  /** Wrong letters in one word that are forgiven. */
  typos: number;
  /** Hits that an order or a page can reach. */
  reach: number;
}

export interface EngineHealth {
  isReady: boolean;
  /** Why it is not, for operators; null when it is. */
  reason: string | null;
  documents: number;
  /** Of its server; empty where that does not answer, or is none that can be used: then nothing can be built there. */
  version: string;
}

/**
 * A search engine. What resolves is done: documents are found after `upsert`, and gone after `remove`. Methods reject with
 * `EngineFault`; a rejected document says which one it is, so that a batch can be bisected.
 */
export interface SearchEngine {
  readonly name: 'postgresql' | 'meilisearch';
  readonly capabilities: Capabilities;
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  /** Titles that begin with, or hold a word that begins with, what was typed; the likeliest first. */
  suggest(prefix: string, filter: Filter, size: number, signal?: AbortSignal): Promise<SearchHit[]>;
  /** Documents that share the rarest words and the themes of this one, without it. */
  similar(id: string, filter: Filter, size: number, signal?: AbortSignal): Promise<SearchHit[]>;
  upsert(documents: readonly SearchDocument[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Builds an index of all documents beside the live one and takes its place; whatever kills it, the live one stays whole. */
  rebuild(documents: AsyncIterable<SearchDocument[]>): Promise<void>;
  /** What it holds, in pages ordered by id. */
  inventory(): AsyncIterable<{ id: string; hash: string }[]>;
  health(): Promise<EngineHealth>;
}

/** Why an engine did not do what it was asked; `UNFILLED`: it has no index that it can read. */
export class EngineFault extends Error {
  constructor(
    readonly kind: 'UNAVAILABLE' | 'UNFILLED' | 'REFUSED' | 'TOO_LARGE',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
