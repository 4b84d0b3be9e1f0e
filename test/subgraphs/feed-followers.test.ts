import { expect, test } from 'vitest';
import { raceOfFollowers } from '../support/followers.js';

test('followers that stop and go on miss nothing and are told nothing twice while eight write at once', async () => {
  const { told, untold, stops, ...found } = await raceOfFollowers({ transactions: 20 });
  expect(found).toEqual({ missed: [0, 0], repeated: [0, 0], strange: [0, 0], isOneOrder: true });
  expect(told).toBeGreaterThan(100);
  expect(untold).toBeGreaterThan(0);
  expect(Math.min(...stops)).toBeGreaterThan(0);
});
