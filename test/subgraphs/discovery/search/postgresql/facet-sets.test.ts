import { expect, test } from 'vitest';
import { FacetSets } from '../../../../../src/subgraphs/discovery/search/postgresql/facet-sets.js';

test('a value counts in every set that has it, the commonest first, then by code', () => {
  const sets = new FacetSets();
  sets.add(1, 'country', ['AT', 'DE']);
  sets.add(2, 'country', ['DE']);
  sets.add(3, 'country', ['BG', 'AT']);
  // The same value of another facet is another one.
  sets.add(4, 'sector', ['AT']);
  const counted = { sets: [1, 2, 3], counts: [2, 3, 1] };
  expect(sets.countsOf(counted, 9)).toEqual([
    { value: 'DE', count: 5 },
    { value: 'AT', count: 3 },
    { value: 'BG', count: 1 },
  ]);
  expect(sets.countsOf(counted, 1)).toEqual([{ value: 'DE', count: 5 }]);
  expect(sets.setsWith('country', 'AT')).toEqual([1, 3]);
});
