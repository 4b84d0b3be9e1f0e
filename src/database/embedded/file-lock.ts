import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Keeps taken locks from the garbage collector, which would close their files and so let go of them. */
const held = new Set<FileLock>();

const SQLITE_BUSY = 5;

/**
 * A lock on a file that the kernel drops when its process ends, however it ends: no claim can outlive its claimant.
 *
 * Node has no file locks of its own, but SQLite, which is part of Node, takes them (fcntl); the file stays empty.
 * Never open a lock file by other means: closing it would drop the locks of the whole process on it.
 */
export class FileLock {
  readonly #file: DatabaseSync;

  /** Throws when the file cannot be opened. */
  constructor(path: string) {
    this.#file = new DatabaseSync(path, { timeout: 0 });
  }

  /** Takes the lock if nobody stands in the way, and says whether it did. Never waits. */
  take(mode: 'exclusive' | 'shared'): boolean {
    try {
      // Without the pragma an exclusive lock would leave a journal file behind.
      this.#file.exec('pragma journal_mode = memory');
      this.#file.exec(mode === 'exclusive' ? 'begin exclusive' : 'begin; select 1 from sqlite_schema');
    } catch (error) {
      if (this.#file.isTransaction) this.#file.exec('rollback');
      // The low byte is the error, the rest its variety.
      if (((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY) return false;
      throw error;
    }
    held.add(this);
    return true;
  }

  drop(): void {
    if (held.delete(this)) this.#file.exec('rollback');
  }

  /** Drops the lock and closes its file. */
  close(): void {
    held.delete(this);
    this.#file.close();
  }
}

/** The four locks of a cluster, in `DATA_DIR/locks`. */
export interface ClusterLocks {
  /** Exclusive while somebody opens, initialises, starts or stops the cluster. The others change hands under it only. */
  opening: FileLock;
  /** Exclusive as long as the server lives. */
  server: FileLock;
  /** Shared by every process that uses the cluster, the server included. */
  clients: FileLock;
  /** Exclusive as long as the supervisor lives. */
  supervisor: FileLock;
}

export function clusterLocks(dataDir: string): ClusterLocks {
  const at = (name: string) => new FileLock(join(dataDir, 'locks', name));
  return { opening: at('opening'), server: at('server'), clients: at('clients'), supervisor: at('supervisor') };
}

/** Opening last: who takes it next must find the others as they will be. */
export function closeLocks({ opening, server, clients, supervisor }: ClusterLocks): void {
  for (const lock of [server, clients, supervisor, opening]) lock.close();
}

/** True if no process uses the cluster. To be asked under the opening lock, which keeps new ones away. */
export function isUnused({ clients }: ClusterLocks): boolean {
  const isFree = clients.take('exclusive');
  clients.drop();
  return isFree;
}
