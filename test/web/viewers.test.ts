import { beforeAll, expect, test } from 'vitest';
import { createToken, type TokenRole } from '../../src/subgraphs/directory/token.service.js';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPartner, aPractice, draft, withdrawn } from '../support/factories.js';
import { aFile } from '../support/files.js';

const app = await anApp();
const { database } = app;

const headersOf = async (role: TokenRole) => {
  const partner = role === 'PARTNER' ? 'artex' : undefined;
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { token } = (await createToken(database.em(), { role, partner, label: 'test', expiresAt })) as {
    token: string;
  };
  return { authorization: `Bearer ${token}` };
};

beforeAll(async () => {
  const { id } = await aPartner(database, { slug: 'artex' });
  await aPractice(database, { slug: 'open', owner_id: id });
  await aPractice(database, { slug: 'own-draft', owner_id: id, ...draft });
  await aPractice(database, { slug: 'other-draft', ...draft });
  await aPractice(database, { slug: 'gone', ...withdrawn });
  const { id: hidden } = await aPartner(database, { slug: 'hidden', name_original: 'Hidden', ...draft });
  await aPractice(database, { slug: 'of-hidden', owner_id: hidden });
  await execute(database, `insert into partner_contact values ($1, 0, 'press', 'Call.', null)`, [id]);
  await execute(database, `insert into partner_contact_email values ($1, 0, 'desk@example.org')`, [id]);
});

const slugs = async (headers?: Record<string, string>) =>
  (await aFile(`${app.url}/practices.json`, headers)).rows.map(({ slug }) => slug as string).toSorted();

test('rows follow who asks: a partner finds its drafts, a reviewer all of them, others none', async () => {
  expect(await slugs()).toEqual(['of-hidden', 'open']);
  expect(await slugs(await headersOf('PARTNER'))).toEqual(['of-hidden', 'open', 'own-draft']);
  expect(await slugs(await headersOf('REVIEWER'))).toEqual(
    expect.arrayContaining(['of-hidden', 'open', 'other-draft', 'own-draft']),
  );
});

test('a row does not tell of a hidden record that it names', async () => {
  const owners = async (headers?: Record<string, string>) =>
    (await aFile(`${app.url}/practices.csv`, headers)).rows.find(({ slug }) => slug === 'of-hidden');
  expect(await owners()).toMatchObject({ 'owner.slug': '', 'owner.name': '' });
  expect(await owners(await headersOf('REVIEWER'))).toMatchObject({ 'owner.slug': 'hidden', 'owner.name': 'Hidden' });
});

test('columns follow who asks, and what a viewer got is kept in no cache', async () => {
  const open = await aFile(`${app.url}/partners.csv`);
  expect(open.headers.get('cache-control')).toBe('public, max-age=60');
  expect(open.text).toContain(',contacts.role,');
  expect(open.text).not.toMatch(/contacts\.email|desk@example\.org/);
  const own = await aFile(`${app.url}/partners.csv`, await headersOf('PARTNER'));
  expect([own.headers.get('cache-control'), own.headers.get('vary')]).toEqual(['private, no-store', 'Authorization']);
  expect(own.rows.find(({ slug }) => slug === 'artex')).toMatchObject({ 'contacts.email': 'desk@example.org' });
  const plan = await aFile(`${app.url}/transfers.csv`, await headersOf('PARTNER'));
  expect(plan.text).not.toContain('statusHistory.account');
  expect((await aFile(`${app.url}/transfers.csv`, await headersOf('ADMIN'))).text).toContain('statusHistory.account');
});

test('a token that lets nobody in is refused, and not taken for anonymous', async () => {
  const { status, headers } = await aFile(`${app.url}/practices.csv`, { authorization: `Bearer gg_${'0'.repeat(64)}` });
  expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="GoodGraph", error="invalid_token"']);
});
