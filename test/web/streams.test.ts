import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { beforeAll, expect, test, vi } from 'vitest';
import { anApp, type TestApp } from '../support/app.js';
import { aDatabase, execute } from '../support/database.js';
import { aFile } from '../support/files.js';
import { hold } from '../support/hold.js';

const shared = await aDatabase();
const soon = { timeout: 10_000 };
const [practices, letters] = [40, 400_000];

// Each page is more than sockets hold: who does not read keeps the file where it is.
const pages = { firstPage: 2, page: 10 };
// One connection for operations, and one for files; statements that are not stopped go on for a minute.
const app = await anApp('migrated', {}, 60_000, {
  shared,
  statement: 60_000,
  connections: 1,
  lists: { ...pages, each: 3, connections: 1 },
});
/** One file at a time, three in a minute, and little patience. */
const strict = await anApp('migrated', { TRUST_PROXY: 'loopback' }, undefined, {
  shared,
  lists: { ...pages, open: 1, cost: 50 },
  quota: { cost: 190, least: 10 },
  reading: 2_500,
});

beforeAll(async () => {
  await execute(
    shared,
    `insert into good_practice (id, slug, title, description)
     select 'gp_' || lpad(n::text, 26, '0'), 'practice-' || n, 'Practice ' || n, repeat('x', ${letters})
     from generate_series(1, ${practices}) n`,
  );
});

/** A client that has the head of a file, and reads no more than it is told to. */
async function aClient({ url }: TestApp, path = '/practices.ndjson'): Promise<IncomingMessage> {
  const request = get(`${url}${path}`, { agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${(await response.toArray()).join('')}`);
  return response.pause();
}

/** Connections of files that PostgreSQL has something to do for, or that hold a transaction. */
const busy = () =>
  execute(
    shared,
    `select from pg_stat_activity where datname = current_database() and state <> 'idle'
       and application_name in ('goodgraph_public', 'goodgraph_member')`,
  );

/** Resolves once nothing is read any more: how many statements there were. */
async function settled({ statements }: TestApp): Promise<number> {
  let [before, quiet] = [-1, 0];
  await vi.waitUntil(
    async () => {
      const isQuiet = statements.length === before && (await busy()).length === 0;
      quiet = isQuiet ? quiet + 1 : 0;
      before = statements.length;
      return quiet === 3;
    },
    { ...soon, interval: 100 },
  );
  return before;
}

const count = async () => (await fetch(`${app.url}/graphql?query={goodPractices{totalCount}}`)).json();

async function rest(response: IncomingMessage): Promise<{ isWhole: boolean; last: string }> {
  let text = '';
  response.setEncoding('utf8');
  const ended = new Promise((resolve) => response.once('close', resolve));
  response.on('data', (piece: string) => (text = (text + piece).slice(-letters)));
  response.resume();
  await ended;
  return { isWhole: response.complete, last: text.trimEnd().split('\n').at(-1) ?? '' };
}

test('clients that do not read hold no connection between two pages, and keep nobody waiting', async () => {
  const slow = [await aClient(app), await aClient(app)];
  const read = await settled(app);
  expect(await count()).toMatchObject({ data: { goodPractices: { totalCount: practices } } });
  const { about } = await aFile(`${app.url}/practices.ndjson`);
  expect(about.rows).toBe(practices);
  // Those who wait go on where they were, to their end.
  expect(read).toBeLessThan(app.statements.length);
  for (const response of slow) {
    const { isWhole, last } = await rest(response);
    expect([isWhole, JSON.parse(last)]).toEqual([
      true,
      { _about: expect.objectContaining({ rows: practices }) as object },
    ]);
  }
});

test('who leaves frees the place, and nothing is read for it any more', async () => {
  for (let n = 0; n < 6; n += 1) (await aClient(app)).destroy();
  await vi.waitUntil(async () => (await fetch(`${app.url}/tasks.csv`)).status === 200, soon);
  const read = await settled(app);
  expect(app.statements.length).toBe(read);
  expect(read).toBeGreaterThan(0);
});

test('who leaves while a page is read stops its statement, and nobody else has waited for it', async () => {
  const table = await hold(shared, 'theme');
  const request = get(`${app.url}/themes.csv`, { agent: false });
  request.on('error', () => undefined);
  await table.waited(1);
  expect(await count()).toMatchObject({ data: { goodPractices: { totalCount: practices } } });
  request.destroy();
  // Before the table is released.
  await table.waited(0);
  expect(await busy()).toEqual([]);
  await table.release();
});

test('a client has so many lists on the way, and all clients together; others are told when to come again', async () => {
  const first = [await aClient(app), await aClient(app), await aClient(app)];
  const own = await fetch(`${app.url}/practices.csv`);
  expect([own.status, own.headers.get('retry-after'), own.headers.get('cache-control')]).toEqual([
    503,
    '5',
    'no-store',
  ]);
  expect(await own.text()).toContain('3 lists are on their way to you already');
  for (const response of first) response.destroy();
});

const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

test('all clients together have so many lists on the way, and one that does not take its own in time is cut', async () => {
  const held = await aClient(strict);
  const other = await fetch(`${strict.url}/practices.csv`, from('192.0.2.1'));
  expect([other.status, other.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await other.text()).toContain('1 lists are on their way already');
  expect((await fetch(`${strict.url}/graphql?query={__typename}`)).status).toBe(200);
  let number = 2;
  const another = () => fetch(`${strict.url}/tasks.csv`, from(`192.0.2.${(number += 1)}`));
  await vi.waitUntil(async () => (await another()).status === 200, soon);
  expect((await rest(held)).isWhole).toBe(false);
});

test('a file may take longer than one of its pieces', async () => {
  const response = await aClient(strict);
  const began = performance.now();
  response.on('data', () => {
    response.pause();
    setTimeout(() => response.resume(), performance.now() - began < 3_000 ? 10 : 0);
  });
  expect((await rest(response)).isWhole).toBe(true);
  expect(performance.now() - began).toBeGreaterThan(2_500);
});

test('a list counts towards the quota', async () => {
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await fetch(`${strict.url}/tasks.csv`, from('198.51.100.1'))).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
});

test('a page that fails cuts the connection: a file without its last line is not whole', async () => {
  const response = await aClient(app);
  await settled(app);
  await execute(shared, 'revoke select on good_practice from goodgraph_public');
  const { isWhole, last } = await rest(response);
  await execute(shared, 'grant select on good_practice to goodgraph_public');
  expect(isWhole).toBe(false);
  expect(last).not.toContain('_about');
});

test('a first page that fails is an error, and no file', async () => {
  await execute(shared, 'revoke select on theme from goodgraph_public');
  const response = await fetch(`${app.url}/themes.json`);
  await execute(shared, 'grant select on theme to goodgraph_public');
  expect([response.status, response.headers.get('cache-control')]).toEqual([500, 'no-store']);
  expect(await response.text()).toMatch(/"Something went wrong on our side\. It is logged as [0-9a-f-]{36}\."/);
});

test('a server that stops does not wait for files', async () => {
  const response = await aClient(strict);
  const ended = strict.close();
  expect((await rest(response)).isWhole).toBe(false);
  await ended;
});
