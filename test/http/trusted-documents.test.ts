import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cachePolicy } from '../../src/graph/cache-policy.js';
import { anonymous, readInWaves, type Viewer } from '../../src/graph/context.js';
import { withDeadline } from '../../src/graph/deadline.js';
import { noEffort } from '../../src/graph/effort.js';
import { limits } from '../../src/graph/limits.js';
import { trustedDocument } from '../../src/graph/trusted-documents.js';
import { createApollo } from '../../src/http/apollo.js';
import { createPlaces } from '../../src/http/overload.js';
import { createServer } from '../../src/http/server.js';
import { trustedDocumentRoutes } from '../../src/http/trusted-documents.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPartner, aPractice, aRegion, draft } from '../support/factories.js';

/** PartnerPractices of `examples/widgets`, as the package trusts it. */
const hash = '523091621ea5552a4d9ce2678b57423886a991ae8bbe17861a0823f5d557ac96';

const app = await anApp();
const { database } = app;
const graph = fusedGraph(subgraphs);

beforeAll(async () => {
  const owner = await aPartner(database, { slug: 'weavers', name_original: 'Weavers' });
  const practice = await aPractice(database, { slug: 'loom', title: 'Loom', owner_id: owner.id });
  await aPractice(database, { slug: 'secret', title: 'Secret', owner_id: owner.id, ...draft });
  await execute(database, `insert into translation values ($1, 'title', 'it', 'Telaio', 'HUMAN')`, [practice.id]);
  await aRegion(database, 'XA');
});

const address = (variables?: unknown) =>
  `${app.url}/w/${hash}${variables === undefined ? '' : `?variables=${encodeURIComponent(JSON.stringify(variables))}`}`;
const get = (url: string, headers: Record<string, string> = {}, method = 'GET') => fetch(url, { method, headers });
const weavers = address({ partner: 'weavers' });
const titles = async (response: Response) => {
  const { data } = (await response.json()) as {
    data: { partner: { goodPractices: { totalCount: number; nodes: { title: string }[] } } };
  };
  const { totalCount, nodes } = data.partner.goodPractices;
  return [totalCount, ...nodes.map(({ title }) => title)];
};

/** The route over queries of the test's own, for any viewer. */
async function serving(sources: string[], viewer: Viewer = anonymous): Promise<{ url: string; hashes: string[] }> {
  const log = pino({ level: 'silent' });
  const executor = withDeadline(graph.executor, limits.deadline.operation);
  const { schema } = executor;
  const documents = sources.map((source) => {
    const document = trustedDocument(source, schema);
    if (Array.isArray(document)) throw new Error(document.join('\n'));
    return document;
  });
  const ages = subgraphs.flatMap(({ fields }) => fields.map(({ type, maxAge = 0 }) => [type, maxAge] as const));
  const typeDefs = graph.subgraphs.map((subgraph) => subgraph.typeDefs);
  const apollo = createApollo({ executor, typeDefs, maxAgeOf: cachePolicy(schema, new Map(ages)), log });
  await apollo.start();
  const server = createServer({ log, trustProxy: undefined, deadline: limits.deadline });
  trustedDocumentRoutes(server, {
    apollo,
    places: createPlaces(limits.operations),
    guard: () => undefined,
    documents: new Map(documents.map((document) => [document.hash, document])),
    contextOf: () => {
      const [stop, effort] = [new AbortController(), noEffort()];
      const read = readInWaves(database.readAs(viewer), stop, effort);
      return { viewer, stop, effort, ...graph.contextFor({ viewer, read }) };
    },
  });
  const url = await server.listen({ port: 0 });
  afterAll(async () => {
    await server.close();
    await apollo.stop();
  });
  return { url, hashes: documents.map((document) => document.hash) };
}

test('a trusted document is answered as the same query is, from anywhere, and may be kept as long as its types say', async () => {
  const response = await get(weavers, { origin: 'https://elsewhere.example' });
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=60',
    'access-control-allow-origin': '*',
    vary: 'Accept, Authorization',
    etag: expect.stringMatching(/^W\/"[\w-]{43}"$/),
  });
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(await response.json()).toMatchObject({
    data: {
      partner: {
        name: 'Weavers',
        goodPractices: {
          totalCount: 1,
          nodes: [{ slug: 'loom', title: 'Loom', contentLanguage: { tag: 'en' }, regions: [] }],
        },
      },
    },
  });
});

test.each([
  ['application/graphql-response+json', 200, 'application/graphql-response+json; charset=utf-8'],
  ['application/json', 200, 'application/json; charset=utf-8'],
  ['*/*', 200, 'application/json; charset=utf-8'],
  ['image/png', 406, 'application/json; charset=utf-8'],
])('who accepts %s gets %i, %s', async (accept, status, type) => {
  const response = await get(weavers, { accept });
  expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
  expect(response.headers.get('cache-control')).toBe(status === 200 ? 'public, max-age=60' : 'no-store');
});

test('the language is part of the address, and so of what caches keep', async () => {
  const italian = await get(address({ partner: 'weavers', language: 'it' }));
  expect(italian.headers.get('etag')).not.toBe((await get(weavers)).headers.get('etag'));
  expect(await titles(italian)).toEqual([1, 'Telaio']);
});

test.each<[string, (etag: string) => string]>([
  ['the tag', (etag) => etag],
  ['the tag without its weakness', (etag) => etag.slice(2)],
  ['the tag among others', (etag) => `"other", ${etag}`],
  ['any tag', () => '*'],
])('who has the answer, and says so by %s, is told that it has not changed', async (_name, known) => {
  const first = await get(weavers);
  for (const method of ['GET', 'HEAD']) {
    const second = await get(weavers, { 'if-none-match': known(first.headers.get('etag') ?? '') }, method);
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
    for (const name of ['etag', 'cache-control', 'vary', 'access-control-allow-origin'])
      expect([name, second.headers.get(name)]).toEqual([name, first.headers.get(name)]);
    expect(second.headers.get('content-type')).toBeNull();
  }
});

test('an answer that has changed is sent whole, under another tag', async () => {
  const owner = await aPartner(database, { slug: 'potters' });
  const potters = address({ partner: 'potters' });
  const before = (await get(potters)).headers.get('etag') ?? '';
  await aPractice(database, { title: 'Kiln', owner_id: owner.id });
  const after = await get(potters, { 'if-none-match': before });
  expect(after.status).toBe(200);
  expect(after.headers.get('etag')).not.toBe(before);
  expect(await titles(after)).toEqual([1, 'Kiln']);
});

const [past, future] = ['Sat, 01 Jan 2000 00:00:00 GMT', 'Fri, 01 Jan 2100 00:00:00 GMT'];
test.each<[string, (etag: string) => Record<string, string>, number]>([
  ['a tag that matches, and no-cache', (etag) => ({ 'if-none-match': etag, 'cache-control': 'no-cache' }), 304],
  ['a tag that matches, and a day before', (etag) => ({ 'if-none-match': etag, 'if-modified-since': past }), 304],
  ['another tag, and a day to come', () => ({ 'if-none-match': '"other"', 'if-modified-since': future }), 200],
  ['a day to come alone', () => ({ 'if-modified-since': future }), 200],
  ['a tag without quotes', (etag) => ({ 'if-none-match': etag.replaceAll('"', '') }), 200],
])('where headers contradict each other, the tag decides: %s', async (_name, headers, status) => {
  const etag = (await get(weavers)).headers.get('etag') ?? '';
  expect((await get(weavers, headers(etag))).status).toBe(status);
});

test('HEAD is GET without the answer', async () => {
  const [whole, head] = [await get(weavers), await get(weavers, {}, 'HEAD')];
  expect(head.status).toBe(200);
  expect(await head.text()).toBe('');
  for (const name of ['etag', 'cache-control', 'content-type', 'content-length'])
    expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
});

test('an answer with an error is never kept, and has no tag', async () => {
  const response = await get(address({ partner: 'nobody' }), { 'if-none-match': '*' });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('etag')).toBeNull();
  expect(await response.json()).toMatchObject({
    data: { partner: null },
    errors: [{ path: ['partner'], extensions: { code: 'NOT_FOUND' } }],
  });
});

test('a draft is not in the answer for everyone; who may see it gets an answer that nobody keeps', async () => {
  expect(await titles(await get(weavers))).toEqual([1, 'Loom']);
  const office = await serving(
    ['query A { partner(slug: "weavers") { goodPractices { totalCount nodes { title } } } }'],
    { role: 'REVIEWER', partnerId: null, accountId: null },
  );
  const response = await get(`${office.url}/w/${office.hashes[0]}`, { 'if-none-match': '*' });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('etag')).toBeNull();
  expect(await titles(response)).toEqual([2, 'Loom', 'Secret']);
});

test('the most short-lived type of an answer decides how long it may be kept', async () => {
  const { url, hashes } = await serving([
    'query A { region(code: "XA") { name } }',
    'query B { region(code: "XA") { name partners { nodes { name } } } }',
  ]);
  const kept = await Promise.all(hashes.map((each) => get(`${url}/w/${each}`)));
  expect(kept.map(({ headers }) => headers.get('cache-control'))).toEqual([
    'public, max-age=3600',
    'public, max-age=60',
  ]);
});

test('a trusted document may cost more than what anybody asks, and no more than what those do whom we know', async () => {
  const deep = (name: string, first: number) =>
    `query ${name} { regions(first: ${first}) { nodes { descendants(first: ${first}) { nodes { id code name } } } } }`;
  const { url, hashes } = await serving([deep('Dear', 60), deep('Dearest', 100)]);
  const [dear, dearest] = await Promise.all(hashes.map(async (each) => (await get(`${url}/w/${each}`)).json()));
  expect(dear).toMatchObject({ data: {}, extensions: { cost: { maximum: 10_000 } } });
  expect(dearest).toMatchObject({ errors: [{ extensions: { code: 'COST_EXCEEDED' } }] });
  const asked = await get(`${app.url}/graphql?query=${encodeURIComponent(deep('Dear', 60))}`);
  expect(await asked.json()).toMatchObject({ errors: [{ extensions: { code: 'COST_EXCEEDED' } }] });
});

test('a script of any page may send the tag that it has', async () => {
  const headers = {
    origin: 'https://elsewhere.example',
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'if-none-match',
  };
  const response = await get(weavers, headers, 'OPTIONS');
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-headers')).toBe('if-none-match');
});
