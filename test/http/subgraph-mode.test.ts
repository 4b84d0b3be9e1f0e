import { beforeAll, describe, expect, test } from 'vitest';
import { anApp } from '../support/app.js';
import { aPartner, aRegion, draft, withdrawn } from '../support/factories.js';

const secret = { 'x-router-secret': 'of the router' };
const app = await anApp('migrated', { SUBGRAPHS: 'directory,practices', ROUTER_SECRET: 'of the router' });
const open = await anApp('migrated', {}, undefined, { shared: app.database });

const entities = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
  __typename ... on Partner { name } ... on Region { code } } }`;

const post = (url: string, body: unknown, headers: Record<string, string> = secret) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify(body),
  });

const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');

const directory = `${app.url}/directory/graphql`;
const ids: Record<string, string> = {};

beforeAll(async () => {
  const region = await aRegion(app.database, 'XA');
  const [one, two] = [await aPartner(app.database), await aPartner(app.database, { region_id: region.id })];
  const [hidden, gone] = [await aPartner(app.database, draft), await aPartner(app.database, withdrawn)];
  Object.assign(ids, { region: region.id, one: one.id, two: two.id, hidden: hidden.id, gone: gone.id });
});

const partner = (name: string) => ({ __typename: 'Partner', id: ids[name] ?? name });

describe('a subgraph behind a router', () => {
  test('tells its schema by `_service`, the same text as its file', async () => {
    const { data } = (await (await post(directory, { query: '{ _service { sdl } }' })).json()) as {
      data: { _service: { sdl: string } };
    };
    const file = await fetch(`${app.url}/directory/schema.graphql`, { headers: secret });
    expect(data._service.sdl).toContain('https://specs.apollo.dev/federation/v2.9');
    expect(data._service.sdl).toBe(await file.text());
  });

  test('loads the entities of a request in one statement a type', async () => {
    const refs = [partner('one'), { __typename: 'Region', id: ids['region'] }, partner('two'), partner('one')];
    app.statements.length = 0;
    const response = await post(directory, { query: entities, variables: { refs } });
    const { data, errors } = (await response.json()) as { data: { _entities: unknown[] }; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(data._entities).toMatchObject([
      { __typename: 'Partner' },
      { __typename: 'Region', code: 'XA' },
      { __typename: 'Partner' },
      { __typename: 'Partner' },
    ]);
    expect(app.statements).toHaveLength(2);
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
  });

  test('is null, without an error, for what is unknown, a draft or withdrawn', async () => {
    const refs = ['hidden', 'gone', 'ptn_01h455vb4pex5vsknk084sn02q', 'nonsense'].map(partner);
    const response = await post(directory, { query: entities, variables: { refs } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { _entities: [null, null, null, null] } });
    expect(response.headers.get('cache-control')).toMatch(/^public/);
  });

  test('prices entities by how many there are', async () => {
    const costOf = async (count: number) => {
      const refs = Array.from({ length: count }, () => partner('one'));
      const answer = await (await post(directory, { query: entities, variables: { refs } })).json();
      return (answer as { extensions: { cost: { requested: number } } }).extensions.cost.requested;
    };
    expect((await costOf(40)) / (await costOf(20))).toBeCloseTo(2, 1);
  });

  test('takes the references of a whole answer, which are more than anybody else may send', async () => {
    const refs = Array.from({ length: 1_200 }, () => partner('one'));
    const body = {
      query: 'query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename } }',
      variables: { refs },
    };
    expect(JSON.stringify(body).length).toBeGreaterThan(64 * 1024);
    expect((await post(directory, body)).status).toBe(200);
    expect((await post(`${open.url}/graphql`, body)).status).toBe(413);
  });

  test('takes the references of as many places as a router asks for at once, and other aliases as from anybody', async () => {
    const asked = (fields: (n: number) => string) => ({
      query: `query (${times(120, (n) => `$refs${n}: [_Any!]!`)}) { ${times(120, fields)} }`,
      variables: Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`refs${n}`, [partner('one')]])),
    });
    const batch = asked((n) => `_e${n}: _entities(representations: $refs${n}) { __typename }`);
    const { data } = (await (await post(directory, batch)).json()) as { data: Record<string, unknown> };
    expect(data).toEqual(
      Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`_e${n}`, [{ __typename: 'Partner' }]])),
    );
    const inside = asked((n) => `_e${n}: _entities(representations: $refs${n}) { a${n}: __typename }`);
    expect(await (await post(directory, inside)).json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/^The document has 120 aliases; 30 is the most\./) as string }],
    });
    const variables = { query: `query (${times(101, (n) => `$v${n}: Int`)}) { __typename }` };
    expect(await (await post(directory, variables)).json()).toMatchObject({
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }],
    });
  });

  test('says for every answer how long it may be kept', async () => {
    const answers = await Promise.all([
      post(directory, { query: '{ regions { totalCount } }' }),
      post(directory, { query: '{ nothing }' }),
      post(directory, { query: '{' }),
      post(directory, { query: '{ regions { totalCount } }' }, {}),
      post(`${app.url}/graphql`, { query: '{ __typename }' }),
      fetch(directory, { method: 'DELETE', headers: secret }),
      fetch(directory, { headers: secret }),
      post(directory, { query: 'x'.repeat(3 * 1024 * 1024) }),
      fetch(`${app.url}/practices/schema.graphql`, { headers: secret }),
      fetch(`${app.url}/readyz`),
    ]);
    expect(answers.map(({ status, headers }) => [status, headers.get('cache-control')])).toEqual([
      [200, expect.stringMatching(/^public, max-age=\d+$/) as string],
      [400, 'no-store'],
      [400, 'no-store'],
      [401, 'no-store'],
      [404, 'no-store'],
      [405, 'no-store'],
      [400, 'no-store'],
      [413, 'no-store'],
      [200, 'public, max-age=60'],
      [200, 'no-store'],
    ]);
  });
});

test.each(['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }'])(
  'the public endpoint knows no %s',
  async (query) => {
    const response = await post(`${open.url}/graphql`, { query }, {});
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  },
);
