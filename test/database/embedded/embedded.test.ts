import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postgresAccount } from '../../../src/database/embedded/account.js';
import { EmbeddedError, openEmbedded } from '../../../src/database/embedded/embedded.js';
import { findPostmaster } from '../../../src/database/embedded/postmaster.js';
import { aDirectory, aUsedDataDir, hold, holding, sql } from './processes.js';

const command = 'goodgraph start';

test('a cluster keeps its data from its first start to the next, and is down in between', async () => {
  const dataDir = join(aDirectory(), 'below', '.data');
  const messages: string[] = [];
  const first = await openEmbedded({ dataDir, as: 'server', command, log: (message) => messages.push(message) });
  expect(messages).toEqual([`Setting up PostgreSQL 18 in ${dataDir}/postgresql.`]);
  expect(first.dataPath).toBe(`${dataDir}/postgresql`);
  expect(first.address).toEqual({
    host: expect.stringMatching(/\/goodgraph-\w{6}$/),
    port: 5432,
    user: 'goodgraph',
    database: 'goodgraph',
  });
  await sql(first.address, 'create table kept as select 42 as answer');
  const address = findPostmaster(first.dataPath);
  await first.release();
  expect(findPostmaster(first.dataPath)).toBeUndefined();
  expect(existsSync(join(first.dataPath, 'postmaster.pid'))).toBe(false);
  expect(existsSync(first.address.host)).toBe(false);

  const second = await openEmbedded({ dataDir, as: 'server', command, log: (message) => messages.push(message) });
  expect(messages).toHaveLength(1);
  expect(findPostmaster(second.dataPath)?.pid).not.toBe(address?.pid);
  expect(await sql(second.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.release();
});

test('the cluster is UTF-8 with built-in C.UTF-8, durable, modest and logs beside its data', async () => {
  const dataDir = await aUsedDataDir();
  const { address, release, dataPath } = await openEmbedded({ dataDir, as: 'client', command });
  const names = ['fsync', 'shared_buffers', 'max_connections', 'jit', 'server_encoding', 'TimeZone', 'log_directory'];
  const settings = await sql(
    address,
    `select ${names.map((name) => `current_setting('${name}') as "${name}"`).join()}`,
  );
  expect(settings).toEqual([
    {
      fsync: 'on',
      shared_buffers: '64MB',
      max_connections: '100',
      jit: 'off',
      server_encoding: 'UTF8',
      TimeZone: 'UTC',
      log_directory: 'log',
    },
  ]);
  const locale =
    'select datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()';
  expect(await sql(address, locale)).toEqual([{ provider: 'b', locale: 'C.UTF-8' }]);
  expect(readdirSync(join(dataPath, 'log'))).toHaveLength(1);
  await release();
});

test('PostgreSQL listens on one unix socket in a private directory and on nothing else', async () => {
  const dataDir = await aUsedDataDir();
  const { address, release, dataPath } = await openEmbedded({ dataDir, as: 'client', command });
  expect(await sql(address, `select current_setting('listen_addresses') as addresses`)).toEqual([{ addresses: '' }]);
  expect(readdirSync(address.host)).toEqual(['.s.PGSQL.5432', '.s.PGSQL.5432.lock']);
  expect((statSync(address.host).mode & 0o777).toString(8)).toBe('700');
  expect(tcpSocketsOf(findPostmaster(dataPath)!.pid)).toEqual([]);
  await release();
});

/** TCP sockets of a process: descriptors that the kernel's tables name too. Only Linux has such tables. */
function tcpSocketsOf(pid: number): string[] {
  if (process.platform !== 'linux') return [];
  const sockets = readdirSync(`/proc/${pid}/fd`)
    .map((descriptor) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1])
    .filter((inode) => inode !== undefined);
  expect(sockets).not.toEqual([]);
  const tables = ['tcp', 'tcp6'].filter((name) => existsSync(`/proc/${pid}/net/${name}`));
  const inodes = tables.flatMap((name) =>
    readFileSync(`/proc/${pid}/net/${name}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[9]),
  );
  return sockets.filter((inode) => inodes.includes(inode));
}

test('the description names socket, port, owner, version, server and where the data lies', async () => {
  const dataDir = await aUsedDataDir();
  const { address, release } = await openEmbedded({ dataDir, as: 'server', command });
  const { uid, user } = postgresAccount();
  expect(JSON.parse(readFileSync(join(dataDir, 'goodgraph.json'), 'utf8'))).toEqual({
    format: 1,
    postgresql: 18,
    dataPath: 'postgresql',
    owner: { uid, user },
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    socket: address.host,
    port: 5432,
    user: 'goodgraph',
    database: 'goodgraph',
    server: { pid: process.pid, command },
  });
  await release();
});

test('a second server is refused by the name of the first, in this process or another; clients attach', async () => {
  const dataDir = await aUsedDataDir();
  const server = await openEmbedded({ dataDir, as: 'server', command });
  const message =
    `DATA_DIR ${dataDir} is already served by process ${process.pid} (goodgraph start). ` +
    'Stop that one, or set DATA_DIR to another directory.';
  await expect(openEmbedded({ dataDir, as: 'server', command: 'other' })).rejects.toThrow(
    new EmbeddedError('DATA_DIR_SERVED', message),
  );
  expect(await hold({ dataDir, as: 'server' }).outcome).toEqual({
    error: { name: 'EmbeddedError', code: 'DATA_DIR_SERVED', message },
  });
  const client = await holding({ dataDir, as: 'client' });
  expect(client.address).toEqual(server.address);
  await client.end();
  expect(await sql(server.address, 'select 1 as alive')).toEqual([{ alive: 1 }]);

  await server.release();
  const next = await openEmbedded({ dataDir, as: 'server', command });
  await next.release();
});

test('the cluster stays up for a client that outlives the server, and goes down with the client', async () => {
  const dataDir = await aUsedDataDir();
  const server = await openEmbedded({ dataDir, as: 'server', command });
  const client = await openEmbedded({ dataDir, as: 'client', command: 'goodgraph import' });
  await server.release();
  expect(await sql(client.address, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  await Promise.all([client.release(), client.release()]);
  expect(findPostmaster(client.dataPath)).toBeUndefined();
});

test('processes that open a new DATA_DIR at once share one cluster, which is set up once', async () => {
  const dataDir = join(aDirectory(), 'data');
  const options = { dataDir, as: 'client', command } as const;
  const messages: string[] = [];
  const log = (message: string) => void messages.push(message);
  const mine = [openEmbedded({ ...options, log }), openEmbedded({ ...options, log })];
  const others = await Promise.all([holding(options), holding(options)]);
  const clusters = await Promise.all(mine);
  const { host } = clusters[0]!.address;
  expect([...clusters, ...others].map(({ address }) => address.host)).toEqual([host, host, host, host]);
  expect(readdirSync(dataDir).filter((name) => name.startsWith('initdb-'))).toEqual([]);
  for (const holder of others) messages.push(...holder.messages);
  expect(messages.filter((message) => message.startsWith('Setting up'))).toHaveLength(1);
  await Promise.all([...clusters.map((cluster) => cluster.release()), ...others.map((holder) => holder.end())]);
  expect(findPostmaster(clusters[0]!.dataPath)).toBeUndefined();
});
