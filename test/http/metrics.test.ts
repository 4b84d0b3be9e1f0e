import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { costOf } from '../../src/http/operation-metrics.js';
import { anApp, type TestApp } from '../support/app.js';
import { aPartner, aRegion } from '../support/factories.js';

const ask = async (app: TestApp, body: object) =>
  (
    await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json();

/** What `/metrics` says: the value of each series by its name and labels. */
async function metrics({ url }: TestApp): Promise<{ text: string; values: Record<string, number> }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const values = series.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]);
  return { text, values: Object.fromEntries(values) as Record<string, number> };
}

const partners =
  'query Innocrafts($name: String) { partners(where: { name: { contains: $name } }) { nodes { region { name } } } }';

async function watched(): Promise<TestApp> {
  const app = await anApp();
  const region = await aRegion(app.database, 'XA');
  await aPartner(app.database, { name_original: 'Alpha', region_id: region.id });
  return app;
}

const shared = await watched();
const token = 'hush-hush';
const guarded = await anApp('migrated', { METRICS_TOKEN: token, TRUST_PROXY: 'loopback' });

test('an operation is counted with its statements, rows, batches, and whether its document was known', async () => {
  const app = await watched();
  for (let n = 0; n < 2; n += 1)
    expect(await ask(app, { query: partners, variables: { name: 'Alpha' } })).toMatchObject({
      data: { partners: { nodes: [{ region: { name: 'XA' } }] } },
    });
  expect((await metrics(app)).values).toMatchObject({
    'goodgraph_operation_duration_seconds_count{type="query",operation="Innocrafts"}': 2,
    goodgraph_operation_statements_sum: 4,
    goodgraph_operation_statements_count: 2,
    goodgraph_operation_rows_sum: 4,
    goodgraph_loader_batch_keys_sum: 4,
    goodgraph_loader_batch_keys_count: 4,
    'goodgraph_document_cache_lookups_total{result="miss"}': 1,
    'goodgraph_document_cache_lookups_total{result="hit"}': 1,
    'goodgraph_statement_duration_seconds_count{outcome="answered"}': 4,
    'goodgraph_http_request_duration_seconds_count{method="POST",route="/graphql",status="200"}': 2,
    goodgraph_http_requests_in_flight: 1,
    'goodgraph_pool_connections{pool="public",state="used"}': 0,
    'goodgraph_pool_connections_max{pool="public"}': 20,
    goodgraph_operations_running: 0,
  });
});

test('errors are counted by their code', async () => {
  const app = shared;
  await ask(app, { query: '{ nothing }' });
  await ask(app, { query: '{ a: region(code: "ZZ") { name } b: region(code: "ZY") { name } }' });
  expect((await metrics(app)).values).toMatchObject({
    'goodgraph_operation_errors_total{code="GRAPHQL_VALIDATION_FAILED"}': 1,
    'goodgraph_operation_errors_total{code="NOT_FOUND"}': 2,
  });
});

test('what clients make up adds no series and is not to be read', async () => {
  const app = shared;
  const strangeness = async (n: number) => {
    await ask(app, { query: `query Mine${n} { __typename a${n}: __typename }` });
    await ask(app, { query: partners, variables: { name: `someone${n}@example.org` } });
    await fetch(`${app.url}/Mine${n}?token=Mine${n}`);
    await fetch(`${app.url}/Mine${n}`, { method: 'PROPFIND' });
  };
  // Twice: its documents are known then.
  for (const n of [0, 0]) await strangeness(n);
  await metrics(app);
  const before = await metrics(app);
  for (let n = 1; n < 20; n += 1) await strangeness(n);
  const { text, values } = await metrics(app);
  const ours = (all: Record<string, number>) => Object.keys(all).filter((name) => name.startsWith('goodgraph_'));
  expect(ours(values)).toEqual(ours(before.values));
  expect(values['goodgraph_operation_duration_seconds_count{type="query",operation="other"}']).toBe(21);
  expect(text).not.toMatch(/Mine|example|PROPFIND/);
});

test('every metric of ours says what it is; Node and the process are watched as everywhere', async () => {
  const { text } = await metrics(shared);
  const helped = new Set([...text.matchAll(/^# HELP (\w+) .{10,}$/gm)].map(([, name]) => name));
  const typed = [...text.matchAll(/^# TYPE (\w+) \w+$/gm)].map(([, name]) => name);
  expect(typed.filter((name) => !helped.has(name))).toEqual([]);
  expect(typed).toEqual(
    expect.arrayContaining([
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_gc_duration_seconds',
      'nodejs_heap_size_used_bytes',
      'process_resident_memory_bytes',
    ]),
  );
  const others = typed.filter((name) => !/^(goodgraph|nodejs|process)_/.test(name ?? ''));
  expect(others).toEqual([]);
});

const far = '203.0.113.9';

test.each<[string, string, Record<string, string>, number]>([
  ['this machine', '127.0.0.1', {}, 200],
  ['this machine, by IPv6', '::1', { host: '[::1]:4000' }, 200],
  ['another machine', far, {}, 401],
  ['another machine with the token', far, { authorization: `Bearer ${token}` }, 200],
  ['another machine with a part of the token', far, { authorization: 'Bearer hush' }, 401],
  ['another machine with the token as a password', far, { authorization: `Basic ${token}` }, 401],
  ['a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': far }, 401],
  ['a proxy on this machine that calls its client loopback', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, 401],
  ['a proxy on this machine with the standard header', '127.0.0.1', { forwarded: `for=${far}` }, 401],
  [
    'a proxy on this machine with its client’s token',
    '127.0.0.1',
    { via: '1.1 x', authorization: `Bearer ${token}` },
    200,
  ],
  ['a page that calls this machine by a name of its own', '127.0.0.1', { host: 'rebound.example:4000' }, 401],
])('/metrics for %s', async (_who, remoteAddress, headers, status) => {
  const app = guarded;
  const asked = { url: '/metrics', remoteAddress, headers: { host: 'localhost:4000', ...headers } };
  const answer = await app.server.inject(asked);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['www-authenticate']).toBe(status === 200 ? undefined : 'Bearer');
  expect(answer.body).toContain(status === 200 ? 'goodgraph_operations_running 0' : '"code":"UNAUTHENTICATED"');
});

test('without a token there is none that opens /metrics to another machine', async () => {
  const { server } = await anApp();
  for (const authorization of ['Bearer undefined', 'Bearer ', 'Bearer null'])
    expect(
      (await server.inject({ url: '/metrics', remoteAddress: far, headers: { authorization } })).json(),
    ).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
});

test('a subgraph has metrics too, which need no router', async () => {
  const app = await anApp('migrated', { SUBGRAPHS: 'directory', ROUTER_SECRET: 'router' });
  await fetch(`${app.url}/graphql?query={regions{totalCount}}`, { headers: { 'x-router-secret': 'router' } });
  expect((await metrics(app)).values).toMatchObject({ goodgraph_operation_statements_sum: 1 });
  const { statusCode } = await app.server.inject({ url: '/metrics', remoteAddress: far });
  expect(statusCode).toBe(403);
});

test('a slow operation is logged by its hash and what it took, and nothing that its client wrote', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const app = await anApp('migrated', {}, undefined, { slow: 0, log });
  const query = partners.replace('Innocrafts', 'Mine');
  await ask(app, { query, variables: { name: 'someone@example.org' } });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({
      msg: 'a slow operation',
      document: createHash('sha256').update(query).digest('hex'),
      operation: 'Mine',
      duration: expect.any(Number),
      statements: 1,
      rows: 0,
    }),
  ]);
  expect(lines.join('')).not.toMatch(/example|partners/);
  const quick = await anApp('migrated', {}, undefined, { slow: 60_000, log });
  await ask(quick, { query });
  expect(lines).toHaveLength(1);
});

test.each([
  [undefined, undefined],
  [{}, undefined],
  [{ cost: 12 }, 12],
  [{ cost: { requested: 12, limit: 2_000 } }, 12],
  [{ cost: '12' }, undefined],
])('an answer with %o says that it cost %o', (extensions, cost) => {
  expect(costOf(extensions)).toBe(cost);
});
