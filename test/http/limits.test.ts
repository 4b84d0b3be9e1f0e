import { getIntrospectionQuery } from 'graphql';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { networkOf } from '../../src/http/quota.js';
import { createServer } from '../../src/http/server.js';
import { anApp } from '../support/app.js';

interface Answer {
  data?: Record<string, unknown>;
  errors?: { message: string; extensions: { code: string } }[];
  extensions?: { cost: { requested: number; maximum: number } };
}

const ask = async (url: string, query: string, variables: object = {}, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { response, answer: (await response.json()) as Answer };
};

const app = await anApp('seeded', { TRUST_PROXY: 'loopback' });
const cost = async (query: string, variables: object = {}) => {
  const { answer } = await ask(app.url, query, variables);
  return answer.extensions?.cost.requested;
};

describe('the price', () => {
  test.each<[string, object, number]>([
    ['{ __typename }', {}, 1],
    ['{ regions { totalCount pageInfo { endCursor hasNextPage } } }', {}, 3],
    ['{ regions { nodes { code name } } }', {}, 20 * 2],
    ['{ regions(first: 5) { nodes { code } edges { cursor } } }', {}, 5 * 2],
    ['{ regions(last: 7) { nodes { code } } }', {}, 7],
    ['query ($n: Int) { regions(first: $n) { nodes { code } } }', { n: 50 }, 50],
    ['query ($n: Int = 30) { regions(first: $n) { nodes { code } } }', {}, 30],
    ['query ($n: Int) { regions(first: $n) { nodes { code } } }', { n: null }, 20],
    ['query ($no: Boolean!) { regions @include(if: $no) { nodes { code } } __typename }', { no: false }, 1],
    ['{ regions { nodes { code @skip(if: true) name } } }', {}, 20],
    [
      '{ ...F } fragment F on Query { regions(first: 2) { ... on RegionConnection { nodes { ...G } } } } fragment G on Region { code }',
      {},
      2,
    ],
    // Half a page of a list of which nothing is known; 8 rows where no page is asked for.
    ['{ regions(first: 2) { nodes { partners(first: 6) { nodes { slug } } } } }', {}, 2 * 3],
    ['{ regions(first: 2) { nodes { partners { nodes { slug } } } } }', {}, 2 * 8],
    // As long as usual, and at least half of the page.
    ['{ regions(first: 2) { nodes { transfersIn { nodes { slug } } } } }', {}, 2 * 5],
    ['{ regions(first: 2) { nodes { transfersIn(first: 3) { nodes { slug } } } } }', {}, 2 * 3],
    ['{ regions(first: 2) { nodes { transfersIn(first: 9) { nodes { slug } } } } }', {}, 2 * 5],
    ['{ regions(first: 2) { nodes { transfersIn(first: 80) { nodes { slug } } } } }', {}, 2 * 40],
    // Whichever type costs most, unless the ids tell.
    [
      '{ claims: region(code: "IT") { claims { record { id ... on Region { code } ... on Partner { slug } } } } }',
      {},
      2,
    ],
    ['{ node(id: "rgn_0") { __typename ... on Region { code name } ... on Partner { slug } } }', {}, 3],
    ['{ node(id: "ptn_0") { __typename ... on Region { code name } ... on Partner { slug } } }', {}, 2],
    ['{ node(id: "xyz_0") { __typename ... on Region { code name } ... on Partner { slug } } }', {}, 1],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['rgn_0', 'rgn_1', 'rgn_2'] }, 3],
  ])('of %s with %j is counted', async (query, variables, price) => {
    expect(await cost(query, variables)).toBe(price);
  });

  test('is on every answer of an operation, refused or not, and names what is dearest', async () => {
    const wide =
      '{ themes { totalCount } all: regions(first: 100) { nodes { partners(first: 64) { nodes { slug } } } } }';
    const { response, answer } = await ask(app.url, wide);
    expect(response.status).toBe(400);
    expect(answer).toEqual({
      errors: [
        {
          message:
            'The operation costs 3,201; 2,000 is the most. Most of it is `all.nodes.partners.nodes`. Ask for smaller pages (`first`) there, or for fewer lists in lists.',
          extensions: { code: 'COST_EXCEEDED' },
        },
      ],
      extensions: { cost: { requested: 3_201, maximum: 2_000 } },
    });
    expect((await ask(app.url, '{ themes { totalCount } }')).answer.extensions).toEqual({
      cost: { requested: 1, maximum: 2_000 },
    });
  });

  test('is that of the operation that is asked for, not of its neighbours', async () => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          'query A { __typename } query B { regions(first: 100) { nodes { partners(first: 100) { nodes { slug } } } } }',
        operationName: 'A',
      }),
    });
    expect(await response.json()).toMatchObject({
      data: { __typename: 'Query' },
      extensions: { cost: { requested: 1 } },
    });
  });

  test('the introspection query of every tool is answered', async () => {
    const { response, answer } = await ask(app.url, getIntrospectionQuery());
    expect(response.status).toBe(200);
    expect(answer.extensions?.cost.requested).toBe(1_000);
  });
});

describe('a subgraph', () => {
  const entities =
    'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Region { code partners(first: 64) { nodes { slug } } } } }';
  const refs = (count: number) => ({
    refs: Array.from({ length: count }, (_, n) => ({ __typename: 'Region', code: `X${n}` })),
  });

  test('prices entities by the number of representations, for its router up to 10,000', async () => {
    const own = await anApp('migrated', { SUBGRAPHS: 'directory', ROUTER_SECRET: 'secret' });
    const secret = { 'x-router-secret': 'secret' };
    const { answer, response } = await ask(own.url, entities, refs(100), secret);
    expect(answer.extensions?.cost).toEqual({ requested: 3_300, maximum: 10_000 });
    expect(response.headers.get('ratelimit')).toBeNull();
    const refused = await ask(own.url, entities, refs(310), secret);
    expect(refused.answer).toMatchObject({
      errors: [{ extensions: { code: 'COST_EXCEEDED' } }],
      extensions: { cost: { requested: 10_230 } },
    });
  });

  test('without a secret is limited like the whole graph', async () => {
    const own = await anApp('migrated', { SUBGRAPHS: 'directory' });
    const { answer, response } = await ask(own.url, entities, refs(100));
    expect(answer.errors?.[0]?.extensions.code).toBe('COST_EXCEEDED');
    expect(response.headers.get('ratelimit')).not.toBeNull();
  });
});

describe('the quota', async () => {
  const small = await anApp('migrated', { TRUST_PROXY: 'loopback' }, undefined, { quota: { cost: 100, least: 10 } });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const left = async (address: string, query = '{ __typename }') => {
    const { response } = await ask(small.url, query, {}, from(address));
    return [response.status, response.headers.get('ratelimit-remaining')];
  };

  test('counts the cost of operations, ten at least, and whatever is refused', async () => {
    expect(await left('192.0.2.1')).toEqual([200, '90']);
    expect(await left('192.0.2.1', '{ regions { nodes { code } } }')).toEqual([200, '70']);
    expect(await left('192.0.2.1', '{ nothing }')).toEqual([400, '60']);
    expect(await left('192.0.2.1', '{')).toEqual([400, '50']);
  });

  test('refuses with 429, a code and when to come again, before anything is read, and others are still answered', async () => {
    for (let n = 0; n < 10; n += 1) await left('192.0.2.2');
    small.statements.length = 0;
    const { response, answer } = await ask(small.url, '{ regions { totalCount } }', {}, from('192.0.2.2'));
    expect(response.status).toBe(429);
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^Your address .* Come again in \d+ s/),
      extensions: { code: 'RATE_LIMITED' },
    });
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(small.statements).toEqual([]);
    expect(await left('192.0.2.3')).toEqual([200, '90']);
  });

  test('an operation that costs more than what is left is not executed', async () => {
    const { response, answer } = await ask(
      small.url,
      '{ totals: regions { totalCount } regions(first: 100) { nodes { code } } }',
      {},
      from('192.0.2.4'),
    );
    expect(response.status).toBe(429);
    expect(answer).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
      extensions: { cost: { requested: 101 } },
    });
    expect(answer.data).toBeUndefined();
  });

  test('an address of IPv6 is its network of 64 bits', async () => {
    expect(await left('2001:db8:1:2::1')).toEqual([200, '90']);
    expect(await left('2001:db8:1:2:ffff:ffff:ffff:ffff')).toEqual([200, '80']);
    expect(await left('2001:db8:1:3::1')).toEqual([200, '90']);
  });

  test('has so many counters, whoever comes: addresses beyond share them', async () => {
    const one = await anApp('migrated', { TRUST_PROXY: 'loopback' }, undefined, { quota: { cost: 100, counters: 1 } });
    await ask(one.url, '{ __typename }', {}, from('192.0.2.20'));
    const { response } = await ask(one.url, '{ __typename }', {}, from('192.0.2.21'));
    expect(response.headers.get('ratelimit-remaining')).toBe('80');
  });

  test('who is not a trusted proxy cannot name another address', async () => {
    const open = await anApp('migrated', {}, undefined, { quota: { cost: 100 } });
    await ask(open.url, '{ __typename }', {}, from('192.0.2.9'));
    const { response } = await ask(open.url, '{ __typename }', {}, from('192.0.2.10'));
    expect(response.headers.get('ratelimit-remaining')).toBe('80');
  });

  test('its headers can be read by pages of other origins', async () => {
    const { response } = await ask(
      small.url,
      '{ __typename }',
      {},
      { ...from('192.0.2.5'), origin: 'https://elsewhere.example' },
    );
    expect(response.headers.get('access-control-expose-headers')).toContain('RateLimit-Remaining');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'ratelimit-policy': '"cost";q=100;w=60',
      ratelimit: expect.stringMatching(/^"cost";r=90;t=\d+$/),
      'ratelimit-limit': '100',
    });
  });

  test('health checks and the schema take nothing of it', async () => {
    expect((await fetch(`${small.url}/livez`)).headers.get('ratelimit')).toBeNull();
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0DB8:0000:0001:2:3:4:5', '2001:db8:0:1::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['nonsense', 'nonsense'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('a client', async () => {
  const deadline = { headers: 200, request: 300, silence: 30_000, reading: 300 };
  const server = createServer({ log: pino({ level: 'silent' }), trustProxy: undefined, deadline });
  server.post('/', () => ({}));
  server.get('/large', () => 'x'.repeat(64 * 1024 * 1024));
  const port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port);
  afterAll(() => server.close());
  const connections = () =>
    new Promise<number>((resolve) => void server.server.getConnections((_, count) => resolve(count)));

  test.each([
    ['its body', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{'],
    ['its headers', 'POST / HTTP/1.1\r\nhost: x\r\n'],
  ])('that does not finish %s is told so by 408, and let go', async (_name, start) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(start);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual({
      errors: [
        { message: 'The request took too long to arrive. Send it in one go.', extensions: { code: 'BAD_REQUEST' } },
      ],
    });
  });

  test('that never reads its answer is let go', async () => {
    const asked = once(server.server, 'request');
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET /large HTTP/1.1\r\nhost: x\r\n\r\n');
    await asked;
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 5_000 });
    socket.destroy();
  });

  test('that asks in no HTTP is told so', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('HELLO\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*BAD_REQUEST/);
  });
});
