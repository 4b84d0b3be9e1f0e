import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EmbeddedError, openEmbedded } from '../../../src/database/embedded/embedded.js';
import { explained } from '../../../src/database/embedded/embedded-error.js';
import { aDirectory } from './processes.js';

const open = (dataDir: string) => openEmbedded({ dataDir, as: 'server', command: 'goodgraph start' });

/** Expects DATA_DIR, which holds these files only, to be refused and left as it is. */
async function expectUntouched(dataDir: string, files: Record<string, string>, error: EmbeddedError): Promise<void> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, name), text);
  await expect(open(dataDir)).rejects.toThrow(error);
  const found = readdirSync(dataDir).map((name) => [name, readFileSync(join(dataDir, name), 'utf8')]);
  expect(Object.fromEntries(found)).toEqual(files);
}

test('a DATA_DIR of a newer format is refused and left untouched', async () => {
  const dataDir = aDirectory();
  const description = JSON.stringify({ format: 2, postgresql: 18, dataPath: 'postgresql' });
  const message =
    `DATA_DIR ${dataDir} was written by a newer GoodGraph (format 2, and this one knows 1). ` +
    'Update GoodGraph, or set DATA_DIR to another directory. Nothing was changed.';
  await expectUntouched(dataDir, { 'goodgraph.json': description }, new EmbeddedError('DATA_DIR_VERSION', message));
});

test('a DATA_DIR of a newer PostgreSQL is refused and left untouched', async () => {
  const dataDir = aDirectory();
  const description = JSON.stringify({ format: 1, postgresql: 19, dataPath: 'postgresql' });
  const message =
    `DATA_DIR ${dataDir} was written by a newer GoodGraph (PostgreSQL 19, and this one has 18). ` +
    'Update GoodGraph, or set DATA_DIR to another directory. Nothing was changed.';
  await expectUntouched(dataDir, { 'goodgraph.json': description }, new EmbeddedError('DATA_DIR_VERSION', message));
});

test('a DATA_DIR of an older PostgreSQL is refused and left untouched', async () => {
  const dataDir = aDirectory();
  const description = JSON.stringify({ format: 1, postgresql: 17, dataPath: 'postgresql' });
  const message =
    `DATA_DIR ${dataDir} holds data of PostgreSQL 17, and this GoodGraph has 18. Export it with the GoodGraph that ` +
    'wrote it and import it into a new DATA_DIR. Nothing was changed.';
  await expectUntouched(dataDir, { 'goodgraph.json': description }, new EmbeddedError('DATA_DIR_VERSION', message));
});

test.each(['', '{', 'null', '{"format":1}'])(
  'a damaged description, %j, is refused and left untouched',
  async (text) => {
    const dataDir = aDirectory();
    const message = `${dataDir}/goodgraph.json is damaged. Restore it from a backup, or set DATA_DIR to another directory.`;
    await expectUntouched(dataDir, { 'goodgraph.json': text }, new EmbeddedError('DATA_DIR_DAMAGED', message));
  },
);

test('a directory that holds other things is refused and left untouched', async () => {
  const dataDir = aDirectory();
  const message =
    `DATA_DIR ${dataDir} holds other things (letter.txt) and no goodgraph.json. ` +
    'Set DATA_DIR to an empty or new directory. Nothing was changed.';
  await expectUntouched(dataDir, { 'letter.txt': 'Dear' }, new EmbeddedError('DATA_DIR_FOREIGN', message));
});

test('an empty directory is accepted, also a fresh volume and a linked one', async () => {
  const directory = aDirectory();
  const dataDir = join(directory, 'volume');
  mkdirSync(join(dataDir, 'lost+found'), { recursive: true });
  symlinkSync(dataDir, join(directory, 'link'));
  const cluster = await open(join(directory, 'link'));
  expect(cluster.dataPath).toBe(join(dataDir, 'postgresql'));
  await cluster.release();
});

test('a DATA_DIR whose data is gone is refused instead of started empty', async () => {
  const dataDir = join(aDirectory(), 'data');
  const cluster = await open(dataDir);
  await cluster.release();
  rmSync(cluster.dataPath, { recursive: true });
  const message =
    `The data of DATA_DIR ${dataDir} should lie in ${dataDir}/postgresql, but is not there. ` +
    `Restore it from a backup, or delete ${dataDir} to start with an empty database.`;
  await expect(open(dataDir)).rejects.toThrow(new EmbeddedError('DATA_DIR_DAMAGED', message));
  expect(readdirSync(dataDir)).not.toContain('postgresql');
});

test('a configuration that PostgreSQL refuses is reported in its own words', async () => {
  const dataDir = join(aDirectory(), 'data');
  const cluster = await open(dataDir);
  await cluster.release();
  writeFileSync(join(cluster.dataPath, 'postgresql.auto.conf'), 'shared_buffers = plenty\n');
  await expect(open(dataDir)).rejects.toThrow(
    /^The embedded PostgreSQL did not start: .*invalid value for parameter "shared_buffers": "plenty"/s,
  );
  writeFileSync(join(cluster.dataPath, 'postgresql.auto.conf'), '');
  await (await open(dataDir)).release();
});

test('a file in the place of DATA_DIR, or on the way to it, is refused', async () => {
  const file = join(aDirectory(), 'file');
  writeFileSync(file, '');
  await expect(open(file)).rejects.toThrow(
    new EmbeddedError(
      'DATA_DIR_UNUSABLE',
      `DATA_DIR ${file} cannot be used: it is a file, or a link that leads nowhere. Set DATA_DIR to a directory.`,
    ),
  );
  await expect(open(join(file, 'data'))).rejects.toThrow(
    new EmbeddedError(
      'DATA_DIR_UNUSABLE',
      `DATA_DIR ${file}/data cannot be used: it is, or lies below, a file. Set DATA_DIR to a directory.`,
    ),
  );
});

test.each([
  ['EROFS', 'the file system is read-only. Set DATA_DIR to a directory that can be written.'],
  ['ENOSPC', 'the disk is full. Make room, or set DATA_DIR to a directory on another disk.'],
])('%s is explained, with the place where it happened', (code, remedy) => {
  const error = Object.assign(new Error(code), { code, path: '/data/locks' });
  expect(explained(error, '/data')).toEqual(
    new EmbeddedError('DATA_DIR_UNUSABLE', `DATA_DIR /data cannot be used (at /data/locks): ${remedy}`),
  );
});

test('an error that is not the operator’s is passed on as it is', () => {
  const fault = new TypeError('x is not a function');
  expect(explained(fault, '/data')).toBe(fault);
});
