import { expect, test } from 'vitest';
import { raceOfFollowers } from '../support/followers.js';
import { copyThatFollows } from '../support/open-records.js';

test('followers that stop and go on miss nothing and are told nothing twice while eight write for 30 seconds', async () => {
  const { told, untold, stops, ...found } = await raceOfFollowers({ milliseconds: 30_000 });
  expect(found).toEqual({ missed: [0, 0], repeated: [0, 0], strange: [0, 0], isOneOrder: true });
  expect(told).toBeGreaterThan(1_000);
  expect(untold).toBeGreaterThan(0);
  expect(Math.min(...stops)).toBeGreaterThan(10);
}, 300_000);

test('a copy that follows holds what everyone sees, whatever happens', async () => {
  for (const seed of [11, 12, 13])
    expect(await copyThatFollows(500, seed)).toEqual({ looks: 85, wrong: [], neverSeen: [] });
}, 600_000);
