import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedError } from './embedded-error.js';

const FORMAT = 1;

/** `DATA_DIR/goodgraph.json`: tells operators and other processes what lies here. */
export interface Description {
  /** Layout of DATA_DIR; a higher one than ours was written by a later GoodGraph. */
  format: typeof FORMAT;
  /** PostgreSQL's major version. */
  postgresql: number;
  /** Where the data really lies, relative to DATA_DIR where it is inside, so that DATA_DIR can be moved. */
  dataPath: string;
  /** The account that PostgreSQL runs under. */
  owner: { uid: number; user: string };
  /** ISO time of the first start; absent until the database is complete. */
  createdAt?: string;
  /** The directory of the socket when the cluster was last opened. */
  socket?: string;
  port?: number;
  user?: string;
  database?: string;
  /** The latest server. It need not be alive: its claim is the lock, not this entry. */
  server?: { pid: number; command: string };
}

const fileIn = (dataDir: string) => join(dataDir, 'goodgraph.json');

/** Undefined where there is none; throws an EmbeddedError for one that this version must not touch. */
export function readDescription(dataDir: string, major: number): Description | undefined {
  let text: string;
  try {
    text = readFileSync(fileIn(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const found = parse(text);
  const { format = 0, postgresql = 0 } = found ?? {};
  if (format > FORMAT) throw newer(dataDir, `format ${format}, and this one knows ${FORMAT}`);
  if (!isComplete(found)) {
    throw new EmbeddedError(
      'DATA_DIR_DAMAGED',
      `${fileIn(dataDir)} is damaged. Restore it from a backup, or set DATA_DIR to another directory.`,
    );
  }
  if (postgresql > major) throw newer(dataDir, `PostgreSQL ${postgresql}, and this one has ${major}`);
  if (postgresql === major) return found;
  throw new EmbeddedError(
    'DATA_DIR_VERSION',
    `DATA_DIR ${dataDir} holds data of PostgreSQL ${postgresql}, and this GoodGraph has ${major}. Export it with the ` +
      'GoodGraph that wrote it and import it into a new DATA_DIR. Nothing was changed.',
  );
}

function parse(text: string): Partial<Description> | null {
  try {
    return JSON.parse(text) as Partial<Description> | null;
  } catch {
    return null;
  }
}

function isComplete(found: Partial<Description> | null): found is Description {
  return found?.format === FORMAT && typeof found.postgresql === 'number' && typeof found.dataPath === 'string';
}

function newer(dataDir: string, what: string): EmbeddedError {
  return new EmbeddedError(
    'DATA_DIR_VERSION',
    `DATA_DIR ${dataDir} was written by a newer GoodGraph (${what}). ` +
      'Update GoodGraph, or set DATA_DIR to another directory. Nothing was changed.',
  );
}

/** Replaces the description at once, so that no reader meets half of it. */
export function writeDescription(dataDir: string, content: Omit<Description, 'format'>): Description {
  const description: Description = { format: FORMAT, ...content };
  const aside = `${fileIn(dataDir)}.new`;
  writeFileSync(aside, `${JSON.stringify(description, null, 2)}\n`, { flush: true });
  renameSync(aside, fileIn(dataDir));
  return description;
}

/** The absolute path of the data. */
export function dataPathOf(dataDir: string, description: Pick<Description, 'dataPath'>): string {
  return resolve(dataDir, description.dataPath);
}
