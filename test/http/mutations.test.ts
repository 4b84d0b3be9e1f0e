import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { createToken } from '../../src/subgraphs/directory/token.service.js';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPartner } from '../support/factories.js';

const app = await anApp();
const { database } = app;
let authorization = '';
beforeAll(async () => {
  await aPartner(database, { slug: 'artex' });
  const expiresAt = new Date(Date.now() + 3_600_000);
  const made = await createToken(database.em(), { role: 'PARTNER', label: 'test', expiresAt, partner: 'artex' });
  authorization = `Bearer ${(made as { token: string }).token}`;
});

const create = `mutation ($input: GoodPracticeCreateInput!) { goodPracticeCreate(input: $input) {
  goodPractice { id slug version owner { slug } } userErrors { field code } } }`;
const bodyOf = (input: object) => JSON.stringify({ query: create, variables: { input } });
const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

async function post(input: object, headers: Record<string, string> = { authorization }) {
  const sent = { method: 'POST', headers: { ...json, ...headers }, body: bodyOf(input) };
  const response = await fetch(`${app.url}/graphql`, sent);
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are asserted whole
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

test('who is signed in writes by POST, and the answer is kept by nobody', async () => {
  const { status, body, headers } = await post({ title: 'Written', language: 'en' });
  expect(status).toBe(200);
  expect(body.data.goodPracticeCreate).toEqual({
    goodPractice: { id: expect.any(String), slug: 'written', version: 1, owner: { slug: 'artex' } },
    userErrors: [],
  });
  expect(body.extensions.cost.requested).toBeGreaterThan(100);
  expect(headers.get('cache-control')).toBe('private, no-store');
});

test('without a token nothing is written, nor by GET with one', async () => {
  const anonymous = await post({ title: 'Nobody', language: 'en' }, {});
  expect(anonymous.body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  const query = 'mutation { goodPracticeCreate(input: { title: "Got", language: "en" }) { goodPractice { id } } }';
  const got = await fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { ...json, authorization },
  });
  expect(got.status).toBe(405);
  const titles = `select title from good_practice where title in ('Nobody', 'Got')`;
  expect(await execute(database, titles)).toEqual([]);
});

/** Sends it and cuts the connection after so many milliseconds. */
async function cut(input: object, after: number): Promise<void> {
  const body = bodyOf(input);
  const headers = { ...json, authorization, 'content-length': Buffer.byteLength(body) };
  const sent = request(`${app.url}/graphql`, { method: 'POST', headers });
  const over = new Promise<void>((resolve) => sent.once('close', resolve));
  sent.on('error', () => undefined).end(body);
  await setTimeout(after);
  sent.destroy();
  await over;
}

test('what is sent again over cut connections has one effect', async () => {
  const inputs = Array.from({ length: 20 }, (_, index) => ({
    title: `Cut ${index}`,
    language: 'en',
    idempotencyKey: `cut ${index}`,
  }));
  for (const [index, input] of inputs.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one client after the other
    await Promise.all([cut(input, index), cut(input, index * 3)]);
    // oxlint-disable-next-line no-await-in-loop -- the same
    expect((await post(input)).body.data.goodPracticeCreate).toMatchObject({
      goodPractice: { version: 1 },
      userErrors: [],
    });
  }
  const counted = `select count(*)::int as practices, count(distinct title)::int as titles from good_practice where title like 'Cut %'`;
  expect(await execute(database, counted)).toEqual([{ practices: 20, titles: 20 }]);
});
