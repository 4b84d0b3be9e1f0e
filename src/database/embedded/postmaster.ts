import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from './embedded-error.js';

/** A running postmaster, as its `postmaster.pid` describes it (PostgreSQL's `utils/pidfile.h`). */
export interface Postmaster {
  pid: number;
  socketDir: string;
  port: number;
  isReady: boolean;
}

const pidFile = (dataPath: string) => join(dataPath, 'postmaster.pid');

/** The pid in the pid file: a postmaster that ends in good order takes the file along, one that is killed leaves it. */
export function recordedPid(dataPath: string): number | undefined {
  return pidFileLines(dataPath)?.pid;
}

/** The postmaster that runs on this data; undefined where there is none, or the recorded pid is someone else's by now. */
export function findPostmaster(dataPath: string): Postmaster | undefined {
  const found = pidFileLines(dataPath);
  return found && isPostmasterOf(found.pid, dataPath) ? found : undefined;
}

function pidFileLines(dataPath: string): Postmaster | undefined {
  try {
    const [pid, , , port, socketDir, , , status] = readFileSync(pidFile(dataPath), 'utf8').split('\n');
    if (!(Number(pid) > 1)) return undefined;
    return { pid: Number(pid), socketDir: socketDir ?? '', port: Number(port), isReady: status?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** A zombie has no command line and another program has another one; so neither is taken for the postmaster. */
function isPostmasterOf(pid: number, dataPath: string): boolean {
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    return command.includes(`/postgres -D ${dataPath} `);
  } catch {
    return false;
  }
}

/** True if something listens on the postmaster's socket. */
export function answers({ socketDir, port }: Postmaster): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(join(socketDir, `.s.PGSQL.${port}`));
    const settle = (isListening: boolean) => {
      socket.destroy();
      resolve(isListening);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}

/** Stops the postmaster, if one runs, and waits until it is gone: open transactions are rolled back, commits are kept. */
export async function stopPostmaster(dataPath: string): Promise<void> {
  const running = findPostmaster(dataPath);
  if (running === undefined) return;
  // PostgreSQL's "fast" shutdown; if its last writes take too long, "immediate", which the next start recovers from.
  for (const [signal, patience] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    signalProcess(running.pid, signal);
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(10)) {
      if (findPostmaster(dataPath)?.pid !== running.pid) return;
    }
  }
  throw new EmbeddedError('STOP_FAILED', `PostgreSQL (process ${running.pid}) does not stop. Stop it by hand.`);
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
