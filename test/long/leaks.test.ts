import { expect, test } from 'vitest';
import { aHouseWithSecrets } from '../support/leaks.js';

test('what is hidden is in none of 10,000 random answers, nor in logs, errors or metrics', async () => {
  const { asked, told, found, seen } = await (await aHouseWithSecrets()).leaks(10_000);
  expect(found).toEqual([]);
  expect(asked).toBe(10_000);
  expect(seen).toBeGreaterThan(0);
  expect(told).toBeGreaterThan(5_000);
}, 1_800_000);
