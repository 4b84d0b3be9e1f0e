import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, canReach, postgresAccount, runAs } from './account.js';
import { locatePackage, type Package, runnableBinaries } from './binaries.js';
import { initialise, NAME } from './cluster.js';
import { chooseHome, claimDataDir, unreachable } from './data-dir.js';
import { dataPathOf, type Description, readDescription, writeDescription } from './description.js';
import { EmbeddedError, explained } from './embedded-error.js';
import { closeLocks, type ClusterLocks, clusterLocks, type FileLock } from './file-lock.js';
import { launchSupervisor, postmasterArguments, socketDirectory } from './launch.js';
import { answers, findPostmaster, type Postmaster, stopPostmaster } from './postmaster.js';
import type { SupervisorTask } from './supervisor.js';

export { EmbeddedError } from './embedded-error.js';

export interface ClusterAddress {
  /** The directory of the unix socket, which is what PostgreSQL's clients take for a host. */
  host: string;
  port: number;
  user: string;
  database: string;
}

export interface EmbeddedCluster {
  address: ClusterAddress;
  /** Where the data really lies: in DATA_DIR, unless PostgreSQL could not reach it there. */
  dataPath: string;
  /** Lets go of the cluster. The last one to do so stops PostgreSQL; resolves when it is down. */
  release(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  /** There is one server to a DATA_DIR; clients come along or start the cluster themselves. */
  as: 'server' | 'client';
  /** What the operator typed, such as `goodgraph start`: named to whoever meets this process. */
  command: string;
  /** Told about steps that take time or may surprise. */
  log?: (message: string) => void;
}

/** What the steps of opening share. */
interface Opening extends Required<EmbeddedOptions> {
  account: Account;
  npm: Package;
  locks: ClusterLocks;
}

const PATIENCE = 150_000;

/**
 * Opens the cluster in `dataDir`, which is made where it is absent, and starts PostgreSQL unless it runs. PostgreSQL
 * stays up as long as a process that opened it lives and has not released it. Throws an EmbeddedError.
 */
export async function openEmbedded({ log = () => {}, ...options }: EmbeddedOptions): Promise<EmbeddedCluster> {
  const npm = locatePackage();
  const account = postgresAccount();
  try {
    const dataDir = claimDataDir(options.dataDir, account, npm.major);
    const locks = clusterLocks(dataDir);
    try {
      await take(locks.opening, dataDir, log);
      const opening = { ...options, dataDir, log, account, npm, locks };
      const cluster = await openCluster(opening);
      locks.opening.drop();
      return cluster;
    } catch (error) {
      closeLocks(locks);
      throw error;
    }
  } catch (error) {
    throw explained(error, options.dataDir);
  }
}

async function openCluster(opening: Opening): Promise<EmbeddedCluster> {
  const { dataDir, as, command, locks, npm } = opening;
  const found = readDescription(dataDir, npm.major);
  if (as === 'server' && !locks.server.take('exclusive')) throw alreadyServed(dataDir, found);
  await take(locks.clients, dataDir, opening.log, 'shared');
  const description = found ?? describe(opening);
  const dataPath = dataPathOf(dataDir, description);
  const postmaster = await runningPostmaster(opening, description, dataPath);
  writeDescription(dataDir, {
    ...description,
    createdAt: description.createdAt ?? new Date().toISOString(),
    socket: postmaster.socketDir,
    port: postmaster.port,
    user: NAME,
    database: NAME,
    ...(as === 'server' && { server: { pid: process.pid, command } }),
  });
  let released: Promise<void> | undefined;
  return {
    address: { host: postmaster.socketDir, port: postmaster.port, user: NAME, database: NAME },
    dataPath,
    release: () => (released ??= release(locks, dataDir, dataPath)),
  };
}

/** Decides where a new cluster lies, and writes it down before anything is put there. */
function describe({ dataDir, account, npm, log }: Opening): Description {
  const home = chooseHome(dataDir, account);
  if (home !== dataDir) log(`User ${account.user} cannot reach ${dataDir}: PostgreSQL keeps its data in ${home}.`);
  const dataPath = join(home === dataDir ? '' : home, 'postgresql');
  const owner = { uid: account.uid, user: account.user };
  return writeDescription(dataDir, { postgresql: npm.major, dataPath, owner });
}

/** Attaches to the running postmaster, or initialises what is not there yet and has a supervisor start it. */
async function runningPostmaster(opening: Opening, found: Description, dataPath: string): Promise<Postmaster> {
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

async function release(locks: ClusterLocks, dataDir: string, dataPath: string): Promise<void> {
  try {
    await take(locks.opening, dataDir);
    locks.server.drop();
    locks.clients.drop();
    if (locks.clients.take('exclusive')) await stopCluster(locks, dataPath);
  } finally {
    closeLocks(locks);
  }
}

/** Stops the postmaster until its supervisor has seen it: one that was just killed may be starting again. */
async function stopCluster({ supervisor }: ClusterLocks, dataPath: string): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(20)) {
    await stopPostmaster(dataPath);
    if (supervisor.take('exclusive')) return;
  }
  throw new EmbeddedError(
    'STOP_FAILED',
    `The supervisor of the PostgreSQL in ${dataPath} does not end. End it by hand.`,
  );
}

/** Waits for a lock; in good order it is never held longer than a start takes. */
async function take(
  lock: FileLock,
  dataDir: string,
  log: (message: string) => void = () => {},
  mode: 'exclusive' | 'shared' = 'exclusive',
): Promise<void> {
  const start = Date.now();
  for (let isTold = false; !lock.take(mode); await sleep(20)) {
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

function alreadyServed(dataDir: string, found: Description | undefined): EmbeddedError {
  const { pid, command } = found?.server ?? {};
  const who = pid === undefined ? 'another process' : `process ${pid} (${command})`;
  return new EmbeddedError(
    'DATA_DIR_SERVED',
    `DATA_DIR ${dataDir} is already served by ${who}. Stop that one, or set DATA_DIR to another directory.`,
  );
}

function dataMissing(dataDir: string, dataPath: string): EmbeddedError {
  return new EmbeddedError(
    'DATA_DIR_DAMAGED',
    `The data of DATA_DIR ${dataDir} should lie in ${dataPath}, but is not there. ` +
      `Restore it from a backup, or delete ${dataDir} to start with an empty database.`,
  );
}
