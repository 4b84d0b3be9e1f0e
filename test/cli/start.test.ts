import { createServer } from 'node:net';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openEmbedded } from '../../src/database/embedded/embedded.js';
import { goodgraph, type Running } from '../support/process.js';

const home = await mkdtemp(join(tmpdir(), 'goodgraph-start-'));
// PostgreSQL runs as another user when root starts it: he must be able to enter.
await chmod(home, 0o755);
const dataDir = join(home, 'data');
const running: Running[] = [];

function start(words: string[], environment: Record<string, string> = {}): Running {
  const started = goodgraph(words, { PORT: '0', DATA_DIR: dataDir, ...environment });
  running.push(started);
  return started;
}

async function stop({ child, ended }: Running, signal: NodeJS.Signals = 'SIGINT'): Promise<number | string> {
  child.kill(signal);
  return ended;
}

const addressOf = async (started: Running) => (await started.says(/answers at (http:[^"\s]+)\/graphql/))[1] ?? '';

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

afterAll(async () => {
  await Promise.all(running.map((each) => stop(each, 'SIGKILL')));
  await rm(home, { recursive: true, force: true });
});

/** The tests before those of refusals go on where the one before ended: a start takes seconds. */
let server: Running;

test(
  'the built program starts in plain Node on an empty DATA_DIR, answers from the seeds, and keeps its data',
  { timeout: 60_000 },
  async () => {
    const first = start(['start']);
    const url = await addressOf(first);
    expect(await ask(`${url}/graphql`, '{ regions { totalCount } partners { totalCount } }')).toMatchObject({
      data: { regions: { totalCount: 1799 }, partners: { totalCount: 29 } },
    });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
    expect(await stop(first, 'SIGTERM')).toBe(0);

    server = start(['start']);
    expect(
      await ask(`${await addressOf(server)}/graphql`, '{ project(slug: "innocrafts") { acronym } }'),
    ).toMatchObject({
      data: { project: { acronym: 'INNOCRAFTS' } },
    });
    expect(server.output()).not.toContain('the seeds are loaded');
  },
);

test(
  'a second server on the directory is refused; subgraphs and commands come along',
  { timeout: 60_000 },
  async () => {
    const second = start(['start']);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(String(server.child.pid));
    expect(second.output()).not.toMatch(/\n\s+at /);

    const one = start(['start', '--subgraphs', 'directory']);
    const several = start(['start', '--subgraphs', 'practices,transfers']);
    const service =
      '{ _service { sdl } _entities(representations: [{ __typename: "Region", code: "ITI1" }]) { ... on Region { name } } }';
    expect(await ask(`${await addressOf(one)}/graphql`, service)).toMatchObject({
      data: { _service: { sdl: expect.stringContaining('federation/v2.9') }, _entities: [{ name: 'Tuscany' }] },
    });
    expect(await ask(`${await addressOf(several)}/practices/graphql`, '{ themes { totalCount } }')).toMatchObject({
      data: { themes: { totalCount: 15 } },
    });
    expect(await ask(`${await addressOf(several)}/transfers/graphql`, '{ transfers { totalCount } }')).toMatchObject({
      data: { transfers: { totalCount: 9 } },
    });

    const again = start(['seed', '--json']);
    expect(await again.ended).toBe(0);
    expect(await Promise.all([stop(one), stop(several)])).toEqual([0, 0]);
  },
);

test(
  'after kill -9 the next start works, with everything that was committed; it stops in good order when asked',
  { timeout: 60_000 },
  async () => {
    expect(await stop(server, 'SIGKILL')).toBe('SIGKILL');
    const next = start(['start']);
    expect(await ask(`${await addressOf(next)}/graphql`, '{ transfers { totalCount } }')).toMatchObject({
      data: { transfers: { totalCount: 9 } },
    });
    expect(await stop(next)).toBe(0);
  },
);

test('a port in use is told with another port to try, and the database is let go', { timeout: 60_000 }, async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const refused = start(['start', '--port', String(port)]);
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(`127.0.0.1:${port}`);
  expect(refused.output()).toContain('PORT=4001 npm start');
  taken.close();
  // As its next server would: of those there may be one.
  await (await openEmbedded({ dataDir, as: 'server', command: 'the next server' })).release();
});

test.each([
  [
    { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none' },
    'Nothing answers at the host and port in DATABASE_URL.',
  ],
  [{ DATABASE_URL: 'not a url', PORT: 'x' }, 'PORT is not a port number'],
  [{ TRUST_PROXY: 'true' }, "TRUST_PROXY names 'true'"],
  // One subgraph is sooner made ready to listen than all.
  [
    { HOST: 'no.such.host.invalid', SUBGRAPHS: 'directory', ROUTER_SECRET: 'between-us' },
    'HOST is no address of this machine: getaddrinfo',
  ],
  [
    { HOST: '203.0.113.7', SUBGRAPHS: 'directory', ROUTER_SECRET: 'between-us' },
    'HOST is no address of this machine: listen EADDRNOTAVAIL',
  ],
])('%o is refused in a sentence, without the password and without a stack', async (environment, message) => {
  const refused = start(['start'], environment);
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(message);
  expect(refused.output()).not.toMatch(/secret|\n\s+at /);
});

test('a DATA_DIR that is not ours is refused, and left as it is', async () => {
  const foreign = join(home, 'foreign');
  await mkdir(foreign);
  await writeFile(join(foreign, 'thesis.txt'), 'years of work');
  const refused = start(['start'], { DATA_DIR: foreign });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(foreign);
  expect(refused.output()).not.toMatch(/\n\s+at /);
  expect(await readFile(join(foreign, 'thesis.txt'), 'utf8')).toBe('years of work');
});

test('an unknown command or flag is told with what there is', async () => {
  const unknown = start(['begin']);
  expect(await unknown.ended).toBe(1);
  expect(unknown.output()).toContain("unknown command 'begin'");
  const flag = start(['start', '--prot', '1']);
  expect(await flag.ended).toBe(1);
  expect(flag.output()).toContain('Did you mean --port?');
});

test('config prints what the program would run with, and no secret', async () => {
  const printed = start(['config', '--json'], {
    DATABASE_URL: 'postgresql://me:s:ecret@db/goodgraph',
    DATABASE_PUBLIC_URL: 'postgresql://me@db/goodgraph?host=%2Frun&password=secret&sslpassword=a&password=b',
    ROUTER_SECRET: 'hush',
    METRICS_TOKEN: 'hush',
    MEILI_URL: 'http://127.0.0.1:7700',
    MEILI_KEY: 'hush',
  });
  expect(await printed.ended).toBe(0);
  expect(JSON.parse(printed.output())).toMatchObject({
    databaseUrl: 'postgresql://me:***@db/goodgraph',
    databasePublicUrl: 'postgresql://me@db/goodgraph?host=%2Frun&password=***&sslpassword=***',
    routerSecrets: ['***'],
    metricsToken: '***',
    meilisearch: { url: 'http://127.0.0.1:7700', key: '***' },
    limits: { page: 100 },
  });
});
