import { inspect } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SearchDocument } from '../../../../../src/subgraphs/discovery/search/document.js';
import { EngineFault } from '../../../../../src/subgraphs/discovery/search/engine.js';
import { meilisearchEngine } from '../../../../../src/subgraphs/discovery/search/meilisearch/meilisearch.engine.js';
import { anImpostor, type Manner } from '../../../../support/meilisearch-impostor.js';

const key = 'never-to-be-seen';
const wordless = { languages: [], learn: async () => {}, of: () => null };

const facets = {
  type: [],
  country: [],
  region: [],
  theme: [],
  sector: [],
  year: [],
  programme: [],
  validation: [],
  status: [],
  origin: [],
};

const document = (id: string, text = 'craft'): SearchDocument => ({
  id,
  type: 'GoodPractice',
  url: `/practices/${id}`,
  title: text.slice(0, 100),
  language: 'en',
  texts: [{ field: 'body', language: 'en', text }],
  facets,
  point: null,
  updatedAt: '2026-01-01T00:00:00Z',
  hash: 'h',
});

async function anEngine(manner: Manner) {
  const impostor = await anImpostor(manner);
  return { impostor, engine: meilisearchEngine({ address: { url: impostor.url, key }, stemming: wordless }) };
}

async function faultOf(doing: Promise<unknown>): Promise<EngineFault> {
  const fault = await doing.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(EngineFault);
  return fault as EngineFault;
}

const told =
  (body: unknown): Manner =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

test.each(['1.48.1', '1.12.8', '0.30.0'])('a server of version %s is too old, and says so', async (pkgVersion) => {
  const { engine } = await anEngine(told({ pkgVersion }));
  expect(await engine.health()).toMatchObject({
    isReady: false,
    reason: `Meilisearch ${pkgVersion} is too old. Use 1.48.2 or newer.`,
  });
  const none = (async function* () {})();
  expect((await faultOf(engine.rebuild(none))).message).toContain('is too old');
});

test('something else that answers JSON is no Meilisearch server', async () => {
  const { engine } = await anEngine(told({ hello: 'world' }));
  expect(await engine.health()).toMatchObject({
    isReady: false,
    reason: 'What answers at MEILI_URL is no Meilisearch server.',
  });
});

test.each([
  ['locked', 'UNAVAILABLE'],
  ['failing', 'UNAVAILABLE'],
  ['crashed', 'UNAVAILABLE'],
  ['empty', 'UNFILLED'],
  ['hangingUp', 'UNAVAILABLE'],
  ['refusing', 'REFUSED'],
  ['full', 'TOO_LARGE'],
] as const)('a server that is %s is a fault of the kind %s, which does not know the key', async (manner, kind) => {
  const { engine } = await anEngine(manner);
  const fault = await faultOf(engine.upsert([document('gp_1')]));
  expect(fault.kind).toBe(kind);
  expect(inspect(fault, { depth: Infinity, showHidden: true })).not.toContain(key);
});

test.each([
  [{ type: 'invalid_request', code: 'invalid_document_geo_field' }, 'REFUSED'],
  [{ type: 'internal', code: 'internal' }, 'UNAVAILABLE'],
  [{ type: 'system', code: 'no_space_left_on_device' }, 'UNAVAILABLE'],
  [{ type: 'invalid_request', code: 'index_not_found' }, 'UNAVAILABLE'],
])('a task that failed with %o is a fault, although its waiting succeeded', async (error, kind) => {
  const task = { taskUid: 1, uid: 1, status: 'failed', error: { ...error, message: 'It failed.', link: '' } };
  const { engine } = await anEngine(told(task));
  const fault = await faultOf(engine.upsert([document('gp_1')]));
  expect(fault.kind).toBe(kind);
  expect(fault.message).toContain(error.code);
});

test('a document that no request can hold is told by its id, and nothing is sent', async () => {
  const { engine, impostor } = await anEngine(told({ uid: 'goodgraph' }));
  const fault = await faultOf(engine.upsert([document('gp_1'), document('gp_2', 'craft '.repeat(1_000_000))]));
  expect(fault.kind).toBe('TOO_LARGE');
  expect(fault.message).toMatch(/^gp_2 takes \d+ bytes in the index; 8000000 are allowed\.$/);
  expect(impostor.asked.filter((path) => path.includes('documents'))).toEqual([]);
});

test('a task that is not done after ten minutes is given up, to be tried again', async () => {
  const { engine } = await anEngine((request, response) => {
    const answer = request.url?.startsWith('/tasks/') ? { status: 'processing' } : { taskUid: 7 };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 250_000));
  onTestFinished(() => clock.mockRestore());
  const fault = await faultOf(engine.remove(['gp_gone']));
  expect(fault).toMatchObject({ kind: 'UNAVAILABLE', message: 'A task of Meilisearch was not done after 600 s.' });
});

test('of several tasks the first is looked at until it is done: the server has one queue', async () => {
  let given = 0;
  const looks: string[] = [];
  const { engine } = await anEngine((request, response) => {
    const task = /^\/tasks\/(\d+)$/.exec(request.url ?? '')?.[1];
    if (task) looks.push(task);
    const isDone = looks.length > 3;
    const answer = task ? { status: isDone ? 'succeeded' : 'processing' } : { taskUid: (given += 1) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await Promise.all([engine.remove(['gp_1']), engine.remove(['gp_2'])]);
  expect(looks.map((task) => task === looks[0])).toEqual([true, true, true, true, false]);
});
