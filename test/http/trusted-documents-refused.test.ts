import { expect, test } from 'vitest';
import { anApp } from '../support/app.js';

/** PartnerPractices of `examples/widgets`, as the package trusts it. */
const hash = '523091621ea5552a4d9ce2678b57423886a991ae8bbe17861a0823f5d557ac96';
const modern = { accept: 'application/graphql-response+json' };

const app = await anApp();

const address = (variables?: unknown, of = hash) =>
  `${app.url}/w/${of}${variables === undefined ? '' : `?variables=${encodeURIComponent(JSON.stringify(variables))}`}`;
const weavers = address({ partner: 'weavers' });
const get = (url: string, headers: Record<string, string> = {}, method = 'GET') => fetch(url, { method, headers });

const noObject =
  '`variables` is not one JSON object. Send such as {"language":"it"}, percent-encoded, or leave it out.';
test.each<[string, string, number, string, string]>([
  [
    'a hash that is not trusted',
    address({}, '0'.repeat(64)),
    404,
    'NOT_FOUND',
    `No trusted document has the hash '${'0'.repeat(64)}'. Whoever runs this server trusts one by \`goodgraph documents add FILE\`.`,
  ],
  [
    'the hash in capitals',
    address({ partner: 'weavers' }, hash.toUpperCase()),
    404,
    'NOT_FOUND',
    `No trusted document has the hash '${hash.toUpperCase()}'. Whoever runs this server trusts one by \`goodgraph documents add FILE\`.`,
  ],
  ['variables that are not JSON', `${address()}?variables={partner`, 400, 'BAD_REQUEST', noObject],
  ['empty variables', `${address()}?variables=`, 400, 'BAD_REQUEST', noObject],
  ['variables in a list', address(['weavers']), 400, 'BAD_REQUEST', noObject],
  ['variables that are null', address(null), 400, 'BAD_REQUEST', noObject],
  ['variables that are a text', address('weavers'), 400, 'BAD_REQUEST', noObject],
  ['variables given twice', `${weavers}&variables={}`, 400, 'BAD_REQUEST', noObject],
  [
    'a variable that the document does not declare',
    address({ partner: 'weavers', cache: 'buster' }),
    400,
    'BAD_REQUEST',
    'PartnerPractices has no variable $cache. It takes $partner, $language, $first.',
  ],
  [
    'another parameter',
    `${weavers}&_=1`,
    400,
    'BAD_REQUEST',
    'An address takes `variables` alone, not `_`. Leave that out.',
  ],
  [
    'a query of its own',
    `${weavers}&query={__typename}`,
    400,
    'BAD_REQUEST',
    'An address takes `variables` alone, not `query`. Leave that out.',
  ],
  [
    'a missing variable',
    address(),
    400,
    'BAD_USER_INPUT',
    'Variable "$partner" of required type "String!" was not provided.',
  ],
  [
    'a variable of the wrong type',
    address({ partner: 5 }),
    400,
    'BAD_USER_INPUT',
    'Variable "$partner" got invalid value 5; String cannot represent a non string value: 5',
  ],
])('%s is refused with a message, whatever media type is accepted', async (_name, url, status, code, message) => {
  app.statements.length = 0;
  for (const headers of [undefined, modern, { 'if-none-match': '*' }]) {
    const response = await get(url, headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('etag')).toBeNull();
    expect(await response.json()).toMatchObject({ errors: [{ message, extensions: { code } }] });
  }
  expect(app.statements).toEqual([]);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is refused with the methods that are not', async (method) => {
  const response = await get(weavers, { 'content-type': 'text/x' }, method);
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  expect(await response.json()).toEqual({
    errors: [
      {
        message: `${method} means nothing here. GET the answer, with \`variables\` in the address.`,
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
});

test('a subgraph behind its router has no trusted documents', async () => {
  const subgraph = await anApp('migrated', { SUBGRAPHS: 'directory' });
  const response = await get(`${subgraph.url}/w/${hash}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringMatching(/^There is nothing at/) }] });
});
