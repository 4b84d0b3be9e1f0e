import { expect, test } from 'vitest';
import { countsOf } from '../../../../../src/subgraphs/discovery/search/postgresql/facet-counts.js';

test('a value counts in every set that has it, the commonest first, then by code', () => {
  const members = [[], ['AT', 'DE'], ['DE'], ['BG', 'AT']];
  const counted = { sets: [1, 2, 3], counts: [2, 3, 1] };
  expect(countsOf(counted, members, 9)).toEqual([
    { value: 'DE', count: 5 },
    { value: 'AT', count: 3 },
    { value: 'BG', count: 1 },
  ]);
  expect(countsOf(counted, members, 1)).toEqual([{ value: 'DE', count: 5 }]);
});
