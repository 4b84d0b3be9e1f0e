import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Account, runAs } from './account.js';
import { EmbeddedError, wordsIn } from './embedded-error.js';

/** The name of both the database and its superuser. */
export const NAME = 'goodgraph';

/** Goes into postgresql.conf, where an operator may change it. */
const SETTINGS = {
  shared_buffers: '64MB',
  max_connections: '100',
  jit: 'off',
  // Nobody replicates from here, and asynchronous readers would cost three more processes.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A file per weekday, emptied when its day comes again.
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1d',
  log_truncate_on_rotation: 'on',
};

/** macOS has no C.UTF-8 of its own; what PostgreSQL sorts and compares by is built in and the same everywhere. */
const LOCALE =
  process.platform === 'darwin' ? ['--locale=C', '--lc-ctype=UTF-8', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8'];

/** Makes a cluster with our database in it. It is made aside and renamed: `dataPath` is complete or absent. */
export async function initialise(binaries: string, dataPath: string, account: Account): Promise<void> {
  const home = dirname(dataPath);
  await removeLeftovers(home);
  // A new name each time: the initdb of an opener that was killed may still be writing to its own.
  const aside = await mkdtemp(join(home, 'initdb-'));
  try {
    await chown(aside, account.uid, account.gid);
    await chmod(aside, 0o700);
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    const flags = [`--username=${NAME}`, '--auth=peer', '--encoding=UTF8', '--locale-provider=builtin', ...LOCALE];
    const initdb = (...args: string[]) => program(join(binaries, 'initdb'), ['-D', aside, ...args], account);
    // Written to the disk once, when all is there, and not at every step.
    await initdb('--no-sync', ...flags, ...settings);
    const single = ['--single', '-F', '-D', aside, '-c', 'exit_on_error=on', '-c', 'log_min_messages=fatal'];
    await program(join(binaries, 'postgres'), [...single, 'template1'], account, `create database ${NAME}\n`);
    await initdb('--sync-only');
    await rename(aside, dataPath);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

async function removeLeftovers(home: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => name.startsWith('initdb-'));
  const remove = (name: string) => rm(join(home, name), { recursive: true, force: true, maxRetries: 3 });
  await Promise.allSettled(names.map(remove));
}

function program(file: string, args: string[], account: Account, input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { ...runAs(account), cwd: '/', env: { LC_ALL: 'C' } };
    const child = execFile(file, args, options, (error, _, stderr) => {
      if (!error) return resolve();
      const reason = wordsIn(stderr || error.message);
      const remedy = 'Mend that and start again: nothing half made was kept.';
      reject(new EmbeddedError('INIT_FAILED', `The embedded PostgreSQL could not be set up: ${reason}. ${remedy}`));
    });
    // A program that failed at once has closed its input; its exit says more.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
