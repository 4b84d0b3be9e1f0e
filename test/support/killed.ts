import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foundFolder } from '../../src/cli/export/folder.js';
import { urlOf } from './app.js';
import type { TestDatabase } from './database.js';
import { contentsOf } from './exports.js';
import { runs } from './process.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const preload = fileURLToPath(new URL('killed-at.mjs', import.meta.url));

/** Exports what is public in a process that is killed at its n-th call of the file system, or ends before. */
export async function exportKilledAt(database: TestDatabase, to: string, at: number) {
  const run = runs(process.execPath, ['--import', preload, main, 'export', '--to', to], {
    DATABASE_URL: urlOf(database),
    LOG_LEVEL: 'warn',
    KILLED_AT: String(at),
  });
  const ended = await run.ended;
  return { ended, calls: Number(/(\d+) calls\n$/.exec(run.output())?.[1]) };
}

/** What an import would read there, and whether anything else was left beside it. */
export async function left(path: string) {
  const folder = await foundFolder(path);
  const beside = (await readdir(dirname(path))).filter((name) => name.startsWith(`${basename(path)}.`));
  return { contents: folder === null ? null : await contentsOf(folder), beside };
}
