import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  lstatSync,
  mkdtempSync,
  openSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Account, canReach } from './account.js';
import { EmbeddedError } from './embedded-error.js';
import type { SupervisorTask } from './supervisor.js';

const PORT = 5432;
/** What the socket's address holds on macOS; Linux takes four bytes more. */
const SOCKET_PATH_BYTES = 103;
const START_PATIENCE = 120_000;

/** The postmaster's arguments: what an operator must not change in postgresql.conf. */
export function postmasterArguments(dataPath: string, home: string, socketDir: string, account: Account): string[] {
  const options = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    port: String(PORT),
    ...accessFiles(home, account),
  };
  return ['-D', dataPath, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * Lets in the processes of the caller and of root, whoever can see the socket: PostgreSQL asks the kernel who is at the
 * other end ("peer"). The rights of the socket's directory alone would not do: when root calls, it belongs to `nobody`,
 * whom other services run as too. For the same reason these files lie beside the data and not in it.
 */
function accessFiles(home: string, { caller }: Account): { hba_file: string; ident_file: string } {
  const write = (name: string, text: string) => {
    const path = join(home, name);
    writeFileSync(path, text);
    chmodSync(path, 0o644);
    return path;
  };
  return {
    hba_file: write('pg_hba.conf', 'local all all peer map=goodgraph\n'),
    ident_file: write(
      'pg_ident.conf',
      [...new Set([caller, 'root'])].map((user) => `goodgraph "${user}" all\n`).join(''),
    ),
  };
}

/**
 * A directory for the socket: the one a killed postmaster left behind, else a new one. In the temporary folder, because
 * socket paths are short; with a random name, because a known one could be taken by another user first.
 */
export function socketDirectory(account: Account, previous: string | undefined): string {
  if (previous !== undefined && isPrivate(previous, account)) return previous;
  const folder = [tmpdir(), '/tmp'].find((name) => holdsSocket(name) && canReach(account, name)) ?? '/tmp';
  const directory = mkdtempSync(join(realpathSync(folder), 'goodgraph-'));
  chownSync(directory, account.uid, account.gid);
  return directory;
}

function holdsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, 'goodgraph-XXXXXX', `.s.PGSQL.${PORT}`)) <= SOCKET_PATH_BYTES;
}

function isPrivate(directory: string, { uid }: Account): boolean {
  const found = lstatSync(directory, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === uid && (found.mode & 0o777) === 0o700;
}

/** Under vitest the sources are TypeScript that import './x.js'. Node strips the types; this finds the files. */
const SOURCE_HOOK = `data:text/javascript,import { registerHooks } from 'node:module';
registerHooks({ resolve: (id, context, next) => next(id.startsWith('.') ? id.replace(/[.]js$/, '.ts') : id, context) });`;

/** Starts the supervisor and resolves when its postmaster is ready. */
export function launchSupervisor(task: SupervisorTask): Promise<void> {
  const self = fileURLToPath(import.meta.url);
  const file = fileURLToPath(new URL(`./supervisor${extname(self)}`, import.meta.url));
  const hook = extname(self) === '.ts' ? ['--import', SOURCE_HOOK] : [];
  const log = openSync(join(task.dataDir, 'supervisor.log'), 'w', 0o600);
  // An empty environment: what is meant for us (NODE_OPTIONS, secrets) is not meant for a process that outlives us.
  const child = spawn(process.execPath, [...hook, file, JSON.stringify(task)], {
    cwd: '/',
    detached: true,
    env: {},
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  // Node's types know no pipe beside a file descriptor.
  const stdout = child.stdout as Readable;
  return new Promise((resolve, reject) => {
    let words = '';
    const timer = setTimeout(() => settle('it takes too long'), START_PATIENCE);
    const settle = (failure?: string) => {
      clearTimeout(timer);
      stdout.destroy();
      child.unref();
      if (failure === undefined) return resolve();
      const where = `The log is in ${join(task.dataPath, 'log')} and ${join(task.dataDir, 'supervisor.log')}`;
      reject(new EmbeddedError('START_FAILED', `The embedded PostgreSQL did not start: ${failure}. ${where}.`));
    };
    child.once('error', (error) => settle(error.message));
    stdout.setEncoding('utf8').on('data', (chunk: string) => {
      words += chunk;
      if (words === 'ready\n') settle();
    });
    stdout.once('end', () => settle(words.trim() || 'its supervisor died'));
  });
}
