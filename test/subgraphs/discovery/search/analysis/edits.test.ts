import { expect, test } from 'vitest';
import { deletionsOf, distance } from '../../../../../src/subgraphs/discovery/search/analysis/edits.js';

test.each([
  ['craft', 'craft', 0],
  ['craft', 'carft', 1],
  ['craft', 'crft', 1],
  ['craft', 'crafft', 1],
  ['craft', 'croft', 1],
  ['craft', 'cratf', 1],
  ['craft', 'rcatf', 2],
  ['', 'abc', 3],
])('from %s to %s it is %i', (one, other, expected) => {
  expect(distance(one, other)).toBe(expected);
  expect(distance(other, one)).toBe(expected);
});

test('a word without one of its letters', () => {
  expect(deletionsOf('abba')).toEqual(['bba', 'aba', 'abb']);
});
