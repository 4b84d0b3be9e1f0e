import { beforeAll, describe, expect, test } from 'vitest';
import { createToken, revokeToken, type NewToken } from '../../src/subgraphs/directory/token.service.js';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPartner, aPractice, draft } from '../support/factories.js';

const app = await anApp();
const { database } = app;
const inAnHour = () => new Date(Date.now() + 3_600_000);
const partner = { id: '' };

const aToken = (role: NewToken['role'], wanted: Partial<NewToken> = {}) =>
  createToken(database.em(), {
    role,
    label: 'test',
    expiresAt: inAnHour(),
    partner: role === 'PARTNER' ? 'artex' : undefined,
    ...wanted,
  }) as Promise<{ id: string; accountId: string; token: string }>;

const ask = async (query: string, authorization?: string | string[], url = app.url) => {
  const headers = new Headers({ 'content-type': 'application/json', accept: 'application/graphql-response+json' });
  for (const each of [authorization ?? []].flat()) headers.append('authorization', each);
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are asserted whole
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
};

const who = '{ viewer { role account drafts partner { slug } may } }';

beforeAll(async () => {
  Object.assign(partner, await aPartner(database, { slug: 'artex' }));
  await aPractice(database, { slug: 'open', owner_id: partner.id });
  await aPractice(database, { slug: 'own-draft', owner_id: partner.id, ...draft });
  await aPractice(database, { slug: 'other-draft', ...draft });
});

describe('who asks', () => {
  test('without a token is anonymous', async () => {
    const { status, body, headers } = await ask(who);
    expect(status).toBe(200);
    expect(body.data.viewer).toEqual({ role: 'ANONYMOUS', account: null, drafts: 'NONE', partner: null, may: [] });
    expect(headers.get('cache-control')).toBe('public, max-age=0');
    expect(headers.get('vary')).toBe('Accept, Authorization');
  });

  test.each([
    ['PARTNER', 'OWN', { slug: 'artex' }, ['open', 'own-draft']],
    ['REVIEWER', 'ALL', null, ['open', 'other-draft', 'own-draft']],
    ['ADMIN', 'ALL', null, ['open', 'other-draft', 'own-draft']],
    ['SERVICE', 'ALL', null, ['open', 'other-draft', 'own-draft']],
  ] as const)('with a token of %s is that, and sees drafts: %s', async (role, drafts, of, practices) => {
    const { token, accountId } = await aToken(role);
    const { body, headers } = await ask(`{ goodPractices { nodes { slug } } ${who.slice(1)}`, `Bearer ${token}`);
    expect(body.data.viewer).toMatchObject({ role, account: accountId, drafts, partner: of });
    expect(body.data.viewer.may).toContain('PartnerContact.email');
    expect(body.data.goodPractices.nodes.map(({ slug }: { slug: string }) => slug).toSorted()).toEqual(practices);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toBe('Accept, Authorization');
    expect(body.extensions.cost.maximum).toBe(10_000);
  });

  test('is one account by one label, whatever token it comes with', async () => {
    const [one, two, other] = [await aToken('ADMIN'), await aToken('ADMIN'), await aToken('ADMIN', { label: 'b' })];
    expect(two.accountId).toBe(one.accountId);
    expect(other.accountId).not.toBe(one.accountId);
    expect(two.token).not.toBe(one.token);
  });
});

const unknown = `gg_${'0'.repeat(64)}`;

describe('a token that lets nobody in', () => {
  test.each([
    ['unknown', [`Bearer ${unknown}`], 'The token is unknown.'],
    ['of another shape', ['Bearer abc'], 'This is no token of this server.'],
    [
      'a JWT where no issuer is named',
      ['Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'],
      'This is no token of this server.',
    ],
    ['no bearer', ['Basic YTpi'], 'Send the token as `Authorization: Bearer …`'],
    ['empty', ['Bearer '], 'Send the token as `Authorization: Bearer …`'],
    ['nothing', [''], 'Send the token as `Authorization: Bearer …`'],
    ['two in a header', [`Bearer ${unknown}, Bearer ${unknown}`], 'Send the token as `Authorization: Bearer …`'],
    ['very long', [`Bearer ${'a'.repeat(9_000)}`], 'The token is longer than 8,192 characters.'],
  ])('is refused, and not taken for anonymous: %s', async (_, authorization, message) => {
    app.statements.length = 0;
    const { status, headers, body } = await ask('{ partners { totalCount } }', authorization);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="GoodGraph", error="invalid_token"');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.errors).toEqual([
      { message: expect.stringContaining(message) as string, extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(body.data).toBeUndefined();
    expect(app.statements).toEqual([]);
  });

  test('is refused where two headers name one each', async () => {
    const { token } = await aToken('ADMIN');
    const [status, text] = await raw(['Authorization: Bearer abc', `Authorization: Bearer ${token}`]);
    expect([status, text]).toEqual([401, expect.stringContaining('Send one `Authorization` header') as string]);
  });

  test('is refused from the moment on that it is revoked', async () => {
    const { id, token } = await aToken('REVIEWER');
    expect((await ask(who, `Bearer ${token}`)).body.data.viewer.role).toBe('REVIEWER');
    await revokeToken(database.em(), id);
    const { status, body } = await ask(who, `Bearer ${token}`);
    expect([status, body.errors[0].message]).toEqual([401, expect.stringContaining('The token is revoked.') as string]);
  });

  test('is refused once it is expired', async () => {
    const { id, token } = await aToken('REVIEWER');
    await execute(database, 'update token set expires_at = now() where id = $1', [id]);
    const { status, body } = await ask(who, `Bearer ${token}`);
    expect([status, body.errors[0].message]).toEqual([401, expect.stringContaining('The token is expired.') as string]);
  });

  test('is counted by address, and in the end no token of that address is looked at', async () => {
    const guarded = await anApp('migrated', {}, undefined, { shared: database, failedSignIns: { most: 3 } });
    const { token } = await aToken('ADMIN');
    for (let n = 0; n < 3; n += 1) expect((await ask(who, `Bearer ${unknown}`, guarded.url)).status).toBe(401);
    const { status, headers, body } = await ask(who, `Bearer ${token}`, guarded.url);
    expect([status, body.errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(who, undefined, guarded.url)).status).toBe(200);
  });
});

test('the quota is of the account, and not of its address', async () => {
  const small = await anApp('migrated', {}, undefined, { shared: database, quota: { cost: 25, least: 10 } });
  const tokens = [await aToken('ADMIN'), await aToken('ADMIN'), await aToken('REVIEWER')];
  const [first, same, other] = tokens.map(({ token }) => `Bearer ${token}`);
  const statusOf = async (authorization?: string) => (await ask('{ __typename }', authorization, small.url)).status;
  expect([await statusOf(first), await statusOf(same), await statusOf(first)]).toEqual([200, 200, 429]);
  expect([await statusOf(other), await statusOf()]).toEqual([200, 200]);
  const { body } = await ask('{ __typename }', first, small.url);
  expect(body.errors[0].message).toMatch(/^Your account has asked for more than 25 /);
});

test('the last use of a token is noted to the minute, once a minute, and nobody waits for it', async () => {
  const { id, token } = await aToken('PARTNER');
  const row = async () => {
    const [{ at, xmin } = {}] = await execute<{ at: string | null; xmin: string }>(
      database,
      `select to_char(last_used_at at time zone 'UTC', 'SS.US') at, xmin::text from token where id = $1`,
      [id],
    );
    return { at, xmin };
  };
  expect((await row()).at).toBeNull();
  await ask(who, `Bearer ${token}`);
  await expect.poll(async () => (await row()).at).toBe('00.000000');
  // The row is written anew by the next use in another minute, and by none before.
  const first = await row();
  await Promise.all(Array.from({ length: 5 }, () => ask(who, `Bearer ${token}`)));
  await execute(database, `update token set last_used_at = last_used_at - interval '1 minute' where id = $1`, [id]);
  const second = await row();
  expect(second.xmin).not.toBe(first.xmin);
  await ask(who, `Bearer ${token}`);
  await expect.poll(async () => (await row()).xmin).not.toBe(second.xmin);
});

test('what a signed-in viewer gets by a trusted document is kept nowhere, and known by no tag', async () => {
  /** PartnerPractices of `examples/widgets`. */
  const hash = '523091621ea5552a4d9ce2678b57423886a991ae8bbe17861a0823f5d557ac96';
  const get = (headers: Record<string, string>) =>
    fetch(`${app.url}/w/${hash}?variables={"partner":"artex"}`, { headers });
  const open = await get({});
  expect([open.status, open.headers.get('vary')]).toEqual([200, 'Accept, Authorization']);
  expect(await open.text()).not.toContain('own-draft');
  const authorization = `Bearer ${(await aToken('PARTNER')).token}`;
  const own = await get({ authorization, 'if-none-match': open.headers.get('etag') ?? '' });
  expect([own.status, own.headers.get('cache-control'), own.headers.get('etag')]).toEqual([
    200,
    'private, no-store',
    null,
  ]);
  expect(own.headers.get('vary')).toBe('Accept, Authorization');
  expect(await own.text()).toContain('own-draft');
  expect((await get({ authorization: `Bearer ${unknown}`, 'if-none-match': '*' })).status).toBe(401);
});

/** What comes for a request with these headers, which `fetch` would join. */
async function raw(headers: string[]): Promise<[status: number, text: string]> {
  const { connect } = await import('node:net');
  const { port } = new URL(app.url);
  const body = JSON.stringify({ query: who });
  const socket = connect(Number(port), '127.0.0.1');
  socket.end(
    [
      'POST /graphql HTTP/1.1',
      'Host: here',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Connection: close',
      ...headers,
      '',
      body,
    ].join('\r\n'),
  );
  let text = '';
  for await (const part of socket) text += String(part);
  return [Number(text.split(' ')[1]), text];
}
