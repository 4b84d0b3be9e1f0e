import { mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ExportError, manifestFile } from './manifest.js';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What an operator can mend, by the code of the operating system. */
const faults: Record<string, string> = {
  EACCES: 'this user may not write there. Give it permission, or name another folder.',
  EPERM: 'this user may not write there. Give it permission, or name another folder.',
  EROFS: 'nothing can be written there: it is read-only. Name another folder.',
  ENOSPC: 'the disk is full. Make room, or name a folder elsewhere.',
  EDQUOT: "this user's share of the disk is used up. Make room, or name a folder elsewhere.",
  EFBIG: 'a file may not become as large as it would. Raise the limit, or name a folder elsewhere.',
  ENOTEMPTY:
    'beside it stands something else under the name that the old export takes for a moment (.replaced). Move it away.',
  EIO: 'the disk does not take it. Look at it, or name a folder elsewhere.',
};

/** Where a process writes a new one: beside the old one, which stays as it is until the new one is whole. */
const partialOf = (path: string, pid: number | string) => `${path}.partial-${pid}`;
/** Where the old one is between the two renames that put the new one into its place. */
const replacedOf = (path: string) => `${path}.replaced`;

/**
 * The folder that an export is read from. Where a run was killed between its two renames, that is the one before, which
 * stands beside its place; the next export puts it back. Null where there is neither.
 */
export async function foundFolder(path: string): Promise<string | null> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
      throw error;
    },
  );
  if (isFolder !== undefined) return isFolder ? path : null;
  const replaced = replacedOf(resolve(path));
  return isExport(await namesIn(replaced)) ? replaced : null;
}

/** Nothing that an export would not hold is moved or removed, whatever its folder is called. */
const isExport = (names: readonly string[] | null): boolean =>
  names !== null && names.includes(manifestFile) && names.every(isOurs);
const isOurs = (name: string): boolean => name === manifestFile || /^[A-Za-z]+\.ndjson$/.test(name);

/** What lies there, without its order; null where nothing does. Throws an ExportError where it is no folder. */
async function namesIn(path: string): Promise<string[] | null> {
  return readdir(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    if (codeOf(error) === 'ENOTDIR')
      throw new ExportError(`${path} is a file. Name a folder: the export is one, and is made where there is none.`);
    throw error;
  });
}

/**
 * Fills a folder with what `fill` writes into the one that it is given, and puts that into the place of what an export left
 * there before. Killed at any moment it leaves the old one whole; one caller at a time. Throws an ExportError.
 */
export async function replaceFolder<Result>(
  to: string,
  mode: number,
  fill: (folder: string) => Promise<Result>,
): Promise<Result> {
  // What a link leads to is replaced, and not the link.
  const path = await realpath(to).catch(() => resolve(to));
  const partial = partialOf(path, process.pid);
  try {
    await settle(path);
    await mkdir(partial, { mode });
    const result = await fill(partial);
    await flush(partial);
    await exchange(partial, path);
    return result;
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    const advice =
      codeOf(error) === 'ENOENT' ? `there is no folder ${dirname(path)}. Make it first.` : faults[codeOf(error)];
    if (advice === undefined) throw error;
    throw new ExportError(`Nothing was exported to ${to}: ${advice} What was there before is as it was.`);
  }
}

/** Finishes what a run left that was killed, and looks whether the place may be taken. */
async function settle(path: string): Promise<void> {
  const beside = (await namesIn(dirname(path))) ?? [];
  const replaced = replacedOf(path);
  let names = await namesIn(path);
  if (names === null && isExport(await namesIn(replaced))) {
    await rename(replaced, path);
    names = await namesIn(path);
  }
  if (names !== null && names.length > 0 && !names.includes(manifestFile))
    throw new ExportError(
      `${path} holds other things than an export (${names.toSorted().slice(0, 3).join(', ')}), and is left as it is. Name another folder.`,
    );
  for (const name of beside.filter((each) => isLeftBehind(each, basename(path))))
    await removeExport(join(dirname(path), name));
}

/** Whether it is of a run that ended: another one may be writing at this moment. */
function isLeftBehind(name: string, of: string): boolean {
  if (name === replacedOf(of)) return true;
  const pid = name.startsWith(partialOf(of, '')) ? Number(name.slice(partialOf(of, '').length)) : Number.NaN;
  if (!Number.isInteger(pid)) return false;
  try {
    return process.kill(pid, 0) && pid === process.pid;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

async function removeExport(folder: string): Promise<void> {
  if ((await namesIn(folder))?.every(isOurs)) await rm(folder, { recursive: true, force: true });
}

/** The old one steps aside, and goes when the new one stands in its place. Node has no exchange in one step. */
async function exchange(partial: string, path: string): Promise<void> {
  const replaced = replacedOf(path);
  const isThere = (await namesIn(path)) !== null;
  if (isThere) await rename(path, replaced);
  await rename(partial, path);
  await flush(dirname(path));
  if (isThere) await rm(replaced, { recursive: true, force: true });
}

/** Brings the names in a folder to the disk. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    // Not every file system takes this of a folder.
    await handle.sync().catch((error: unknown) => {
      if (!['EINVAL', 'ENOTSUP', 'EPERM'].includes(codeOf(error))) throw error;
    });
  } finally {
    await handle.close();
  }
}
