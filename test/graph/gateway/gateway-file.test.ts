import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { GatewayFault } from '../../../src/graph/gateway/gateway-fault.js';
import { readGatewayFile } from '../../../src/graph/gateway/gateway-file.js';
import { createPlanner } from '../../../src/graph/gateway/planner.js';

const folder = await mkdtemp(join(tmpdir(), 'goodgraph-gateway-'));
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const path = join(folder, 'subgraphs.yaml');
  await writeFile(path, text);
  return readGatewayFile(path, ['books', 'people']);
}

async function faultsOf(what: Promise<unknown>): Promise<string[]> {
  const fault = await what.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof GatewayFault)) throw new Error(`That is no GatewayFault: ${String(fault)}`);
  return fault.faults.map((each) => each.replaceAll(`${folder}/`, ''));
}

test('each subgraph is here, elsewhere, or both; a schema lies beside the file', async () => {
  await writeFile(join(folder, 'shops.graphql'), 'type Query { shops: [ID!] }');
  const places = await read(`subgraphs:
  books: { local: true }
  people: { local: true, url: "http://people.test/graphql", timeout: 500 }
  shops: { url: "https://shops.test/graphql", sdl: shops.graphql }
  friends: { url: "https://friends.test/graphql", trusted: true }
`);
  expect(places.map(({ sdl, ...place }) => ({ ...place, hasSchema: sdl !== undefined }))).toEqual([
    { name: 'books', isLocal: true, url: undefined, timeout: 2_000, isTrusted: true, hasSchema: false },
    {
      name: 'people',
      isLocal: true,
      url: 'http://people.test/graphql',
      timeout: 500,
      isTrusted: true,
      hasSchema: false,
    },
    {
      name: 'shops',
      isLocal: false,
      url: 'https://shops.test/graphql',
      timeout: 2_000,
      isTrusted: false,
      hasSchema: true,
    },
    {
      name: 'friends',
      isLocal: false,
      url: 'https://friends.test/graphql',
      timeout: 2_000,
      isTrusted: true,
      hasSchema: false,
    },
  ]);
});

test('every fault of the file is told at once', async () => {
  const shape = read(`subgraphs:
  books: {}
  people: { url: "ftp://people.test", tiemout: 5 }
  Shops: { local: true }
  friends: { local: maybe, timeout: 9000 }
`);
  expect(await faultsOf(shape)).toEqual(
    [
      'books runs nowhere: say `local: true`, a `url`, or both',
      'people.url is no URL such as https://example.org/graphql',
      'people knows no tiemout',
      'Shops is no name of a subgraph; use a-z, 0-9, - and _',
      'friends.local is neither true nor false',
      'friends.timeout is above 5000 ms, which is all an operation has',
    ].map((fault) => `subgraphs.yaml: subgraphs.${fault}`),
  );
  const sense = read(`subgraphs:
  books: { local: true, sdl: books.graphql }
  shops: { local: true }
  others: { url: "https://others.test/", sdl: nowhere.graphql }
`);
  expect(await faultsOf(sense)).toEqual([
    'subgraphs.yaml: people is missing: say where it runs, `local: true` for here',
    'subgraphs.yaml: books is ours: leave `sdl` out, its schema is known',
    'subgraphs.yaml: shops is none of ours and cannot be local; ours are books, people',
    'subgraphs.yaml: others: nowhere.graphql cannot be read: there is no such file',
  ]);
});

test.each([
  ['subgraphs: [', /Flow sequence in block collection/],
  ['subgraphs: {}', /subgraphs names none/],
  ['subgraphs: 5', /subgraphs is no mapping of names to where they run/],
  ['a: &a [1]\nb: *a', /the file knows no a, b/],
  ['', /the file /],
])('%j is no such file', async (text, reason) => {
  expect((await faultsOf(read(text))).join()).toMatch(reason);
});

test('a file that is not there is told', async () => {
  expect(await faultsOf(readGatewayFile(join(folder, 'none.yaml'), []))).toEqual([
    'none.yaml cannot be read: there is no such file',
  ]);
});

describe('a planner that cannot be had is told', () => {
  const fails =
    (code: string, message = 'x') =>
    () =>
      Promise.reject(Object.assign(new Error(message), { code }));
  const { platform } = process;

  test('with what to install', async () => {
    expect(await faultsOf(createPlanner('', fails('ERR_MODULE_NOT_FOUND')))).toEqual([
      'the query planner is not installed; run: npm install @graphql-hive/router-query-planner@0.0.38',
    ]);
  });

  test('with why it cannot be loaded', async () => {
    expect(await faultsOf(createPlanner('', fails('ERR_DLOPEN_FAILED', 'no such library')))).toEqual([
      expect.stringMatching(/^the query planner cannot be loaded on .*: no such library$/),
    ]);
  });

  test('with the machines it is built for', async () => {
    Object.defineProperty(process, 'platform', { value: 'win32' });
    try {
      expect(await faultsOf(createPlanner('', fails('ERR_DLOPEN_FAILED')))).toEqual([
        expect.stringMatching(
          /^the query planner is not built for win32-\w+, only for darwin-arm64, darwin-x64, linux-arm64, linux-x64; run/,
        ),
      ]);
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
  });
});
