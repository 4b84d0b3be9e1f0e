import { expect, test } from 'vitest';
import { inside, mutatedRequests } from '../support/mutated-requests.js';

test('3,000 random and damaged documents: no answer of 5xx, and none tells of our inside', async () => {
  const answers = await mutatedRequests(3_000);
  expect(answers).toHaveLength(3_000);
  expect(answers.filter(({ status, text }) => status >= 500 || inside.test(text))).toEqual([]);
}, 280_000);
