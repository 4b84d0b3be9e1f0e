import { request, type IncomingMessage } from 'node:http';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { healthRoutes } from '../../src/http/health.js';
import { createServer } from '../../src/http/server.js';
import { anApp, type TestApp } from '../support/app.js';
import { hold } from '../support/hold.js';

const soon = { timeout: 10_000 };
const regions = '{ regions { totalCount } }';

const ask = (app: TestApp, query = regions, init: RequestInit = {}) =>
  fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    ...init,
  });

const metric = async (app: TestApp, name: string) => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1],
  );
};

const turnedAway = {
  errors: [
    {
      message: 'The server has more to do than it can. Ask again in 1 s.',
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    },
  ],
};

const patient = { running: 2, waiting: 1, patience: 60_000 };

test('beyond the places and the queue an operation is turned away at once; those in them are answered', async () => {
  const app = await anApp('migrated', {}, 60_000, { operations: patient, statement: 60_000 });
  const table = await hold(app.database, 'region');
  const running = [ask(app), ask(app)];
  await table.waited(2);
  const waiting = ask(app);
  await vi.waitUntil(async () => (await metric(app, 'goodgraph_operations_waiting')) === 1, soon);
  const refused = await ask(app, '{ themes { totalCount } }');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(refused.headers.get('cache-control')).toBe('no-store');
  expect(await refused.json()).toEqual(turnedAway);
  for (const path of ['livez', 'readyz', 'metrics', 'schema.graphql'])
    expect((await fetch(`${app.url}/${path}`)).status).toBe(200);
  expect(await metric(app, 'goodgraph_operations_running')).toBe(2);
  expect(app.statements).toHaveLength(2);
  await table.release();
  for (const each of [...running, waiting])
    expect(await (await each).json()).toMatchObject({ data: { regions: { totalCount: 0 } } });
  expect(await metric(app, 'goodgraph_operations_running')).toBe(0);
  expect(await metric(app, 'goodgraph_operations_refused_total{reason="full"}')).toBe(1);
});

test('who waits too long for a place is turned away and runs nothing; the place serves on', async () => {
  const operations = { running: 1, waiting: 5, patience: 50 };
  const app = await anApp('migrated', {}, 60_000, { operations, statement: 60_000 });
  const table = await hold(app.database, 'region');
  const running = ask(app);
  await table.waited();
  for (const late of await Promise.all([ask(app), ask(app), ask(app)])) {
    expect(late.status).toBe(503);
    expect(await late.json()).toEqual(turnedAway);
  }
  await table.release();
  expect((await running).status).toBe(200);
  expect(await (await ask(app)).json()).toMatchObject({ data: { regions: { totalCount: 0 } } });
  expect(app.statements).toHaveLength(2);
  expect(await metric(app, 'goodgraph_operations_refused_total{reason="late"}')).toBe(3);
  expect(await metric(app, 'goodgraph_operations_waiting')).toBe(0);
});

test('who leaves the queue runs nothing', async () => {
  const app = await anApp('migrated', {}, 60_000, { operations: { ...patient, running: 1 }, statement: 60_000 });
  const table = await hold(app.database, 'region');
  const running = ask(app);
  await table.waited();
  const leaving = request(`${app.url}/graphql?query=${encodeURIComponent('{ themes { totalCount } }')}`);
  leaving.on('error', () => undefined).end();
  await vi.waitUntil(async () => (await metric(app, 'goodgraph_operations_waiting')) === 1, soon);
  leaving.destroy();
  await vi.waitUntil(async () => (await metric(app, 'goodgraph_operations_refused_total{reason="gone"}')) === 1, soon);
  await table.release();
  expect((await running).status).toBe(200);
  expect((await ask(app)).status).toBe(200);
  expect(app.statements.map((text) => /"theme"/.test(text))).toEqual([false, false]);
});

test('a server whose connections are all busy is ready still', async () => {
  const app = await anApp('migrated', {}, 60_000, { connections: 1, statement: 60_000 });
  const table = await hold(app.database, 'region');
  const running = ask(app);
  await table.waited();
  expect(await metric(app, 'goodgraph_pool_connections{pool="public",state="idle"}')).toBe(0);
  expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({ status: 'ready' });
  await table.release();
  expect((await running).status).toBe(200);
});

const aServer = (deadline: { headers: number; request: number; silence: number }) =>
  createServer({ log: pino({ level: 'silent' }), trustProxy: undefined, deadline: { ...deadline, reading: 5_000 } });

test('those who ask for readiness at the same time share one look at the database', async () => {
  const server = aServer({ headers: 5_000, request: 5_000, silence: 5_000 });
  const database = Promise.withResolvers<void>();
  let looks = 0;
  healthRoutes(server, {
    silence: 'Nobody answers.',
    isDraining: () => false,
    check: () => ((looks += 1), database.promise),
  });
  const asked = Array.from({ length: 10 }, () => server.inject('/readyz'));
  await server.inject('/livez');
  database.resolve();
  expect(new Set((await Promise.all(asked)).map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  expect(looks).toBe(1);
  await server.inject('/readyz');
  expect(looks).toBe(2);
});

test('a client that does not send what it began is cut off', async () => {
  const server = aServer({ headers: 50, request: 100, silence: 10_000 });
  server.post('/', () => 'answered');
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const sending = request(url, { method: 'POST', headers: { 'content-length': 10, 'content-type': 'text/plain' } });
  const answer = new Promise<IncomingMessage>((resolve, reject) => sending.on('response', resolve).on('error', reject));
  sending.write('12345');
  expect((await answer).statusCode).toBe(408);
  await server.close();
});

test('a connection on which nothing moves is closed', async () => {
  const server = aServer({ headers: 5_000, request: 5_000, silence: 50 });
  server.get('/', () => new Promise(() => undefined));
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  await server.close();
});
