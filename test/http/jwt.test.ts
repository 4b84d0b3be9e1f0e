import { createPublicKey, createSecretKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createToken } from '../../src/subgraphs/directory/token.service.js';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPartner } from '../support/factories.js';
import { aKey, anIssuer, audience } from '../support/issuer.js';

const issuer = await anIssuer();
const app = await anApp('migrated', { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: audience });
const { sign, now } = issuer;
await aPartner(app.database, { slug: 'artex' });

const letIn = (subject: string) =>
  createToken(app.database.em(), {
    role: 'PARTNER',
    partner: 'artex',
    label: 'test',
    expiresAt: new Date(Date.now() + 3_600_000),
    signIn: { issuer: issuer.url, subject },
  });
const { id: sure } = await letIn('somebody');

afterEach(() => vi.useRealTimers());

const ask = async (token: string, { url } = app) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ viewer { role partner { slug } } partners { totalCount } }' }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are asserted whole
  return { status: response.status, body: (await response.json()) as any };
};
const statusOf = async (token: string) => (await ask(token)).status;

test('a JWT of the issuer for this service lets its subject in as the account says', async () => {
  const { status, body } = await ask(await sign());
  expect([status, body.data.viewer]).toEqual([200, { role: 'PARTNER', partner: { slug: 'artex' } }]);
});

test('several audiences may be named, and clocks may differ by half a minute', async () => {
  expect(await statusOf(await sign({ aud: ['https://other.example.org', audience] }))).toBe(200);
  expect(await statusOf(await sign({ exp: now() - 20, nbf: now() + 20 }))).toBe(200);
});

const stranger = await aKey('stranger');
const sameName = await aKey('first');

/** What an attacker knows, taken for a shared secret. */
const secretOfPublicKey = () =>
  createSecretKey(
    Buffer.from(
      createPublicKey({ key: issuer.key.jwk as Record<string, unknown>, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      }),
    ),
  );

/** One that is good, with these of its three parts changed. */
const changed = async (change: (parts: string[]) => string[]) => change((await sign()).split('.')).join('.');
const claimsOf = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');

const wrong: [what: string, token: () => Promise<string> | string, message: string][] = [
  [
    'unsigned',
    () =>
      new UnsecuredJWT({ sub: 'somebody' })
        .setIssuer(issuer.url)
        .setAudience(audience)
        .setExpirationTime('5m')
        .encode(),
    'is signed in a way that is not taken',
  ],
  [
    'signed with the public key as a secret',
    () =>
      new SignJWT({ sub: 'somebody', iss: issuer.url, aud: audience, exp: now() + 300 })
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .sign(secretOfPublicKey()),
    'is signed in a way that is not taken',
  ],
  ['signed in another way than its key is for', () => sign({}, { alg: 'RS512' }), 'is signed by no key of its issuer'],
  ['expired', () => sign({ exp: now() - 60 }), 'is expired'],
  ['without end', () => sign({ exp: undefined }), 'has no claim `exp`'],
  ['not valid yet', () => sign({ nbf: now() + 60 }), 'has a claim `nbf` that does not fit here'],
  [
    'for another audience',
    () => sign({ aud: 'https://other.example.org' }),
    'has a claim `aud` that does not fit here',
  ],
  ['for no audience', () => sign({ aud: undefined }), 'has no claim `aud`'],
  ['of another issuer', () => sign({ iss: 'https://other.example.org' }), 'has a claim `iss` that does not fit here'],
  ['of no issuer', () => sign({ iss: undefined }), 'has no claim `iss`'],
  ['signed by an unknown key', () => sign({}, {}, stranger), 'is signed by no key of its issuer'],
  ['signed by another key of the same name', () => sign({}, {}, sameName), 'has a signature that does not fit'],
  [
    'with other claims than were signed',
    () =>
      changed(([head = '', , end = '']) => [
        head,
        claimsOf({ iss: issuer.url, aud: audience, sub: 'admin', exp: now() + 300 }),
        end,
      ]),
    'has a signature that does not fit',
  ],
  [
    'truncated in its signature',
    () => changed(([head = '', claims = '', end = '']) => [head, claims, end.slice(0, 40)]),
    'has a signature that does not fit',
  ],
  ['truncated before it', () => changed(([head = '', claims = '']) => [head, claims]), 'no token of this server'],
  ['without a subject', () => sign({ sub: undefined }), 'has no claim `sub`'],
  ['with an empty subject', () => sign({ sub: '' }), 'has a claim `sub` that names nobody'],
  ['with a number as its subject', () => sign({ sub: 7 }), 'has a claim `sub` that names nobody'],
  ['for logging out', () => sign({}, { typ: 'logout+jwt' }), 'is for another end'],
  [
    'with a key of its own',
    () => sign({}, { jwk: stranger.jwk }, { ...stranger, kid: 'first' }),
    'has a signature that does not fit',
  ],
  [
    'that demands what nobody here knows',
    () =>
      changed(([, claims = '', end = '']) => [
        claimsOf({ alg: 'RS256', kid: 'first', crit: ['x'], x: 1 }),
        claims,
        end,
      ]),
    'is signed in a way that is not taken',
  ],
  ['of nothing', () => 'eyJhbGciOiJSUzI1NiJ9..', 'has a signature that does not fit'],
  ['that is none', () => 'a.b.c', 'is no JWT that can be read'],
  ['very long', () => sign({ groups: 'x'.repeat(9_000) }), 'The token is longer than 8,192 characters'],
];

describe('a JWT is refused, and nothing is read for it, that is', () => {
  test.each(wrong)('%s', async (_, token, message) => {
    app.statements.length = 0;
    const { status, body } = await ask(await token());
    expect([status, body.data, body.errors[0].extensions.code]).toEqual([401, undefined, 'UNAUTHENTICATED']);
    expect(body.errors[0].message).toContain(message);
    expect(app.statements).toEqual([]);
  });
});

describe('a subject', () => {
  test('without an account is told so, and is not taken for anonymous', async () => {
    const { status, body } = await ask(await sign({ sub: 'stranger' }));
    expect([status, body.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(body.errors[0].message).toContain('goodgraph token create --subject');
  });

  test('whose account has ended is out at once, and in again once it is let in', async () => {
    const { id } = await letIn('leaver');
    const token = await sign({ sub: 'leaver' });
    expect(await statusOf(token)).toBe(200);
    await execute(app.database, 'update token set revoked_at = now() where id = $1', [id]);
    expect(await statusOf(token)).toBe(403);
    await letIn('leaver');
    expect(await statusOf(token)).toBe(200);
  });

  test('is what the issuer vouches for, and no more: a claim of a role changes nothing', async () => {
    const { body } = await ask(await sign({ role: 'ADMIN', goodgraph: { role: 'ADMIN' }, roles: ['ADMIN'] }));
    expect(body.data.viewer.role).toBe('PARTNER');
  });
});

/** Moves the clock of this process; sockets keep real time. */
const after = (minutes: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });

describe('the keys of the issuer', () => {
  test('are asked for again when a token names a new one, and not for each', async () => {
    const next = await aKey('next', 'ES256');
    const token = await sign({ exp: now() + 3_600 }, {}, next);
    after(1);
    issuer.state.keys = [issuer.key.jwk, next.jwk];
    issuer.state.asked = 0;
    expect(await statusOf(token)).toBe(200);
    expect(issuer.state.asked).toBe(1);
    for (let n = 0; n < 5; n += 1) expect(await statusOf(await sign({}, {}, stranger))).toBe(401);
    expect(issuer.state.asked).toBe(1);
  });

  test('are used on for ten minutes while it is silent, and then nobody can tell', async () => {
    const token = await sign({ exp: now() + 7_200 });
    after(10);
    expect(await statusOf(token)).toBe(200);
    issuer.state.mood = 'down';
    for (const minutes of [6, 5, 4.9]) {
      after(minutes);
      expect(await statusOf(token)).toBe(200);
    }
    after(0.2);
    const { status, body } = await ask(token);
    expect([status, body.errors[0].extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    issuer.state.mood = 'well';
    after(0.5);
    expect(await statusOf(token)).toBe(200);
  });

  test.each(['down', 'huge', 'other'] as const)(
    'are not had from one that is %s, and the server starts all the same',
    async (mood) => {
      issuer.state.mood = mood;
      const started = await anApp('migrated', { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: audience }, undefined, {
        shared: app.database,
      });
      const { status, body } = await ask(await sign(), started);
      expect([status, body.errors[0].extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      expect((await fetch(`${started.url}/graphql?query={__typename}`)).status).toBe(200);
      issuer.state.mood = 'well';
    },
  );
});

test('the account that an issuer vouches for has one way in, the last one', async () => {
  await letIn('somebody');
  const rows = await execute(app.database, 'select 1 from token where id = $1 and revoked_at is not null', [sure]);
  expect(rows).toHaveLength(1);
});
