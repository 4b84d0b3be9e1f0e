import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { checkSubgraph, textOf } from '../../src/cli/subgraph-check.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { goodgraph, runs, type Running } from '../support/process.js';

const folder = fileURLToPath(new URL('../../examples/partner-subgraph/', import.meta.url));
const file = join(folder, 'workshops.graphql');
const read = (name: string) => readFile(join(folder, name), 'utf8');
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

const [partner, url] = await aPartner();
afterAll(async () => {
  partner.child.kill('SIGKILL');
  await partner.ended;
});

/** The example as a partner starts it, on a free port, and its address. */
async function aPartner(): Promise<[Running, string]> {
  const running = runs(process.execPath, [join(folder, 'server.js')], { PORT: '0' });
  const [, address = ''] = await running.says(/answer at (http:\S+)/);
  return [running, address];
}

async function ask(query: string, variables: object = {}) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ query, variables }) });
  return { status: response.status, cache: response.headers.get('cache-control'), body: await response.json() };
}

test('the check passes, offline and where it runs, and says what the README prints', { timeout: 60_000 }, async () => {
  const offline = goodgraph(['subgraph', 'check', file]);
  const running = goodgraph(['subgraph', 'check', file, '--url', url]);
  expect([await offline.ended, await running.ended]).toEqual([0, 0]);
  expect(offline.output()).toMatch(/^probe: skipped; no --url was given$/m);
  const [, printed = ''] = /```text\n(\s*parse:[^`]*)```/.exec(readme) ?? [];
  expect(running.output()).toBe(printed.replaceAll(/^ {3}/gm, '').trimEnd().concat('\n'));
});

test('a partner that is not there any more is a fault of the check', { timeout: 60_000 }, async () => {
  const [other, address] = await aPartner();
  other.child.kill('SIGKILL');
  await other.ended;
  const check = await checkSubgraph({ file, url: address });
  expect(check.passed).toBe(false);
  expect(textOf(check)).toMatch(/^fault \(probe\): It cannot be reached: ECONNREFUSED\.\n {4}Start it/);
});

test('it answers a router: workshops by practice, entities by key, and what may be kept for how long', async () => {
  const representations = [
    { __typename: 'GoodPractice', id: 'gp_670f495y2dbgfs4wwv8cpdmnnw' },
    { __typename: 'GoodPractice', id: 'gp_00000000000000000000000000' },
    { __typename: 'Workshop', id: 'open-house' },
  ];
  const query = `query Entities($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on GoodPractice { workshops { id places } } ... on Workshop { title day } } }`;
  expect(await ask(query, { representations })).toEqual({
    status: 200,
    cache: 'public, max-age=60',
    body: {
      data: {
        _entities: [
          {
            workshops: [
              { id: 'pairing', places: 12 },
              { id: 'pairing-again', places: 12 },
            ],
          },
          null,
          { title: 'Open house of the craft brand', day: '2027-05-07' },
        ],
      },
    },
  });
  expect((await ask('{ workshopsFrom(day: "2027-05-01") { id } }')).body).toEqual({
    data: { workshopsFrom: [{ id: 'open-house' }, { id: 'pairing-again' }] },
  });
});

test('what is no request is refused, and the next one is answered', async () => {
  const refused = await fetch(url, { method: 'POST', body: 'x'.repeat(1_100_000) });
  expect([refused.status, refused.headers.get('cache-control')]).toEqual([400, 'no-store']);
  expect((await fetch(url)).status).toBe(400);
  expect((await ask('{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
});

test('it is short, and the README shows what joins the two', async () => {
  expect((await read('server.js')).trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  const [, snippet = ''] = /```gql\n([^`]*)```/.exec(readme) ?? [];
  expect(snippet).toContain('@key');
  expect(await read('workshops.graphql')).toContain(snippet);
});

test('it depends on what GoodGraph itself is tested with', async () => {
  const own = JSON.parse(await read('package.json')) as { dependencies: Record<string, string> };
  const ours = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as typeof own;
  expect(Object.keys(own.dependencies)).toEqual(['@apollo/subgraph', 'graphql']);
  expect(ours.dependencies).toMatchObject(own.dependencies);
});

test("the gateway's list names every subgraph of ours, and the workshops where the example answers", async () => {
  const list = parseYaml(await read('subgraphs.yaml')) as { subgraphs: Record<string, object> };
  expect(list.subgraphs).toEqual({
    ...Object.fromEntries(subgraphs.map(({ name }) => [name, { local: true }])),
    workshops: { url: 'http://127.0.0.1:4001/graphql', sdl: './workshops.graphql' },
  });
  expect(await read('server.js')).toContain('?? 4001');
});

test('breaking the example breaks the check', { timeout: 60_000 }, async () => {
  const copy = await mkdtemp(join(tmpdir(), 'goodgraph-partner-'));
  const changed = (await read('workshops.graphql')).replace('day: Date!', 'day: String!');
  await writeFile(join(copy, 'workshops.graphql'), changed);
  const check = await checkSubgraph({ file: join(copy, 'workshops.graphql'), url });
  await rm(copy, { recursive: true });
  expect(check).toMatchObject({
    passed: false,
    findings: [
      {
        check: 'probe',
        message:
          "It serves another SDL than the file's: Workshop: day: String! (only in the file); Workshop: day: Date! (only in what is served).",
      },
    ],
  });
});
