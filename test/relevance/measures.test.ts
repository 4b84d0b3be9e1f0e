import { expect, test } from 'vitest';
import { measured, ndcg, recall, reciprocalRank } from './measures.js';

const grades = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 0],
]);

test('nDCG compares the gain of an order with that of the best one', () => {
  expect(ndcg(['a', 'b'], grades)).toBe(1);
  expect(ndcg(['b', 'a'], grades)).toBeCloseTo((2 + 3 / Math.log2(3)) / (3 + 2 / Math.log2(3)), 12);
  expect(ndcg(['c', 'x', 'a'], grades)).toBeCloseTo(3 / 2 / (3 + 2 / Math.log2(3)), 12);
  expect(ndcg(['x', 'a'], grades, 1)).toBe(0);
  expect(ndcg([], grades)).toBe(0);
  expect(() => ndcg(['c'], new Map([['c', 0]]))).toThrow('needs a document');
});

test('recall counts what there is room for, and ranks are those of the best grade', () => {
  expect(recall(['a', 'x'], grades)).toBe(0.5);
  expect(recall(['a', 'b'], grades, 1)).toBe(1);
  expect(reciprocalRank(['b', 'a'], grades)).toBe(0.5);
  expect(reciprocalRank(['b'], grades)).toBe(0);
});

test('a question without an answer in the collection is left out', () => {
  const found = new Map([
    [{ id: 'q1', text: 'one' }, ['a']],
    [{ id: 'q2', text: 'two' }, ['a']],
  ]);
  expect(measured(found, new Map([['q1', grades]])).map(({ question }) => question.id)).toEqual(['q1']);
});
