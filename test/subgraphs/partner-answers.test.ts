import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { limits } from '../../src/graph/limits.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp } from '../support/app.js';
import { aService, federationLink, fuse } from '../support/partner-service.js';

const folder = await mkdtemp(join(tmpdir(), 'goodgraph-loops-'));
afterAll(() => rm(folder, { recursive: true }));

/** Workshops of which each leads back to the practice that leads to them. */
const sdl = `${federationLink()}
  type GoodPractice @key(fields: "id") { id: ID! "A." workshops: [Workshop!] }
  "B." type Workshop { "C." title: String! "D." practice: GoodPractice }
  "E." type Room { "F." name: String } "G." union Thing = Workshop | Room
  type Query { "H." workshopsThings: [Thing] }`;
let count = 1;
let errors: object[] | undefined;
const things = [
  { __typename: 'Room', name: 'Loft' },
  { __typename: 'Workshop', title: 'Pairing' },
  { __typename: 'Partner' },
];
/** With a title that nobody asks it for. */
const practice = (levels: number): object => ({
  __typename: 'GoodPractice',
  id: fuse,
  title: 'Theirs',
  ...(levels > 0 && {
    workshops: Array.from({ length: count }, () => ({ title: 'Pairing', practice: practice(levels - 1) })),
  }),
});
const partner = await aService((_request, response, body) => {
  const { query, variables } = JSON.parse(body) as { query: string; variables: { representations?: object[] } };
  const levels = query.split('workshops').length - 1;
  const data = query.includes('_service')
    ? { _service: { sdl } }
    : { workshopsThings: things, _entities: variables.representations?.map(() => practice(levels)) };
  return response.setHeader('content-type', 'application/json').end(JSON.stringify({ data, errors }));
});

/** A partner that asks our own graph what it is asked. */
const echo = await aService(async (_request, response, body) => {
  const answer = await post(body);
  response.setHeader('content-type', 'application/json').end(await answer.text());
});

const file = join(folder, 'subgraphs.yaml');
await writeFile(join(folder, 'echo.graphql'), `${federationLink()} type Query { "A." echo: String }`);
await writeFile(
  file,
  [
    'subgraphs:',
    ...subgraphs.map(({ name }) => `  ${name}: { local: true }`),
    `  workshops: { url: "${partner.url.href}" }`,
    `  echo: { url: "${echo.url.href}", sdl: echo.graphql }`,
  ].join('\n'),
);
const app = await anApp('seeded', { GATEWAY: file });
afterEach(() => (errors = undefined));

const post = (body: string) =>
  fetch(`${app.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

interface Told {
  path?: string[];
  extensions: { code: string };
}

async function ask(query: string) {
  const response = await post(JSON.stringify({ query }));
  const { data, errors: told = [] } = (await response.json()) as { data?: unknown; errors?: Told[] };
  return { data, errors: told.map(({ path, extensions }) => [path?.join('.'), extensions.code]) };
}

test('references that lead back to each other are followed as far as the operation goes, and what is ours is ours', async () => {
  const query = '{ goodPractice(slug: "fuse") { workshops { practice { title workshops { practice { slug } } } } } }';
  expect(await ask(query)).toEqual({
    data: {
      goodPractice: { workshops: [{ practice: { title: 'FUSE', workshops: [{ practice: { slug: 'fuse' } }] } }] },
    },
    errors: [],
  });
});

test('a union of a partner is what it says of each, as far as its schema has it', async () => {
  expect(await ask('{ workshopsThings { ... on Workshop { title } ... on Room { name } } }')).toEqual({
    data: { workshopsThings: [{ name: 'Loft' }, { title: 'Pairing' }, null] },
    errors: [['workshopsThings.2', 'SUBGRAPH_UNAVAILABLE']],
  });
});

describe('lists of a partner with lists of ours in them', () => {
  const query = '{ goodPractice(slug: "fuse") { workshops { practice { measurements { achieved } } } } }';

  test('are answered', async () => {
    count = 5_000;
    const { data, errors: told } = await ask(query);
    expect(told).toEqual([]);
    expect(JSON.stringify(data).match(/achieved/g)).toHaveLength(7 * count);
  });

  test('stop the operation before they fill the memory, and only that', async () => {
    // Without those of the partner itself it would be 45,500.
    count = 6_500;
    expect(await ask(query)).toEqual({ data: undefined, errors: [[undefined, 'BAD_USER_INPUT']] });
    count = 1;
    expect((await ask(query)).errors).toEqual([]);
  });
});

describe('errors of a partner', () => {
  const query = '{ goodPractice(slug: "fuse") { title workshops { title } } }';
  const whole = { goodPractice: { title: 'FUSE', workshops: [{ title: 'Pairing' }] } };
  const at = (path: unknown, code?: string) => ({ message: 'x', path, extensions: { code } });

  test('that point to where nothing was asked cost nothing but themselves', async () => {
    const paths = [['_entities', 0, 'title'], ['_entities', 4_294_967_290], ['__proto__', 'x'], [], 'title'];
    errors = paths.map((path) => at(path));
    expect(await ask(query)).toEqual({
      data: whole,
      errors: paths.map(() => [undefined, 'SUBGRAPH_UNAVAILABLE']),
    });
  });

  test('are told as far as anybody reads', async () => {
    errors = Array.from({ length: 1_000 }, () => at([]));
    expect((await ask(query)).errors).toHaveLength(50);
  });

  test('have their own code when they are about what was asked, and ours when they are about the partner', async () => {
    errors = ['NOT_FOUND', 'BAD_USER_INPUT', 'RATE_LIMITED', 'UNAUTHENTICATED', 'OOPS'].map((code) => at([], code));
    const codes = (await ask(query)).errors.map(([, code]) => code);
    expect(codes).toEqual(['NOT_FOUND', 'BAD_USER_INPUT', ...Array.from({ length: 3 }, () => 'SUBGRAPH_UNAVAILABLE')]);
  });
});

test('a partner that asks us what we ask it costs its own fields', async () => {
  expect(await ask('{ echo goodPractice(slug: "fuse") { title } }')).toEqual({
    data: { echo: null, goodPractice: { title: 'FUSE' } },
    errors: [['echo', 'SUBGRAPH_UNAVAILABLE']],
  });
  // As often as there are places for operations: the last one is turned away, and the others with it.
  expect(echo.headers.length).toBeLessThanOrEqual(limits.operations.running);
  expect(await ask('{ goodPractice(slug: "fuse") { title } }')).toEqual({
    data: { goodPractice: { title: 'FUSE' } },
    errors: [],
  });
});
