import { createHash } from 'node:crypto';
import type { Settings } from 'meilisearch';
import { facetNames, textFields } from '../document.js';

const exact = textFields.map((field) => `exact.${field}`);
const loose = textFields.map((field) => `loose.${field}`);

/** Attributes that are searched: tokens that are right or wrong, and words that may be mistyped. */
export const searchedIn = { exactly: exact, loosely: [...exact, ...loose], named: ['exact.title', 'exact.name'] };

/**
 * How the server holds our documents. Our own analysis has made tokens of their texts, so that all the server does is find
 * them, whatever the language.
 */
export const settings: Settings = {
  searchableAttributes: textFields.flatMap((field) => [`exact.${field}`, `loose.${field}`]),
  // The server reads all of these for each hit, whatever it is asked for.
  displayedAttributes: ['id', 'hash', 'shown', '_geo'],
  filterableAttributes: [
    '_geo',
    {
      attributePatterns: ['id', 'year', 'updated'],
      features: { facetSearch: false, filter: { equality: true, comparison: true } },
    },
    {
      attributePatterns: ['languages', ...facetNames.map((name) => `facet.${name}`)],
      features: { facetSearch: false, filter: { equality: true, comparison: false } },
    },
  ],
  sortableAttributes: ['id', 'sortTitle', 'updated', '_geo'],
  rankingRules: ['sort', 'words', 'typo', 'proximity', 'attributeRank', 'exactness', 'wordPosition', 'id:asc'],
  typoTolerance: {
    enabled: true,
    // A wrong first letter counts for two.
    minWordSizeForTypos: { oneTypo: 4, twoTypos: 5 },
    disableOnNumbers: true,
    disableOnAttributes: exact,
  },
  // No guessing of languages: tokens have none any more.
  localizedAttributes: [{ attributePatterns: ['exact.*', 'loose.*'], locales: ['eng'] }],
  synonyms: {},
  pagination: { maxTotalHits: 1_000_000 },
  faceting: { maxValuesPerFacet: 10_000, sortFacetValuesBy: { '*': 'count' } },
  searchCutoffMs: 1_000,
};

/** Raised when documents are written otherwise under the same settings. */
const form = 4;

/** Changes with the settings and the form of documents: an index is read only by the code that would write it so. */
export const settingsVersion = createHash('sha256')
  .update(JSON.stringify([form, settings]))
  .digest('hex')
  .slice(0, 12);
