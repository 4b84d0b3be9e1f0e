import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { anApp } from '../support/app.js';

const app = await anApp();
const audits = serverAudits({ url: `${app.url}/graphql`, fetchFn: fetch });

test('there are as many audits as the package promises', () => {
  expect(audits).toHaveLength(61);
});

for (const audit of audits)
  test(`GraphQL over HTTP: ${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
