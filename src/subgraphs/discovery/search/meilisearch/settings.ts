import { createHash } from 'node:crypto';
import type { Settings } from 'meilisearch';
import { facetNames, textFields } from '../document.js';

/** Attributes that hold what a record is called; all that are searched are asked for by naming none. */
export const named = ['words.title', 'words.name'];

/**
 * How the server holds our documents. Our own analysis has made tokens of their texts, so that all the server does is find
 * them, whatever the language.
 */
export const settings: Settings = {
  searchableAttributes: textFields.map((field) => `words.${field}`),
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
  // How near words stand and how exactly they match made no hit better (`npm run relevance`), and the slowest answers slower.
  rankingRules: ['sort', 'words', 'typo', 'attributeRank', 'wordPosition', 'id:asc'],
  // What may have been meant is known before it is asked for (`Lexical`): the server would look for it in every word, each time.
  typoTolerance: { enabled: false },
  // No guessing of languages: tokens have none any more.
  localizedAttributes: [{ attributePatterns: ['words.*'], locales: ['eng'] }],
  synonyms: {},
  pagination: { maxTotalHits: 1_000_000 },
  faceting: { maxValuesPerFacet: 10_000, sortFacetValuesBy: { '*': 'count' } },
  searchCutoffMs: 1_000,
};

/** Raised when documents are written otherwise under the same settings. */
const form = 6;

/** Changes with the settings and the form of documents: an index is read only by the code that would write it so. */
export const settingsVersion = createHash('sha256')
  .update(JSON.stringify([form, settings]))
  .digest('hex')
  .slice(0, 12);
