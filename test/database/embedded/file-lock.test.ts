import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileLock } from '../../../src/database/embedded/file-lock.js';
import { aDirectory } from './processes.js';

const FILE_LOCK = new URL('../../../src/database/embedded/file-lock.ts', import.meta.url).href;

test('an exclusive lock stands in the way of all others, shared locks only of exclusive ones', () => {
  const path = join(aDirectory(), 'lock');
  const [one, two, three] = [new FileLock(path), new FileLock(path), new FileLock(path)] as const;
  expect(one.take('exclusive')).toBe(true);
  expect([two.take('exclusive'), three.take('shared')]).toEqual([false, false]);
  one.drop();
  expect([one.take('shared'), two.take('shared'), three.take('exclusive')]).toEqual([true, true, false]);
  one.close();
  two.drop();
  expect(three.take('exclusive')).toBe(true);
  for (const lock of [two, three]) lock.close();
});

test('a lock file stays empty and alone', () => {
  const directory = aDirectory();
  const lock = new FileLock(join(directory, 'lock'));
  expect(lock.take('exclusive')).toBe(true);
  expect(readdirSync(directory)).toEqual(['lock']);
  lock.close();
  expect(statSync(join(directory, 'lock')).size).toBe(0);
});

test.each(['exclusive', 'shared'])(
  'the %s lock of another process holds until that is killed, referenced or not',
  async (mode) => {
    const path = join(aDirectory(), 'lock');
    const script = `
    const { FileLock } = await import(process.argv[1]);
    new FileLock(process.argv[2]).take(process.argv[3]);
    gc();
    console.log('taken');
    setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script, FILE_LOCK, path, mode]);
    const exit = once(child, 'exit');
    expect(String((await once(child.stdout, 'data'))[0])).toBe('taken\n');
    const lock = new FileLock(path);
    expect(lock.take('exclusive')).toBe(false);
    child.kill('SIGKILL');
    await exit;
    expect(lock.take('exclusive')).toBe(true);
    lock.close();
  },
);
