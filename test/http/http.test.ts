import { expect, test, vi } from 'vitest';
import { anApp } from '../support/app.js';
import { aPartner, aRegion } from '../support/factories.js';
import { hold } from '../support/hold.js';

const app = await anApp();
const graphql = `${app.url}/graphql`;

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const modern = { accept: 'application/graphql-response+json' };

test('an answer carries a request id, a cache policy and the right to be read from anywhere, and no cookie', async () => {
  const response = await post(
    { query: '{ regions { totalCount } }' },
    { 'x-request-id': 'mine-1', origin: 'https://elsewhere.example' },
  );
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-request-id': 'mine-1',
    'cache-control': 'public, max-age=3600',
    'access-control-allow-origin': '*',
  });
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('access-control-allow-credentials')).toBeNull();
});

test('the most short-lived type of an answer decides how long it may be kept', async () => {
  const response = await post({ query: '{ regions { totalCount } partners { totalCount } themes { nodes { id } } }' });
  expect(response.headers.get('cache-control')).toBe('public, max-age=60');
});

test('an answer with an error is never kept', async () => {
  const response = await post({ query: '{ region(code: "ZZ") { name } }' });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toMatchObject({
    data: { region: null },
    errors: [{ extensions: { code: 'NOT_FOUND' } }],
  });
});

test.each([
  ['a document that does not parse', { query: '{' }, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a variable of the wrong type',
    { query: 'query ($n: Int) { regions(first: $n) { totalCount } }', variables: { n: 'x' } },
    'BAD_USER_INPUT',
  ],
])('%s is a 400 with a stable code, and a 200 for clients of the legacy media type', async (_name, body, code) => {
  const response = await post(body, modern);
  expect(response.status).toBe(400);
  const answer = (await response.json()) as { errors: { extensions: { code: string }; message: string }[] };
  expect(answer.errors[0]?.extensions).toEqual({ code });
  expect((await post(body)).status).toBe(200);
});

test.each([
  ['no document', '{}', {}, 400, /no keys/],
  ['a body that is not JSON', '{"query"', {}, 400, /JSON/],
  ['another media type', 'query=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, /application\/json/],
  ['a body of 70 kB', JSON.stringify({ query: `{ regions { totalCount } } #${'x'.repeat(70_000)}` }), {}, 413, /64 kB/],
  ['a batch', JSON.stringify([{ query: '{ __typename }' }]), {}, 400, /batch/i],
])('%s is refused with a message, in the shape of GraphQL', async (_name, body, headers, status, message) => {
  const response = await post(body, headers);
  expect(response.status).toBe(status);
  const answer = (await response.json()) as { errors: [{ message: string; extensions: { code: string } }] };
  expect(answer.errors[0].message).toMatch(message);
  expect(answer.errors[0].extensions.code).toBe('BAD_REQUEST');
  expect(JSON.stringify(answer)).not.toMatch(/stack|node_modules|\/src\//);
});

test('GET answers a query, and without a document says what to send', async () => {
  const query = await fetch(`${graphql}?query=${encodeURIComponent('{ regions { totalCount } }')}`);
  expect(await query.json()).toMatchObject({ data: { regions: { totalCount: 0 } } });
  const empty = await fetch(graphql);
  expect(empty.status).toBe(400);
  expect(await empty.json()).toMatchObject({
    errors: [{ message: 'Send a GraphQL document: POST it as JSON, or give it as `query`.' }],
  });
});

test('a preflight allows any origin to POST JSON', async () => {
  const response = await fetch(graphql, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://elsewhere.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-headers')).toBe('content-type');
});

test('a browser gets the playground, whose every address is on this server', async () => {
  const response = await fetch(graphql, { headers: { accept: 'text/html,application/xhtml+xml' } });
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const page = await response.text();
  expect(page).toContain('<title>GoodGraph playground</title>');
  expect(page).toContain('query Innocrafts');
  expect([...page.matchAll(/https?:\/\/[^\s"'`<)]+/g)].map(([url]) => url)).toEqual([]);
  const script = await fetch(`${app.url}/graphql/playground/ruru.js`);
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect((await fetch(`${app.url}/graphql/playground/none.js`)).status).toBe(404);
});

test('/schema.graphql is the public schema as text', async () => {
  const response = await fetch(`${app.url}/schema.graphql`);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await response.text()).toMatch(/^type GoodPractice implements Node/m);
});

test('_service and _entities are not on the public endpoint', async () => {
  const answer = (await (await post({ query: '{ _service { sdl } }' })).json()) as { errors: unknown[] };
  expect(answer.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
});

test('/livez and /readyz answer, and are never kept', async () => {
  for (const [path, status] of [
    ['livez', 'live'],
    ['readyz', 'ready'],
  ]) {
    const response = await fetch(`${app.url}/${path}`);
    expect(await response.json()).toEqual({ status });
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

test('an unknown path says where the graph is', async () => {
  const response = await fetch(`${app.url}/nowhere`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    errors: [{ message: 'There is nothing at /nowhere. The graph is at /graphql.' }],
  });
});

const ask = (url: string, query: string) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

test('while draining, readiness says so, connections are closed, and the running request is answered', async () => {
  const draining = await anApp();
  const table = await hold(draining.database, 'region');
  const running = ask(draining.url, '{ regions { totalCount } }');
  await table.waited();
  const closing = draining.close(100);
  const ready = await fetch(`${draining.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(ready.headers.get('connection')).toBe('close');
  expect(await ready.json()).toEqual({ status: 'draining' });
  await vi.waitFor(() => expect(fetch(`${draining.url}/livez`)).rejects.toThrow('fetch failed'));
  await table.release();
  expect(await (await running).json()).toMatchObject({ data: { regions: { totalCount: 0 } } });
  await closing;
});

test.each([
  ['read field by field', 2, '(where: { origin: { in: [ENTERED, REPORTED, DEMONSTRATION] } })'],
  ['compiled', 1, ''],
])(
  'an operation %s is answered at its deadline, and what it would have read next is not read',
  async (_how, read, where) => {
    const hasty = await anApp('migrated', {}, 150);
    const region = await aRegion(hasty.database, 'XA');
    await aPartner(hasty.database, { region_id: region.id });
    const table = await hold(hasty.database, 'region');
    const late = ask(hasty.url, `{ partners${where} { nodes { name region { name partners { totalCount } } } } }`);
    await table.waited();
    expect(await (await late).json()).toMatchObject({
      errors: [
        {
          message: 'The operation took longer than 0.15 s. Ask for fewer rows or fewer edges.',
          extensions: { code: 'DEADLINE_EXCEEDED' },
        },
      ],
    });
    await table.release();
    expect(await (await ask(hasty.url, '{ themes { totalCount } }')).json()).toMatchObject({
      data: { themes: { totalCount: 0 } },
    });
    expect(hasty.statements).toHaveLength(read + 1);
    expect(hasty.statements[read]).toMatch(/from "?theme\b/);
  },
);

test.each([
  ['mutation { x }', 'Cannot query field "x" on type "Mutation".'],
  ['subscription { x }', 'This graph has no subscriptions.'],
])('%s is told that there is none, and by GET that it is no query', async (query, message) => {
  const response = await post({ query }, modern);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    errors: [{ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
  const got = await fetch(`${graphql}?query=${encodeURIComponent(query)}`, { headers: modern });
  expect(got.status).toBe(405);
  expect(await got.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

test('caches are told that answers differ by what is accepted and by who asks', async () => {
  for (const headers of [{}, modern, { accept: 'text/html' }])
    expect((await fetch(`${graphql}?query={__typename}`, { headers })).headers.get('vary')).toBe(
      'Accept, Authorization',
    );
  expect((await post({ query: '{ __typename }' }, { origin: 'https://elsewhere.example' })).headers.get('vary')).toBe(
    'Accept, Authorization',
  );
});

test.each<[string, () => Promise<Response>, number]>([
  ['a body without a document', () => post('{}'), 400],
  ['a media type that nobody speaks', () => post({ query: '{ __typename }' }, { accept: 'image/png' }), 406],
  ['the redirect to the graph', () => fetch(app.url, { redirect: 'manual' }), 302],
  ['an unknown path', () => fetch(`${app.url}/nowhere`), 404],
  ['an address that cannot be decoded', () => fetch(`${app.url}/%zz`), 400],
])('%s is never kept', async (_name, send, status) => {
  const response = await send();
  expect(response.status).toBe(status);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test.each(['PUT', 'PATCH', 'DELETE'])('%s is refused with the methods that are not', async (method) => {
  const response = await fetch(graphql, { method, headers: { 'content-type': 'text/x' } });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  expect(await response.json()).toEqual({
    errors: [
      {
        message: `${method} means nothing here. POST the document, or GET it as \`query\`.`,
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
});

test('an address that cannot be decoded is refused in the shape of GraphQL, under its request id', async () => {
  const response = await fetch(`${app.url}/%zz`, { headers: { 'x-request-id': 'mine-2' } });
  expect(response.headers.get('x-request-id')).toBe('mine-2');
  expect(await response.json()).toEqual({
    errors: [{ message: "'/%zz' is not a valid url component", extensions: { code: 'BAD_REQUEST' } }],
  });
});

test('an input that overflows the stack of whoever reads it is refused before', async () => {
  const where = `${'{"not":'.repeat(7_000)}{}${'}'.repeat(7_000)}`;
  const query = 'query ($where: GoodPracticeWhere) { goodPractices(where: $where) { totalCount } }';
  const response = await post(`{"query":${JSON.stringify(query)},"variables":{"where":${where}}}`);
  expect(await response.json()).toEqual({
    errors: [
      { message: 'The variables nest deeper than 32 levels. Flatten them.', extensions: { code: 'BAD_USER_INPUT' } },
    ],
  });
});
