import { expect, test } from 'vitest';
import { leaks } from '../support/leaks.js';

test('what is hidden is in none of 200 random answers, nor in logs, errors or metrics', async () => {
  const { asked, told, found, seen } = await leaks(200);
  expect(found).toEqual([]);
  expect(asked).toBe(200);
  // Those who may see it do: it is there, and the answers say something.
  expect(seen).toBeGreaterThan(0);
  expect(told).toBeGreaterThan(100);
}, 120_000);

test('one policy too many is found out', async () => {
  const hole = 'create policy hole on good_practice for select to goodgraph_public, goodgraph_member using (true)';
  const { found } = await leaks(40, { hole });
  expect(found.join()).toMatch(/zzhidden in the answer to (ANONYMOUS|PARTNER)/);
}, 120_000);
