import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { postgresAccount } from '../../../src/database/embedded/account.js';
import { chooseHome } from '../../../src/database/embedded/data-dir.js';
import { openEmbedded } from '../../../src/database/embedded/embedded.js';
import { findPostmaster } from '../../../src/database/embedded/postmaster.js';
import { aCheckout, aDirectory, aUsedDataDir, hold, holding, isRoot, sql } from './processes.js';

/** An ordinary user that every Unix has. */
const DAEMON = 1;
const command = 'goodgraph start';

test.runIf(isRoot)('when root starts it, PostgreSQL runs as nobody, who owns the data and nothing else', async () => {
  const dataDir = await aUsedDataDir();
  const cluster = await openEmbedded({ dataDir, as: 'server', command });
  const { uid } = postgresAccount();
  expect(statSync(cluster.dataPath)).toMatchObject({ uid });
  const others = ['.', ...readdirSync(dataDir).filter((name) => name !== 'postgresql')];
  expect(others.filter((name) => statSync(join(dataDir, name)).uid !== 0)).toEqual([]);
  await cluster.release();
});

/** What PostgreSQL says first to a user who asks for our database: `R` lets in; `E` refuses and says why. */
async function knock(checkout: { node: string }, socketPath: string, uid: number): Promise<string> {
  const script = `
    const body = Buffer.from('\\0\\x03\\0\\0user\\0goodgraph\\0database\\0goodgraph\\0\\0', 'latin1');
    const head = Buffer.alloc(4);
    head.writeInt32BE(body.length + 4);
    const socket = require('node:net').connect(process.argv[1]);
    socket.once('connect', () => socket.write(Buffer.concat([head, body])));
    socket.once('data', (data) => { console.log(data.toString('latin1')); socket.destroy(); });
    socket.once('error', (error) => console.log(error.code));`;
  const child = spawn(checkout.node, ['-e', script, socketPath], { uid, gid: uid, env: {}, cwd: '/' });
  const [answer] = await once(child.stdout.setEncoding('latin1'), 'data');
  return answer as string;
}

test.runIf(isRoot)('of all users only the caller gets in, even where the socket can be reached', async () => {
  const directory = aDirectory();
  const checkout = aCheckout(join(directory, 'checkout'));
  const cluster = await openEmbedded({ dataDir: await aUsedDataDir(), as: 'server', command });
  const socket = join(cluster.address.host, '.s.PGSQL.5432');
  expect(await knock(checkout, socket, DAEMON)).toBe('EACCES\n');
  expect(await knock(checkout, socket, postgresAccount().uid)).toMatch(/^E.*Peer authentication failed/s);
  expect(await knock(checkout, socket, 0)).toMatch(/^R/);
  await cluster.release();
});

test.runIf(isRoot)(
  'below a directory that only root can enter, data and binaries go where nobody can follow',
  async () => {
    const closed = aDirectory();
    chmodSync(closed, 0o700);
    const checkout = aCheckout(join(closed, 'checkout'));
    const dataDir = join(closed, 'checkout', '.data');
    const first = await holding({ dataDir }, { checkout });
    const home = dirname(first.dataPath);
    onTestFinished(() => rmSync(home, { recursive: true }));
    expect(home).toMatch(/\/goodgraph-[0-9a-f]{12}$/);
    expect(first.messages).toEqual([
      `User nobody cannot reach ${dataDir}: PostgreSQL keeps its data in ${home}.`,
      `Setting up PostgreSQL 18 in ${home}/postgresql.`,
    ]);
    expect(readdirSync(home).map((name) => name.replace(/-18\..*/, '-18'))).toEqual([
      'binaries-18',
      'pg_hba.conf',
      'pg_ident.conf',
      'postgresql',
    ]);
    expect(JSON.parse(readFileSync(join(dataDir, 'goodgraph.json'), 'utf8'))).toMatchObject({
      dataPath: first.dataPath,
    });
    await sql(first.address, 'create table kept as select 42 as answer');
    await first.end();

    const second = await holding({ dataDir }, { checkout });
    expect(second.messages).toEqual([]);
    expect(second.dataPath).toBe(first.dataPath);
    expect(await sql(second.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.end();
    expect(findPostmaster(first.dataPath)).toBeUndefined();
  },
);

test.runIf(isRoot)('a new DATA_DIR that is closed to others is opened just enough for nobody to pass', async () => {
  const dataDir = aDirectory();
  chmodSync(dataDir, 0o700);
  const cluster = await openEmbedded({ dataDir, as: 'server', command });
  expect(cluster.dataPath).toBe(join(dataDir, 'postgresql'));
  expect(statSync(dataDir).mode & 0o777).toBe(0o711);
  await cluster.release();
});

test.runIf(isRoot)('a DATA_DIR that is made anew never gets the place of the one before', () => {
  const closed = aDirectory();
  chmodSync(closed, 0o700);
  const homes = [1, 2].map(() => chooseHome(join(closed, 'data'), postgresAccount()));
  for (const home of homes) rmSync(home, { recursive: true });
  expect(homes[1]).toBe(`${homes[0]}-2`);
});

test.runIf(isRoot)('an ordinary user has everything in DATA_DIR, from a checkout that he cannot write', async () => {
  const directory = aDirectory();
  const checkout = aCheckout(join(directory, 'checkout'));
  const dataDir = join(directory, 'home', '.data');
  mkdirSync(dirname(dataDir));
  chownSync(dirname(dataDir), DAEMON, DAEMON);
  const holder = await holding({ dataDir }, { checkout, uid: DAEMON });
  expect(holder.dataPath).toBe(join(dataDir, 'postgresql'));
  expect(readdirSync(dataDir).filter((name) => name.startsWith('binaries-18'))).toHaveLength(1);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(statSync(holder.dataPath).uid).toBe(DAEMON);
  const socket = join(holder.address.host, '.s.PGSQL.5432');
  expect(await knock(checkout, socket, DAEMON)).toMatch(/^R/);
  expect(await knock(checkout, socket, 2)).toBe('EACCES\n');

  await expect(openEmbedded({ dataDir, as: 'client', command: 'goodgraph export' })).rejects.toThrow(
    `DATA_DIR ${dataDir} belongs to user id ${DAEMON}, and this is root (0). ` +
      'Run GoodGraph as its owner, or set DATA_DIR to another directory.',
  );
  await holder.end();
  expect(findPostmaster(holder.dataPath)).toBeUndefined();
});

test.runIf(isRoot)('a DATA_DIR that the user may not write is refused', async () => {
  const directory = aDirectory();
  const checkout = aCheckout(join(directory, 'checkout'));
  for (const dataDir of [directory, join(directory, 'new')]) {
    const message =
      `DATA_DIR ${dataDir} cannot be used: this user has no permission. ` +
      'Give it read and write access, or set DATA_DIR to another directory.';
    expect(await hold({ dataDir }, { checkout, uid: DAEMON }).outcome).toEqual({
      error: { name: 'EmbeddedError', code: 'DATA_DIR_UNUSABLE', message },
    });
  }
  expect(existsSync(join(directory, 'new'))).toBe(false);
});
