import { join } from 'node:path';
import { postgresAccount } from './account.js';
import { locatePackage } from './binaries.js';
import { NAME } from './cluster.js';
import { chooseHome, claimDataDir } from './data-dir.js';
import { dataPathOf, type Description, readDescription, writeDescription } from './description.js';
import { EmbeddedError, explained } from './embedded-error.js';
import { closeLocks, type ClusterLocks, clusterLocks, isUnused } from './file-lock.js';
import { type Opening, runningPostmaster, stopCluster, waitFor } from './running.js';

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
      await waitFor(locks.opening, dataDir, log);
      const cluster = await openCluster({ dataDir, log, account, npm, locks }, options);
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

async function openCluster(opening: Opening, { as, command }: EmbeddedOptions): Promise<EmbeddedCluster> {
  const { dataDir, locks, npm } = opening;
  const found = readDescription(dataDir, npm.major);
  if (as === 'server' && !locks.server.take('exclusive')) throw alreadyServed(dataDir, found);
  // Nobody asks for it exclusively but under the opening lock, which is ours.
  locks.clients.take('shared');
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

async function release(locks: ClusterLocks, dataDir: string, dataPath: string): Promise<void> {
  try {
    await waitFor(locks.opening, dataDir);
    locks.server.drop();
    locks.clients.drop();
    if (isUnused(locks)) await stopCluster(locks, dataPath);
  } finally {
    closeLocks(locks);
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
