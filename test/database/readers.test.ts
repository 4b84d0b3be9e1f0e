import { sql } from 'kysely';
import { afterAll, expect, inject, test, vi } from 'vitest';
import { openDatabase, type Database, type DatabaseOptions } from '../../src/database/database.js';
import { checkPublic } from '../../src/database/migrate.js';
import { limits } from '../../src/graph/limits.js';
import { aDatabase, execute } from '../support/database.js';
import { aPractice, draft } from '../support/factories.js';
import { aProxy } from '../support/proxy.js';

const database = await aDatabase();
const { host, port } = inject('postgres');
const anonymous = { role: 'ANONYMOUS', partnerId: null };
const reviewer = { role: 'REVIEWER', partnerId: null };

const urlAs = (user: string, options = '', name = database.name) =>
  `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}${options}`;

function open(options: Partial<DatabaseOptions> & { url?: string }): Database {
  const { url = urlAs('goodgraph'), ...others } = options;
  const opened = openDatabase({ address: { url }, entities: [], deadlines: limits.deadline, ...others });
  afterAll(() => opened.close());
  return opened;
}

/** A login of this file's own; roles belong to the cluster. */
async function aLogin(attributes = ''): Promise<string> {
  const name = `l_${crypto.randomUUID().replaceAll('-', '')}`;
  await execute(database, `create role ${name} login ${attributes}`);
  return name;
}

const rights = sql<Record<string, unknown>>`
  select current_user::text as "user", current_setting('work_mem') as "work_mem", current_setting('jit') as "jit",
    current_setting('statement_timeout') as "timeout", count(*)::int as "practices" from good_practice`;
const read = (from: Database, reader: { role: string; partnerId: string | null }) => from.readAs(reader)(rights);

await aPractice(database, draft);

test('options in DATABASE_URL, a role and a deadline among them, win over nothing that guards a request', async () => {
  const others = open({
    url: urlAs('goodgraph', '&statement_timeout=0&options=-c%20work_mem%3D8MB%20-c%20jit%3Don%20-c%20role%3Dgoodgraph'),
  });
  const held = { work_mem: '8MB', jit: 'off', timeout: '2s' };
  expect(await read(others, anonymous)).toEqual([{ user: 'goodgraph_public', practices: 0, ...held }]);
  expect(await read(others, reviewer)).toEqual([{ user: 'goodgraph_member', practices: 1, ...held }]);
  await expect(checkPublic(others)).resolves.toBeUndefined();
});

test('a superuser in DATABASE_PUBLIC_URL reads as the public does', async () => {
  const others = open({ publicUrl: urlAs('goodgraph') });
  expect(await read(others, anonymous)).toMatchObject([{ user: 'goodgraph_public', practices: 0 }]);
});

test('a login that may not take the public role is refused with the grant to run, and serves after it', async () => {
  const login = await aLogin();
  const others = open({ publicUrl: urlAs(login) });
  await expect(checkPublic(others)).rejects.toMatchObject({
    kind: 'MISCONFIGURED',
    message:
      'Cannot use the database: The user in DATABASE_PUBLIC_URL lacks a right that GoodGraph needs. ' +
      'Let an administrator run: grant goodgraph_public to <the user in DATABASE_PUBLIC_URL>; ' +
      'PostgreSQL says: permission denied to set role "goodgraph_public"',
  });
  // More often than the pool has connections: none is lost to a refusal.
  for (let n = 0; n < 25; n += 1) await expect(read(others, anonymous)).rejects.toMatchObject({ code: '42501' });
  await execute(database, `grant goodgraph_public to ${login}`);
  await checkPublic(others);
  expect(await read(others, anonymous)).toMatchObject([{ user: 'goodgraph_public', practices: 0 }]);
});

test('a database that shows the public more than it should, or nothing, is refused', async () => {
  const wide = await aDatabase();
  await execute(wide, 'grant select on all tables in schema public to public');
  await expect(checkPublic(wide)).rejects.toThrow(
    'Cannot use the database in DATABASE_URL: the role goodgraph_public sees what is not public. ' +
      'Revoke the rights that GoodGraph has not granted to it.',
  );
  const bare = await aDatabase();
  await execute(bare, 'alter table region disable row level security');
  await expect(checkPublic(bare)).rejects.toThrow('sees what is not public');
  const elsewhere = open({ publicUrl: urlAs('goodgraph', '', 'postgres') });
  await expect(checkPublic(elsewhere)).rejects.toThrow(
    'Cannot use the database in DATABASE_PUBLIC_URL: the role goodgraph_public finds nothing to read. ' +
      'Name the database that DATABASE_URL names, or a replica of it.',
  );
});

test.each([
  ['anonymous', anonymous],
  ['signed-in', reviewer],
])('when all connections of %s readers are busy, the next one is told so at the deadline', async (_who, reader) => {
  const busy = open({ deadlines: { pool: 1_000, statement: 60_000 } });
  const sleepers = Array.from({ length: 20 }, () =>
    busy.readAs(reader)(sql`select pg_sleep(60) as "${sql.raw(reader.role)}"`),
  );
  const ended = Promise.allSettled(sleepers);
  const asleep = `from pg_stat_activity where datname = current_database() and query like 'select pg_sleep(60) as "${reader.role}"'`;
  await vi.waitUntil(async () => (await execute(database, `select count(*)::int as n ${asleep}`))[0]?.['n'] === 20, {
    timeout: 20_000,
  });
  await expect(read(busy, reader)).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  const other = reader === anonymous ? reviewer : anonymous;
  expect(await read(busy, other)).toHaveLength(1);
  expect(await execute(busy, 'select 1 as n')).toEqual([{ n: 1 }]);
  await execute(database, `select pg_cancel_backend(pid) ${asleep}`);
  expect((await ended).map(({ status }) => status)).toEqual(Array(20).fill('rejected'));
});

test.each([
  ['anonymous', anonymous],
  ['signed-in', reviewer],
])('a connection that falls silent is given up, and the next %s reader gets another', async (_who, reader) => {
  const proxy = await aProxy();
  const far = open({ url: proxy.url(database.name), deadlines: { pool: 2_000, statement: 1_000 } });
  expect(await read(far, reader)).toHaveLength(1);
  proxy.fallSilent();
  await expect(read(far, reader)).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  proxy.speak();
  expect(await read(far, reader)).toHaveLength(1);
});

test.each([
  ['a number that is too large', sql`select ${'99999999999'}::int`],
  ['a day that does not exist', sql`select ${'2024-02-31'}::date`],
  ['what is no day', sql`select ${'soon'}::date`],
  ['what is no number', sql`select ${'many'}::numeric`],
])('%s is a fault of the value, told without the statement', async (_what, query) => {
  await expect(database.readAs(anonymous)(query)).rejects.toMatchObject({
    kind: 'VALUE',
    message: 'A value cannot be used: it is too long, too large, or not of its kind.',
  });
});

test('a text with NUL is told as such', async () => {
  await expect(database.readAs(anonymous)(sql`select ${'a\0b'}::text`)).rejects.toMatchObject({
    kind: 'VALUE',
    message: 'A text holds a character that no text here can, such as NUL. Leave it out.',
  });
});
