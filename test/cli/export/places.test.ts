import { spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportTo, printExport } from '../../../src/cli/export.js';
import { replaceFolder } from '../../../src/cli/export/folder.js';
import { createToken, revokeToken, type TokenRole } from '../../../src/subgraphs/directory/token.service.js';
import { urlOf } from '../../support/app.js';
import { aDatabase, execute } from '../../support/database.js';
import { aFolder, contentsOf, exported } from '../../support/exports.js';
import { aPartner, aPractice } from '../../support/factories.js';
import { hold } from '../../support/hold.js';
import { runs } from '../../support/process.js';

const database = await aDatabase();
await aPractice(database, { slug: 'old', summary: 'x'.repeat(2_000_000) });
await aPartner(database, { slug: 'artex' });
const folder = await aFolder();
const isRoot = process.getuid?.() === 0;
const environment = { DATABASE_URL: urlOf(database), LOG_LEVEL: 'warn' };

const refused = (to: string) =>
  exportTo({ database, to, reader: 'PUBLIC' }).then(
    () => 'done',
    (error: unknown) => String(error),
  );

test('what is no export of ours is left as it is', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'mine');
  expect(await refused(file)).toBe(
    `ExportError: ${file} is a file. Name a folder: the export is one, and is made where there is none.`,
  );
  const other = join(folder, 'other');
  await mkdir(other);
  await writeFile(join(other, 'letter.txt'), 'mine');
  expect(await refused(other)).toBe(
    `ExportError: ${other} holds other things than an export (letter.txt), and is left as it is. Name another folder.`,
  );
  // Called like what a run leaves that was killed, but it holds something else.
  const beside = join(folder, 'named.replaced');
  await mkdir(beside);
  await writeFile(join(beside, 'letter.txt'), 'mine');
  const named = join(folder, 'named');
  const contents = await exported(database, 'PUBLIC', named);
  expect(await refused(named)).toBe(
    `ExportError: Nothing was exported to ${named}: beside it stands something else under the name that the old export takes for a moment (.replaced). Move it away. What was there before is as it was.`,
  );
  expect(await contentsOf(named)).toEqual(contents);
  for (const path of [file, join(other, 'letter.txt'), join(beside, 'letter.txt')])
    expect(await readFile(path, 'utf8')).toBe('mine');
});

test('a folder that is not there is not made', async () => {
  const to = join(folder, 'nowhere', 'export');
  expect(await refused(to)).toBe(
    `ExportError: Nothing was exported to ${to}: there is no folder ${join(folder, 'nowhere')}. Make it first. What was there before is as it was.`,
  );
});

test('an empty folder is filled, and a link stays one', async () => {
  const empty = join(folder, 'empty');
  await mkdir(empty);
  await symlink(empty, join(folder, 'link'));
  const contents = await exported(database, 'PUBLIC', join(folder, 'link'));
  expect(await contentsOf(empty)).toEqual(contents);
  expect(await contentsOf(join(folder, 'link'))).toEqual(contents);
});

test.skipIf(!isRoot)('where this user may not write nothing is written', async () => {
  const to = join(folder, 'export');
  const contents = await exported(database, 'PUBLIC', to);
  process.seteuid?.(65_534);
  const said = replaceFolder(to, 0o755, async () => undefined).finally(() => process.seteuid?.(0));
  await expect(said).rejects.toThrow(
    `Nothing was exported to ${to}: this user may not write there. Give it permission, or name another folder. What was there before is as it was.`,
  );
  expect(await contentsOf(to)).toEqual(contents);
});

test('a file that cannot grow on leaves the old export, and nothing beside it', { timeout: 120_000 }, async () => {
  const to = join(folder, 'limited');
  const contents = await exported(database, 'PUBLIC', to);
  const run = runs('bash', ['-c', `ulimit -f 1000; exec node dist/main.js export --to ${to}`], environment);
  expect(await run.ended).toBe(1);
  expect(run.output()).toBe(
    `Nothing was exported to ${to}: a file may not become as large as it would. Raise the limit, or name a folder elsewhere. What was there before is as it was.\n`,
  );
  expect(await contentsOf(to)).toEqual(contents);
  expect((await readdir(folder)).filter((name) => name.startsWith('limited.'))).toEqual([]);
});

test.skipIf(!isRoot)('a full disk leaves the old export', async (context) => {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]).status !== 0) return context.skip();
  try {
    const to = join(disk, 'export');
    const contents = await exported(database, 'PUBLIC', to);
    expect(await refused(to)).toBe(
      `ExportError: Nothing was exported to ${to}: the disk is full. Make room, or name a folder elsewhere. What was there before is as it was.`,
    );
    expect(await contentsOf(to)).toEqual(contents);
    expect(await readdir(disk)).toEqual(['export']);
  } finally {
    spawnSync('umount', [disk]);
  }
});

test('two exports of one database are not written at once', async () => {
  const held = await hold(database, 'partner');
  const both = [refused(join(folder, 'one')), refused(join(folder, 'two'))];
  expect(await Promise.race(both)).toBe(
    'ExportError: Another export of this database is being written. Wait until it is there.',
  );
  await held.release();
  expect(await Promise.all(both)).toContain('done');
  // One that is about to end is waited for.
  expect(await Promise.all([refused(join(folder, 'one')), refused(join(folder, 'two'))])).toEqual(['done', 'done']);
});

test("only an admin's token exports everything", async () => {
  const to = join(folder, 'everything');
  const tokenOf = async (role: TokenRole, expiresAt = new Date(Date.now() + 60_000)) =>
    createToken(database.em(), { role, partner: role === 'PARTNER' ? 'artex' : undefined, label: role, expiresAt });
  const file = join(folder, 'token');
  const said = async (token: string | null) => {
    await writeFile(file, `${token}\n`);
    return printExport({ database, flags: { to, token: file }, log: () => undefined }).then(
      () => 'done',
      (error: unknown) => (error as Error).message.replaceAll(file, 'FILE'),
    );
  };
  const only = "; only an admin's exports everything. Leave --token out for what everyone may see.";
  expect(await said('secret')).toBe('What stands in FILE is no token: those begin with gg_ and have 67 characters.');
  expect(await said(`gg_${'0'.repeat(64)}`)).toBe(
    'What stands in FILE lets nobody in: no such token was made here. `goodgraph token list` tells those that were.',
  );
  expect(await said((await tokenOf('PARTNER')).token)).toBe(`What stands in FILE is the token of an editor${only}`);
  expect(await said((await tokenOf('REVIEWER')).token)).toBe(`What stands in FILE is the token of a reviewer${only}`);
  expect(await said((await tokenOf('SERVICE')).token)).toBe(`What stands in FILE is the token of a service${only}`);
  const { id, token } = await tokenOf('ADMIN');
  await revokeToken(database.em(), id);
  expect(await said(token)).toBe(
    'What stands in FILE lets nobody in: it was revoked. Make another: goodgraph token create --role admin',
  );
  const other = await tokenOf('ADMIN');
  await execute(database, `update token set expires_at = now() where id = $1`, [other.id]);
  expect(await said(other.token)).toBe(
    'What stands in FILE lets nobody in: its time is over. Make another: goodgraph token create --role admin',
  );
  await expect(
    printExport({ database, flags: { to, token: join(folder, 'none') }, log: () => undefined }),
  ).rejects.toThrow(
    `--token ${join(folder, 'none')}: there is no such file. Name a file that holds the token, or - for stdin.`,
  );
  await expect(stat(to)).rejects.toThrow('ENOENT');
});

test(
  'goodgraph export takes a token from stdin, and keeps what it writes to its user',
  { timeout: 120_000 },
  async () => {
    const { token } = await createToken(database.em(), {
      role: 'ADMIN',
      partner: undefined,
      label: 'stdin',
      expiresAt: new Date(Date.now() + 60_000),
    });
    const to = join(folder, 'private');
    const run = runs(
      'bash',
      ['-c', `echo ${token} | node dist/main.js export --to ${to} --token - --json`],
      environment,
    );
    expect([await run.ended, JSON.parse(run.output())]).toMatchObject([
      0,
      { to, readAs: 'ADMIN', lines: { GoodPractice: 1, Partner: 1, Account: 5 } },
    ]);
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect([await mode(to), await mode(join(to, 'Account.ndjson'))]).toEqual(['700', '600']);
  },
);
