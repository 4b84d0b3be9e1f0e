import { expect, test } from 'vitest';
import { priceRatios } from '../support/price-ratios.js';

test('the price of 500 random operations: never below half the values of the answer, above ten times for one in a hundred', async () => {
  const ratios = await priceRatios(500);
  expect(ratios.length).toBeGreaterThan(490);
  expect(ratios.filter(({ cost, leaves }) => cost < leaves / 2)).toEqual([]);
  // A list that happens to be empty is one value, and was priced with its page.
  expect(ratios.filter(({ cost, leaves }) => cost > leaves * 10).length).toBeLessThanOrEqual(5);
}, 280_000);
