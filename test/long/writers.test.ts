import { expect, test } from 'vitest';
import { mutationsSentAgain, raceOfWriters } from '../support/writers.js';

test('eight who write one number five hundred times each lose nothing', async () => {
  const { stored, expected } = await raceOfWriters(500);
  expect(stored).toEqual({ staff: String(expected), version: expected + 1 });
}, 900_000);

test('a thousand mutations that are sent again have one effect each', async () => {
  const { practices, changes, answers } = await mutationsSentAgain(1_000);
  expect({ practices, changes }).toEqual({ practices: 1_000, changes: 1_000 });
  expect(answers.every((size) => size === 1)).toBe(true);
}, 900_000);
