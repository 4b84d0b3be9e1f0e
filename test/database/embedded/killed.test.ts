import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { postgresAccount, runAs } from '../../../src/database/embedded/account.js';
import { openEmbedded } from '../../../src/database/embedded/embedded.js';
import { FileLock } from '../../../src/database/embedded/file-lock.js';
import { findPostmaster, recordedPid } from '../../../src/database/embedded/postmaster.js';
import { aDirectory, aUsedDataDir, hold, holding, isAlive, sql, supervisorOf, until } from './processes.js';

const command = 'goodgraph start';

/** A cluster with data and, behind it, a process that can be killed. */
async function aHeldCluster() {
  const dataDir = await aUsedDataDir();
  const holder = await holding({ dataDir });
  return { dataDir, holder, postmaster: findPostmaster(holder.dataPath)!.pid };
}

async function expectKept(dataDir: string): Promise<void> {
  const cluster = await openEmbedded({ dataDir, as: 'server', command });
  expect(await sql(cluster.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await cluster.release();
  expect(findPostmaster(cluster.dataPath)).toBeUndefined();
}

test('when the server is killed, PostgreSQL and its supervisor end, and the next server finds what was committed', async () => {
  const { dataDir, holder, postmaster } = await aHeldCluster();
  const supervisor = supervisorOf(dataDir);
  await holder.kill();
  await until(() => !isAlive(postmaster) && !isAlive(supervisor));
  expect(existsSync(join(holder.dataPath, 'postmaster.pid'))).toBe(false);
  await expectKept(dataDir);
});

test('the claim of a killed server is void at once, while PostgreSQL still runs', async () => {
  const { dataDir, holder } = await aHeldCluster();
  const client = await openEmbedded({ dataDir, as: 'client', command });
  await holder.kill();
  const server = await openEmbedded({ dataDir, as: 'server', command });
  expect(server.address).toEqual(client.address);
  await client.release();
  await server.release();
});

test('a killed PostgreSQL comes back for those who use it', async () => {
  const { dataDir, holder, postmaster } = await aHeldCluster();
  process.kill(postmaster, 'SIGKILL');
  await until(() => ![undefined, postmaster].includes(findPostmaster(holder.dataPath)?.pid));
  const client = await openEmbedded({ dataDir, as: 'client', command });
  expect(client.address).toEqual(holder.address);
  expect(await sql(client.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await client.release();
  await holder.end();
  await expectKept(dataDir);
});

test('an opening finds PostgreSQL even right after it was killed', async () => {
  const { dataDir, holder, postmaster } = await aHeldCluster();
  process.kill(postmaster, 'SIGKILL');
  const client = await openEmbedded({ dataDir, as: 'client', command });
  expect(await sql(client.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await Promise.all([client.release(), holder.end()]);
  await expectKept(dataDir);
});

/** kill -9, and resolves when the kernel has taken the supervisor's lock back. */
async function killSupervisor(dataDir: string): Promise<void> {
  process.kill(supervisorOf(dataDir), 'SIGKILL');
  const lock = new FileLock(join(dataDir, 'locks', 'supervisor'));
  await until(() => lock.take('exclusive'));
  lock.close();
}

test('a PostgreSQL that outlives its supervisor is adopted by the next opening', async () => {
  const { dataDir, holder, postmaster } = await aHeldCluster();
  await killSupervisor(dataDir);
  const client = await openEmbedded({ dataDir, as: 'client', command });
  expect(findPostmaster(client.dataPath)?.pid).toBe(postmaster);
  expect(client.address).toEqual(holder.address);
  const adoptive = supervisorOf(dataDir);
  expect(isAlive(adoptive)).toBe(true);
  await client.release();
  await holder.kill();
  await until(() => !isAlive(postmaster) && !isAlive(adoptive));
  await expectKept(dataDir);
});

test('an orphaned PostgreSQL that cannot be reached any more is replaced', async () => {
  const { dataDir, holder, postmaster } = await aHeldCluster();
  await killSupervisor(dataDir);
  await holder.kill();
  rmSync(join(holder.address.host, '.s.PGSQL.5432'));
  const server = await openEmbedded({ dataDir, as: 'server', command });
  expect(findPostmaster(server.dataPath)?.pid).not.toBe(postmaster);
  expect(await sql(server.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await server.release();
});

test('when everything is killed at once, the next server starts and reuses the socket directory', async () => {
  const { dataDir, holder, postmaster } = await aHeldCluster();
  for (const pid of [supervisorOf(dataDir), postmaster]) process.kill(pid, 'SIGKILL');
  await holder.kill();
  const server = await openEmbedded({ dataDir, as: 'server', command });
  expect(server.address).toEqual(holder.address);
  await server.release();
  await expectKept(dataDir);
});

test('the last one to release waits for the end of all, even if PostgreSQL was killed just then', async () => {
  const dataDir = await aUsedDataDir();
  const { dataPath, release } = await openEmbedded({ dataDir, as: 'server', command });
  process.kill(findPostmaster(dataPath)!.pid, 'SIGKILL');
  await release();
  expect(findPostmaster(dataPath)).toBeUndefined();
  const lock = new FileLock(join(dataDir, 'locks', 'supervisor'));
  expect(lock.take('exclusive')).toBe(true);
  lock.close();
  await expectKept(dataDir);
});

/** A process under PostgreSQL's account that is not PostgreSQL. */
function aStranger(): ChildProcess {
  const stranger = spawn('sleep', ['60'], { ...runAs(postgresAccount()), stdio: 'ignore' });
  onTestFinished(() => void stranger.kill('SIGKILL'));
  return stranger;
}

test('a pid file that was left behind never blocks a start, empty or with the pid of another program', async () => {
  const { dataDir, holder } = await aHeldCluster();
  await holder.end();
  const pidFile = join(holder.dataPath, 'postmaster.pid');
  writeFileSync(pidFile, '');
  await expectKept(dataDir);

  const stranger = aStranger();
  await once(stranger, 'spawn');
  writeFileSync(pidFile, [stranger.pid, holder.dataPath, 1, 5432, holder.address.host, '', '', 'ready', ''].join('\n'));
  expect(recordedPid(holder.dataPath)).toBe(stranger.pid);
  await expectKept(dataDir);
  expect(stranger.exitCode).toBeNull();
});

test('a first start that is killed half way leaves nothing that the next one trips over', async () => {
  const dataDir = join(aDirectory(), 'data');
  const half = () => readdirSync(dataDir).filter((name) => name.startsWith('initdb-'));
  const killed = hold({ dataDir });
  killed.outcome.catch(() => {});
  await until(() => existsSync(dataDir) && half().length > 0);
  await killed.kill();
  expect(existsSync(join(dataDir, 'postgresql'))).toBe(false);
  const server = await openEmbedded({ dataDir, as: 'server', command });
  expect(await sql(server.address, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  await server.release();
  expect(half()).toEqual([]);
});

test('when DATA_DIR is deleted under a running cluster, nothing of it keeps running', async () => {
  const { dataDir, postmaster } = await aHeldCluster();
  const supervisor = supervisorOf(dataDir);
  await rm(dataDir, { recursive: true, maxRetries: 10 });
  await until(() => !isAlive(postmaster) && !isAlive(supervisor));
  expect(existsSync(dataDir)).toBe(false);
});
