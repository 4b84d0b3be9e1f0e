import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, canReach, runAs } from './account.js';
import { type Package, runnableBinaries } from './binaries.js';
import { initialise } from './cluster.js';
import { unreachable } from './data-dir.js';
import { type Description, writeDescription } from './description.js';
import { EmbeddedError } from './embedded-error.js';
import type { ClusterLocks, FileLock } from './file-lock.js';
import { launchSupervisor, postmasterArguments, socketDirectory } from './launch.js';
import { answers, findPostmaster, type Postmaster, stopPostmaster } from './postmaster.js';
import type { SupervisorTask } from './supervisor.js';

/** How long to wait for other processes, in ms: more than a start may take. */
const PATIENCE = 150_000;

/** What the steps of opening share. */
export interface Opening {
  dataDir: string;
  log: (message: string) => void;
  account: Account;
  npm: Package;
  locks: ClusterLocks;
}

/** Attaches to the running postmaster, or initialises what is not there yet and has a supervisor start it. */
export async function runningPostmaster(opening: Opening, found: Description, dataPath: string): Promise<Postmaster> {
  const { locks } = opening;
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(20)) {
    if (locks.supervisor.take('exclusive')) {
      locks.supervisor.drop();
      await launchSupervisor(await prepare(opening, found, dataPath));
    }
    const running = findPostmaster(dataPath);
    if (running?.isReady && (await answers(running))) return running;
  }
  const { dataDir } = opening;
  throw new EmbeddedError(
    'START_FAILED',
    `The embedded PostgreSQL of ${dataDir} is kept by another process but does not answer. ` +
      `See ${join(dataDir, 'supervisor.log')}, and end that process if it hangs.`,
  );
}

async function prepare(opening: Opening, found: Description, dataPath: string): Promise<SupervisorTask> {
  const { dataDir, account, npm, log } = opening;
  const home = dirname(dataPath);
  if (!canReach(account, home)) throw unreachable(home, account);
  const binaries = await runnableBinaries(npm, account, home);
  if (!existsSync(join(dataPath, 'PG_VERSION'))) {
    if (found.createdAt !== undefined) throw dataMissing(dataDir, dataPath);
    log(`Setting up PostgreSQL ${npm.major} in ${dataPath}.`);
    await initialise(binaries, dataPath, account);
  }
  const socketDir = socketDirectory(account, found.socket);
  // Written down before it is used: should the start be killed, the next one finds it.
  writeDescription(dataDir, { ...found, socket: socketDir });
  const args = postmasterArguments(dataPath, home, socketDir, account);
  return { dataDir, dataPath, socketDir, postgres: join(binaries, 'postgres'), args, account: runAs(account) };
}

function dataMissing(dataDir: string, dataPath: string): EmbeddedError {
  return new EmbeddedError(
    'DATA_DIR_DAMAGED',
    `The data of DATA_DIR ${dataDir} should lie in ${dataPath}, but is not there. ` +
      `Restore it from a backup, or delete ${dataDir} to start with an empty database.`,
  );
}

/** Stops the postmaster until its supervisor has seen it: one that was just killed may be starting again. */
export async function stopCluster({ supervisor }: ClusterLocks, dataPath: string): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(20)) {
    await stopPostmaster(dataPath);
    if (supervisor.take('exclusive')) return;
  }
  throw new EmbeddedError(
    'STOP_FAILED',
    `The supervisor of the PostgreSQL in ${dataPath} does not end. End it by hand.`,
  );
}

/** Takes the lock exclusively, after a wait where need be; in good order nobody holds it longer than a start takes. */
export async function waitFor(
  lock: FileLock,
  dataDir: string,
  log: (message: string) => void = () => {},
): Promise<void> {
  const start = Date.now();
  for (let isTold = false; !lock.take('exclusive'); await sleep(20)) {
    if (Date.now() - start > PATIENCE) {
      throw new EmbeddedError(
        'DATA_DIR_BUSY',
        `Another process has been opening DATA_DIR ${dataDir} for ${PATIENCE / 1000} s. End it and start again.`,
      );
    }
    if (isTold || Date.now() - start < 3_000) continue;
    log(`Waiting for another process that is opening ${dataDir}.`);
    isTold = true;
  }
}
