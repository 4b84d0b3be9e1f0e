import { describe } from 'vitest';
import type { SearchEngine } from '../../../../src/subgraphs/discovery/search/engine.js';
import { narrowing } from './contract.narrowing.js';
import { words } from './contract.words.js';
import { hostile, many, writing } from './contract.writing.js';

/**
 * What every engine must do, whatever it is made of. `makeEngine` gives an empty one; it is called once for each group of
 * tests, and in each test that writes.
 */
export function itIsASearchEngine(makeEngine: () => Promise<SearchEngine>): void {
  describe('words', () => {
    words(makeEngine);
  });
  describe('filters and facets', () => {
    narrowing(makeEngine);
  });
  describe('what comes in', () => {
    hostile(makeEngine);
  });
  describe('writing', () => {
    writing(makeEngine);
  });
  describe('many documents', () => {
    many(makeEngine);
  });
}
