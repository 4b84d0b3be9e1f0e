import { expect, test } from 'vitest';
import { priceRatios } from '../support/price-ratios.js';

test('the price of 500 random operations is half to ten times the values of their answers', async () => {
  const ratios = await priceRatios(500);
  expect(ratios.length).toBeGreaterThan(490);
  expect(ratios.filter(({ cost, leaves }) => cost < leaves / 2 || cost > leaves * 10)).toEqual([]);
}, 280_000);
