/**
 * The program that keeps one cluster's postmaster: starts or adopts it, restarts it when it is killed, and stops it when
 * the last process that uses it is gone, however that one ended. A process of its own, because whoever is killed with
 * kill -9 cannot clean up after himself. Prints `ready`, or why not.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordsIn } from './embedded-error.js';
import { clusterLocks, isUnused } from './file-lock.js';
import { answers, findPostmaster, recordedPid, stopPostmaster } from './postmaster.js';

/** What the supervisor gets as its only argument, in JSON. */
export interface SupervisorTask {
  dataDir: string;
  dataPath: string;
  socketDir: string;
  /** The program. */
  postgres: string;
  /** Its arguments, which start with `-D`, dataPath. */
  args: string[];
  /** The account it runs under, where that is not the supervisor's own. */
  account: { uid?: number; gid?: number };
}

const task = JSON.parse(process.argv[2] ?? '') as SupervisorTask;
process.title = `goodgraph supervisor ${task.dataDir}`;

// It ends with the last client and not before: a service manager that signals the whole group stops the clients too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const locks = clusterLocks(task.dataDir);
if (!locks.supervisor.take('exclusive')) process.exit(0);
/** The postmaster, if this process started it; one that it adopted is only looked at. */
let child: ChildProcess | undefined;
let end: Promise<unknown> = new Promise(() => {});
try {
  if (!(await adopt())) await start();
  report('ready');
  await keep();
} catch (error) {
  report(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
if (child !== undefined) {
  // It has taken its pid file along and is about to end; or DATA_DIR was deleted under it and it does not know yet.
  await Promise.race([end, sleep(1_000)]);
  if (child.kill('SIGQUIT')) await end;
}
removeSocketDirectory();
process.exit();

/** Tells the process that started us, if it still listens, and the log. */
function report(line: string): void {
  for (const descriptor of [1, 2]) {
    try {
      writeSync(descriptor, `${line}\n`);
    } catch {
      // It is gone.
    }
  }
}

/** PostgreSQL leaves it empty. If it was killed the next start uses it again. */
function removeSocketDirectory(): void {
  try {
    rmdirSync(task.socketDir);
  } catch {
    // Not empty, or gone.
  }
}

/** Takes over a postmaster that outlived its supervisor; false if there is none of use. */
async function adopt(): Promise<boolean> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(20)) {
    const running = findPostmaster(task.dataPath);
    if (running === undefined) return false;
    if (!running.isReady) continue;
    if (await answers(running)) return true;
    break;
  }
  // It hangs, or its socket was deleted.
  await stopPostmaster(task.dataPath);
  return false;
}

async function keep(): Promise<void> {
  for (;;) {
    await Promise.race([sleep(200), end]);
    if (locks.opening.take('exclusive')) {
      if (isUnused(locks)) return stopPostmaster(task.dataPath);
      locks.opening.drop();
    }
    if (isRunning()) continue;
    // One that ended in good order was told to.
    if (recordedPid(task.dataPath) === undefined) return;
    await start();
  }
}

/** Our own child is known without a look at the process table, which on macOS costs a process. */
function isRunning(): boolean {
  const isOurs = child?.exitCode === null && child.signalCode === null;
  return isOurs ? recordedPid(task.dataPath) === child?.pid : findPostmaster(task.dataPath) !== undefined;
}

/** Starts the postmaster. What a killed one leaves behind takes a moment to go: its children, its memory, its pid. */
async function start(): Promise<void> {
  for (const deadline = Date.now() + 10_000; ; await sleep(100)) {
    const refusal = await attempt();
    if (refusal === undefined) return;
    const isPassing = /pre-existing shared memory block|lock file .* already exists/.test(refusal);
    if (!isPassing || Date.now() > deadline) throw new Error(refusal);
  }
}

/** Resolves when the postmaster is ready, or with its last words. */
async function attempt(): Promise<string | undefined> {
  // PostgreSQL will not start while the pid in the file of a killed postmaster exists, even if that is a zombie or another
  // program by now, unless it is its grandparent's (a variable meant for pg_ctl). Its check of the shared memory stays.
  const stale = recordedPid(task.dataPath);
  // Nor while the file is empty, which is what a power cut can leave.
  if (stale === undefined) rmSync(join(task.dataPath, 'postmaster.pid'), { force: true });
  const env = { LC_ALL: 'C', PG_GRANDPARENT_PID: String(stale ?? '') };
  const options = { ...task.account, cwd: task.dataPath, env };
  const started = spawn(task.postgres, task.args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  child = started;
  end = once(started, 'exit').catch(() => {});
  let words = '';
  let hasEnded = false;
  started.stderr.setEncoding('utf8').on('data', (chunk: string) => (words = (words + chunk).slice(-4000)));
  started.once('error', (error) => (words = error.message)).once('close', () => (hasEnded = true));
  for (;;) {
    if (hasEnded) return wordsIn(words) || 'it ended at once';
    const running = findPostmaster(task.dataPath);
    if (running?.isReady && running.pid === started.pid) return undefined;
    await sleep(10);
  }
}
