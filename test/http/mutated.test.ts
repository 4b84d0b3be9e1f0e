import { expect, test } from 'vitest';
import { inside, mutatedRequests } from '../support/mutated-requests.js';

test('300 random and damaged documents: no answer of 5xx, and none tells of our inside', async () => {
  const answers = await mutatedRequests(300);
  expect(answers.filter(({ status, text }) => status >= 500 || inside.test(text))).toEqual([]);
  // The generator does damage, and does not damage everything.
  const statuses = new Set(answers.map(({ status }) => status));
  expect([...statuses].toSorted()).toEqual([200, 400]);
  expect(answers.filter(({ text }) => text.startsWith('{"data"')).length).toBeGreaterThan(60);
}, 120_000);
