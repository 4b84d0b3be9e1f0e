import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { exportTo } from '../../src/cli/export.js';
import type { Reader } from '../../src/cli/export/shape.js';
import { restoreFrom } from '../../src/cli/restore.js';
import { aDatabase, type TestDatabase } from './database.js';

/** A folder of this test file's own. Gone after the file. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'goodgraph-export-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The bytes of each file in a folder, as text. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).toSorted();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'latin1')] as const)),
  );
}

/** What a reader's export of a database holds. */
export async function exported(database: TestDatabase, reader: Reader, to?: string): Promise<Record<string, string>> {
  const folder = to ?? join(await aFolder(), 'export');
  await exportTo({ database, to: folder, reader });
  return contentsOf(folder);
}

/** An empty database that an export was brought back into. */
export async function restored(from: string): Promise<TestDatabase> {
  const database = await aDatabase();
  await restoreFrom({ database, from });
  return database;
}

export type Line = Record<string, unknown>;

/** The lines of a file of an export, parsed. */
export const linesOf = (contents: Record<string, string>, type: string): Line[] =>
  Buffer.from(contents[`${type}.ndjson`] ?? '', 'latin1')
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

/** The words of a list that an export holds. */
export const heldOf = (contents: Record<string, string>, words: readonly string[]) =>
  words.filter((word) => Object.values(contents).some((text) => text.includes(word)));

/** The files that two exports do not have alike. */
export const differing = (one: Record<string, string>, other: Record<string, string>) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
