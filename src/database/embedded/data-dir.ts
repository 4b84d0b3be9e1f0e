import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { type Account, canReach } from './account.js';
import { readDescription } from './description.js';
import { EmbeddedError } from './embedded-error.js';

/** What a directory may hold and still count as empty: our own first steps, and what others leave in any directory. */
const HARMLESS = new Set(['locks', 'goodgraph.json.new', 'lost+found', '.gitignore', '.gitkeep', '.DS_Store']);

/**
 * Checks DATA_DIR, makes it where it is absent, and returns its real path. Refuses, before anything is changed, what
 * cannot be written, holds other things, or belongs to a newer GoodGraph or another user.
 */
export function claimDataDir(path: string, account: Account, major: number): string {
  const isForNobody = account.user !== account.caller;
  makeWithParents(resolve(path), isForNobody ? 0o711 : 0o700);
  const dataDir = realpathSync(path);
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  if (readDescription(dataDir, major) === undefined) {
    refuseForeign(dataDir);
    // To pass through a directory that was closed to others (mkdtemp, a strict umask); it still cannot be listed.
    if (isForNobody) chmodSync(dataDir, (statSync(dataDir).mode & 0o777) | 0o011);
  } else {
    refuseOtherOwner(dataDir, account);
  }
  mkdirSync(join(dataDir, 'locks'), { recursive: true, mode: 0o700 });
  return dataDir;
}

/** Node's own way of creating parents never returns below /proc, and hides what a read-only file system answers. */
function makeWithParents(path: string, mode: number): void {
  if (isDirectory(path)) return;
  if (dirname(path) !== path) makeWithParents(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process may have been faster.
    if (!isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function refuseForeign(dataDir: string): void {
  const names = readdirSync(dataDir);
  const foreign = names.filter((name) => !HARMLESS.has(name));
  // It may have been described since we looked: another process is opening the same new directory.
  if (foreign.length === 0 || names.includes('goodgraph.json')) return;
  throw new EmbeddedError(
    'DATA_DIR_FOREIGN',
    `DATA_DIR ${dataDir} holds other things (${foreign.slice(0, 3).join(', ')}) and no goodgraph.json. ` +
      'Set DATA_DIR to an empty or new directory. Nothing was changed.',
  );
}

function refuseOtherOwner(dataDir: string, { caller }: Account): void {
  const { uid } = statSync(join(dataDir, 'goodgraph.json'));
  if (uid === process.getuid?.()) return;
  throw new EmbeddedError(
    'DATA_DIR_OWNER',
    `DATA_DIR ${dataDir} belongs to user id ${uid}, and this is ${caller} (${process.getuid?.()}). ` +
      'Run GoodGraph as its owner, or set DATA_DIR to another directory.',
  );
}

/**
 * Where PostgreSQL's files go: DATA_DIR, or, when root's DATA_DIR lies where `nobody` cannot follow, a new directory of
 * its own below /var/lib (below the temporary folder for a DATA_DIR that is temporary itself).
 */
export function chooseHome(dataDir: string, account: Account): string {
  if (canReach(account, dataDir)) return dataDir;
  const temporary = realpathSync(tmpdir());
  const base = dataDir.startsWith(temporary + sep) ? temporary : '/var/lib';
  const name = `goodgraph-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  for (let attempt = 1; ; attempt += 1) {
    // One that exists may hold the data of a DATA_DIR that was moved or deleted: never reuse it.
    const home = join(base, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      mkdirSync(home);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw unreachable(dataDir, account, `and ${base} cannot be written`);
    }
    chmodSync(home, 0o711);
    if (canReach(account, home)) return home;
    throw unreachable(dataDir, account, `nor ${home}`);
  }
}

/** Says that the account cannot follow to where its files are. */
export function unreachable(directory: string, { user }: Account, and = ''): EmbeddedError {
  return new EmbeddedError(
    'DATA_DIR_UNUSABLE',
    `PostgreSQL, which runs as ${user} when root starts it, cannot reach ${directory}${and && `, ${and}`}. ` +
      'Set DATA_DIR to a directory that every user can pass through, such as /srv/goodgraph.',
  );
}
