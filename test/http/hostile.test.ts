import { expect, test } from 'vitest';
import { anApp } from '../support/app.js';
import { hostile } from '../support/hostile.js';

const app = await anApp('seeded');
const subgraph = await anApp('seeded', { SUBGRAPHS: 'directory' });

const send = (url: string, { body, headers }: (typeof hostile)[number], accept: string) =>
  fetch(`${url}/graphql`, { method: 'POST', body, headers: { ...headers, accept } });

test('there are at least forty', () => {
  expect(hostile.length).toBeGreaterThanOrEqual(40);
});

test.each(hostile)('$name is refused with a code, and nothing is read', async (each) => {
  app.statements.length = 0;
  const response = await send(app.url, each, 'application/graphql-response+json');
  const text = await response.text();
  expect(text).not.toMatch(/node_modules|\/src\/|\/dist\/|select |\bat \w+ \(/i);
  const { errors, data } = JSON.parse(text) as { errors: { message: string; extensions: object }[]; data?: unknown };
  expect([response.status, errors[0]?.extensions]).toEqual([each.status, { code: each.code }]);
  expect(data).toBeUndefined();
  expect(app.statements).toEqual([]);
});

const isLimit = ({ code }: { code: string }) => code === 'LIMIT_EXCEEDED' || code === 'COST_EXCEEDED';

test.each(hostile.filter(isLimit))('$name is a 4xx for clients of the legacy media type too', async (each) => {
  expect((await send(app.url, each, 'application/json')).status).toBe(400);
});

test('a subgraph refuses the same', async () => {
  for (const each of hostile.filter(({ body }) => isLimitOf(body))) {
    const response = await send(subgraph.url, each, 'application/graphql-response+json');
    expect([each.name, response.status]).toEqual([each.name, each.status]);
  }
  expect(subgraph.statements).toEqual([]);
});

/** Documents that the directory has the fields of. */
const isLimitOf = (body: string | Buffer) => !/nodes\(ids/.test(String(body));
