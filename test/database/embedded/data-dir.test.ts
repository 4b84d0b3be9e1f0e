import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EmbeddedError, openEmbedded } from '../../../src/database/embedded/embedded.js';
import { explained } from '../../../src/database/embedded/embedded-error.js';
import { aDirectory, aUsedDataDir } from './processes.js';

const open = (dataDir: string) => openEmbedded({ dataDir, as: 'server', command: 'goodgraph start' });

const description = (format: number, postgresql: number) =>
  JSON.stringify({ format, postgresql, dataPath: 'postgresql' });
const NEWER = 'Update GoodGraph, or set DATA_DIR to another directory. Nothing was changed.';
const DAMAGED = 'DIR/goodgraph.json is damaged. Restore it from a backup, or set DATA_DIR to another directory.';

test.each([
  [
    'of a newer format',
    'goodgraph.json',
    description(2, 18),
    'DATA_DIR_VERSION',
    `DATA_DIR DIR was written by a newer GoodGraph (format 2, and this one knows 1). ${NEWER}`,
  ],
  [
    'of a newer PostgreSQL',
    'goodgraph.json',
    description(1, 19),
    'DATA_DIR_VERSION',
    `DATA_DIR DIR was written by a newer GoodGraph (PostgreSQL 19, and this one has 18). ${NEWER}`,
  ],
  [
    'of an older PostgreSQL',
    'goodgraph.json',
    description(1, 17),
    'DATA_DIR_VERSION',
    'DATA_DIR DIR holds data of PostgreSQL 17, and this GoodGraph has 18. Export it with the GoodGraph that ' +
      'wrote it and import it into a new DATA_DIR. Nothing was changed.',
  ],
  ['with half a description', 'goodgraph.json', '{"format":1}', 'DATA_DIR_DAMAGED', DAMAGED],
  ['with a description that is not JSON', 'goodgraph.json', '{', 'DATA_DIR_DAMAGED', DAMAGED],
  [
    'that holds other things',
    'letter.txt',
    'Dear',
    'DATA_DIR_FOREIGN',
    'DATA_DIR DIR holds other things (letter.txt) and no goodgraph.json. ' +
      'Set DATA_DIR to an empty or new directory. Nothing was changed.',
  ],
] as const)('a DATA_DIR %s is refused and left untouched', async (_, name, text, code, message) => {
  const dataDir = aDirectory();
  writeFileSync(join(dataDir, name), text);
  await expect(open(dataDir)).rejects.toThrow(
    new EmbeddedError(code, message.replace('DIR/', `${dataDir}/`).replace(' DIR ', ` ${dataDir} `)),
  );
  expect(readdirSync(dataDir)).toEqual([name]);
  expect(readFileSync(join(dataDir, name), 'utf8')).toBe(text);
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
  const dataDir = await aUsedDataDir();
  rmSync(join(dataDir, 'postgresql'), { recursive: true });
  const message =
    `The data of DATA_DIR ${dataDir} should lie in ${dataDir}/postgresql, but is not there. ` +
    `Restore it from a backup, or delete ${dataDir} to start with an empty database.`;
  await expect(open(dataDir)).rejects.toThrow(new EmbeddedError('DATA_DIR_DAMAGED', message));
  expect(readdirSync(dataDir)).not.toContain('postgresql');
});

test('a configuration that PostgreSQL refuses is reported in its own words', async () => {
  const dataDir = await aUsedDataDir();
  const settings = join(dataDir, 'postgresql', 'postgresql.auto.conf');
  writeFileSync(settings, 'shared_buffers = plenty\n');
  await expect(open(dataDir)).rejects.toThrow(
    `The embedded PostgreSQL did not start: invalid value for parameter "shared_buffers": "plenty"; configuration file ` +
      `"${settings}" contains errors. The log is in ${dataDir}/postgresql/log and ${dataDir}/supervisor.log.`,
  );
  writeFileSync(settings, '');
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
      `DATA_DIR ${file}/data cannot be used (at ${file}): it is a file, or a link that leads nowhere. ` +
        'Set DATA_DIR to a directory.',
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

test.runIf(process.platform === 'linux')('a DATA_DIR that cannot be made is refused', async () => {
  await expect(open('/proc/goodgraph/data')).rejects.toThrow(
    new EmbeddedError(
      'DATA_DIR_UNUSABLE',
      'DATA_DIR /proc/goodgraph/data cannot be used (at /proc/goodgraph): nothing can be created there. ' +
        'Set DATA_DIR to a directory that can be written.',
    ),
  );
});

test('an error that is not the operator’s is passed on as it is', () => {
  const fault = new TypeError('x is not a function');
  expect(explained(fault, '/data')).toBe(fault);
});
