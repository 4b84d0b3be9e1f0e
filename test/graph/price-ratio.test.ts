import { expect, test } from 'vitest';
import { priceRatios } from '../support/price-ratios.js';

test('the price of random operations is half to ten times the values of their answers', async () => {
  const ratios = await priceRatios(60);
  expect(ratios.length).toBeGreaterThan(55);
  const outside = ratios.filter(({ cost, leaves }) => cost < leaves / 2 || cost > leaves * 10);
  expect(outside).toEqual([]);
}, 120_000);
