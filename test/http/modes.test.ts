import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken, revokeToken, type TokenRole } from '../../src/subgraphs/directory/token.service.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp, type TestApp } from '../support/app.js';
import { aDatabase, execute } from '../support/database.js';
import { aPartner, aPractice } from '../support/factories.js';
import { aFile } from '../support/files.js';

const database = await aDatabase();
const secret = { 'x-router-secret': 'between us' };
const folder = await mkdtemp(join(tmpdir(), 'goodgraph-modes-'));
afterAll(() => rm(folder, { recursive: true }));

const names = subgraphs.map(({ name }) => name);
/** Few connections each: together they have those of one server. */
const started = (variables: Record<string, string>) =>
  anApp('migrated', variables, undefined, { shared: database, connections: 4, lists: { connections: 2 } });
async function aGateway(file: string, placeOf: (name: string) => string): Promise<string> {
  const path = join(folder, file);
  await writeFile(path, `subgraphs:\n${names.map((name) => `  ${name}: { ${placeOf(name)} }\n`).join('')}`);
  return path;
}

const whole = await started({});
const apart = await started({ SUBGRAPHS: names.join(), ROUTER_SECRET: 'between us' });
const elsewhere = (name: string) => `url: "${apart.url}/${name}/graphql"`;
const here = await started({ GATEWAY: await aGateway('here.yaml', () => 'local: true'), ROUTER_SECRET: 'between us' });
const mixed = await started({
  GATEWAY: await aGateway('mixed.yaml', (name) => (name === 'directory' ? elsewhere(name) : 'local: true')),
  ROUTER_SECRET: 'between us',
});
/** Has no database that it could look a token up in. */
const away = await started({
  GATEWAY: await aGateway('away.yaml', elsewhere),
  ROUTER_SECRET: 'between us',
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nowhere',
});

let id = '';
beforeAll(async () => {
  id = (await aPartner(database, { slug: 'artex' })).id;
  for (let n = 0; n < 25; n += 1) await aPractice(database, { owner_id: id });
  await execute(database, `insert into partner_contact values ($1, 0, 'press', 'Call.', null)`, [id]);
  await execute(database, `insert into partner_contact_email values ($1, 0, 'desk@example.org')`, [id]);
});

const aToken = async (role: TokenRole) => {
  const expiresAt = new Date(Date.now() + 3_600_000);
  const partner = role === 'PARTNER' ? 'artex' : undefined;
  const { id: key, token } = await createToken(database.em(), { role, partner, label: 'test', expiresAt });
  return { key, token: String(token) };
};

const modes: [mode: string, app: TestApp, path: string, email: string][] = [
  ['all in one', whole, '/graphql', '{ partner(slug: "artex") { contacts { email } } }'],
  ['a gateway to subgraphs here', here, '/graphql', '{ partner(slug: "artex") { contacts { email } } }'],
  ['a gateway with one elsewhere', mixed, '/graphql', '{ partner(slug: "artex") { contacts { email } } }'],
  ['a gateway to subgraphs elsewhere', away, '/graphql', '{ partner(slug: "artex") { contacts { email } } }'],
  [
    'a subgraph behind a router',
    apart,
    '/directory/graphql',
    '{ _entities(representations: [{ __typename: "Partner", slug: "artex" }]) { ... on Partner { contacts { email } } } }',
  ],
];

describe.each(modes)('%s', (_, app, path, email) => {
  const ask = async (query: string, token?: string) => {
    const response = await fetch(`${app.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...secret,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const viewer = '{ viewer { role partner { slug } account } }';

  test('knows who sends a token, and leaves the answer in no cache', async () => {
    const { token } = await aToken('PARTNER');
    const { status, headers, text } = await ask(viewer, token);
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(JSON.parse(text)).toMatchObject({ data: { viewer: { role: 'PARTNER', partner: { slug: 'artex' } } } });
    expect((JSON.parse((await ask(viewer)).text) as { data: object }).data).toMatchObject({
      viewer: { role: 'ANONYMOUS' },
    });
  });

  test('tells an e-mail address to those who are signed in alone', async () => {
    const { token } = await aToken('PARTNER');
    expect((await ask(email, token)).text).toContain('desk@example.org');
    const { status, headers, text } = await ask(email);
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="GoodGraph"']);
    expect(text).toContain('`PartnerContact.email` is for PARTNER, REVIEWER, ADMIN, SERVICE.');
    expect(text).toContain('UNAUTHENTICATED');
    expect(text).not.toContain('desk@');
  });

  test('refuses a token that lets nobody in, each time, and one that is revoked at once', async () => {
    const { key, token } = await aToken('REVIEWER');
    expect((await ask(viewer, token)).text).toContain('"REVIEWER"');
    await revokeToken(database.em(), key);
    for (const wrong of [token, ...Array.from({ length: 7 }, () => `gg_${'0'.repeat(64)}`)]) {
      const { status, headers, text } = await ask('{ __typename }', wrong);
      expect([status, headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer realm="GoodGraph", error="invalid_token"',
      ]);
      expect(text).toContain('UNAUTHENTICATED');
    }
    // However many were wrong, the next that is right is let in.
    expect((await ask(viewer, (await aToken('ADMIN')).token)).text).toContain('"ADMIN"');
  });
});

test.each([
  ['a gateway to subgraphs here', here],
  ['a gateway with one elsewhere', mixed],
  ['a gateway to subgraphs elsewhere', away],
])('lists as files are the same from %s as all in one, for nobody and for a partner', async (_, app) => {
  const { token } = await aToken('PARTNER');
  const viewers: Record<string, string>[] = [{}, { authorization: `Bearer ${token}` }];
  for (const headers of viewers)
    for (const list of ['partners', 'regions', 'practices']) {
      const [expected, found] = [
        await aFile(`${whole.url}/${list}.json`, headers),
        await aFile(`${app.url}/${list}.json`, headers),
      ];
      expect([found.status === 200 ? '' : found.text, found.status, found.about.sha256]).toEqual([
        '',
        200,
        found.sha256,
      ]);
      expect(found.rows).toEqual(expected.rows);
      expect(found.text.includes('desk@example.org')).toBe(list === 'partners' && 'authorization' in headers);
    }
});

test('a subgraph apart has no lists as files: they are of the whole graph', async () => {
  expect((await fetch(`${apart.url}/partners.csv`, { headers: secret })).status).toBe(404);
});

test('without the secret of the router a token does not open a subgraph', async () => {
  const { token } = await aToken('ADMIN');
  const response = await fetch(`${apart.url}/directory/graphql?query={__typename}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([response.status, await response.text()]).toEqual([401, expect.stringContaining('only its router may ask')]);
});
