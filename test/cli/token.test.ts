import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { expiryOf, printCreated, printRevoked } from '../../src/cli/token.js';
import { aDatabase, execute } from '../support/database.js';
import { urlOf } from '../support/app.js';
import { aPartner } from '../support/factories.js';
import { goodgraph } from '../support/process.js';

const database = await aDatabase();

beforeAll(async () => {
  await aPartner(database, { slug: 'artex' });
  await aPartner(database, { slug: 'enter' });
});

async function token(args: string, environment: Record<string, string> = {}) {
  const started = goodgraph(['token', ...args.split(' ')], {
    DATABASE_URL: urlOf(database),
    LOG_LEVEL: 'warn',
    ...environment,
  });
  const code = await started.ended;
  return { code, output: started.output() };
}

const count = async () => (await execute(database, 'select 1 from account union all select 2 from token')).length;

describe('goodgraph token', () => {
  test('makes a token, shows it once, lists it without its secret, and revokes it', async () => {
    const made = await token('create --role editor --partner artex --expires 90d --label website --json');
    const created = JSON.parse(made.output) as { id: string; token: string };
    expect(created).toMatchObject({ role: 'editor', partner: 'artex', label: 'website', subject: null });
    expect(created.token).toMatch(/^gg_[0-9a-f]{64}$/);
    const kept = await execute<{ row: string }>(database, 'select t::text || a::text row from token t, account a');
    expect(kept.map(({ row }) => row).join()).not.toContain(created.token.slice(11));

    const list = await token('list');
    expect(list.output).toContain(`${created.id}  ${created.token.slice(0, 11)}  editor of artex  "website"  until `);
    expect(list.output).toMatch(/last used -\n$/);
    expect(list.output).not.toContain(created.token);
    const { tokens } = JSON.parse((await token('list --json')).output) as { tokens: object[] };
    expect(tokens).toMatchObject([{ id: created.id, role: 'editor', partner: 'artex', revokedAt: null }]);

    expect(await token(`revoke ${created.id}`)).toEqual({
      code: 0,
      output: `${created.id} lets nobody in any more.\n`,
    });
    expect((await token('list')).output).toContain('"website"  revoked 20');
    expect((await token(`revoke ${created.id} --json`)).output).toBe(`{"id":"${created.id}","revoked":true}\n`);
  });

  test('says in words what was made', async () => {
    const { output } = await token('create --role reviewer --expires 2d');
    expect(output).toMatch(
      /^gg_[0-9a-f]{64}\nThis is shown once\. Sent as `Authorization: Bearer …` it signs in as reviewer until 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.\nEnd it: goodgraph token revoke tok_\w{26}\n$/,
    );
  });

  test('lets a subject of the issuer in instead', async () => {
    const oidc = { OIDC_ISSUER: 'https://login.example.org', OIDC_AUDIENCE: 'graph' };
    const { output } = await token('create --role editor --partner enter --expires 1w --subject auth0|1', oidc);
    expect(output).toMatch(/^auth0\|1 of https:\/\/login\.example\.org signs in as editor of enter until /);
    expect((await token('list')).output).toMatch(/ {2}subject auth0\|1 {2}editor of enter /);
  });

  test('ends with 1 and a sentence where it cannot', async () => {
    const message = 'An editor writes for one organisation: name it by its slug, such as --partner artex.';
    expect(await token('create --role editor --expires 1d')).toEqual({ code: 1, output: `${message}\n` });
  });
});

describe('a token is refused, and nothing is made', () => {
  const roles = '--role takes editor, reviewer, admin, service.';
  const expires = '1d';
  test.each([
    [{ expires }, `Name a role: ${roles}`],
    [{ role: 'chef', expires }, `No role is called 'chef': ${roles}`],
    [{ role: 'PARTNER', expires }, `No role is called 'PARTNER': ${roles}`],
    [{ role: 'toString', expires }, `No role is called 'toString': ${roles}`],
    [{ role: 'editor', partner: 'artexx', expires }, "No partner has the slug 'artexx'; near it are artex, enter."],
    [{ role: 'admin', partner: 'artex', expires }, 'Only an editor speaks for an organisation: leave --partner out.'],
    [{ role: 'admin' }, 'Say until when it holds: --expires 90d'],
    [
      { role: 'admin', expires, label: 'a@example.org' },
      "--label is 1 to 100 characters that say what it is for, and no person's address.",
    ],
    [{ role: 'admin', expires, subject: 'x' }, '--subject needs OIDC_ISSUER: it says whose subject that is.'],
  ])('%o', async (flags, message) => {
    const before = await count();
    await expect(printCreated(database, flags, undefined)).rejects.toThrow(message);
    expect(await count()).toBe(before);
  });

  test('nor one that there is not revoked', async () => {
    const message = "No token has the id 'tok_x'. `goodgraph token list` tells them.";
    await expect(printRevoked(database, 'tok_x', false)).rejects.toThrow(message);
  });
});

describe('until when a token holds', () => {
  const now = Date.UTC(2026, 0, 1, 12);
  test.each([
    ['12h', '2026-01-02T00:00:00.000Z'],
    ['90d', '2026-04-01T12:00:00.000Z'],
    ['2w', '2026-01-15T12:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['731d', '2028-01-02T12:00:00.000Z'],
  ])('%s', (text, at) => {
    expect(expiryOf(text, now).toISOString()).toBe(at);
  });

  test.each([
    '',
    '90',
    'd',
    '-1d',
    '1y',
    '1.5d',
    '2026-02-30',
    '2026-1-1',
    '0d',
    '732d',
    '999999w',
    '1d ',
    '2025-12-31',
  ])('%j is refused', (text) => {
    expect(() => expiryOf(text, now)).toThrow(/^--expires /);
  });
});

test('no role of readers may look at accounts or tokens', async () => {
  for (const role of ['ANONYMOUS', 'ADMIN'])
    for (const table of ['account', 'token'])
      await expect(database.readAs({ role, partnerId: null })(sql`select from ${sql.table(table)}`)).rejects.toThrow(
        'permission denied',
      );
});
