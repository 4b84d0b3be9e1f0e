import { expect, test } from 'vitest';
import { inTurns } from '../../../../../src/subgraphs/discovery/search/analysis/in-turns.js';

test('between two pieces of a long work others have their turn, and nothing is lost', async () => {
  const items = Array.from({ length: 120 }, (_, index) => index);
  let turns = 0;
  const another = () => void setImmediate(() => (turns += 1));
  const seen: number[] = [];
  const doubled = await inTurns(items, (some, from) => {
    expect(some[0]).toBe(from);
    seen.push(turns);
    another();
    return some.map((item) => item * 2);
  });
  expect(doubled).toEqual(items.map((item) => item * 2));
  expect(seen).toEqual([0, 1, 2]);
});
