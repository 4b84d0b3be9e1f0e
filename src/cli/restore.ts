import type { Database } from '../database/database.js';
import type { Client } from './bulk/copy.js';
import { foundFolder } from './export/folder.js';
import { ExportError, type Manifest } from './export/manifest.js';
import { shapesFor, type FileShape } from './export/shape.js';
import { report } from './report.js';
import { load } from './restore/load.js';
import { shapesOf, verified } from './restore/verify.js';

interface Restore {
  database: Pick<Database, 'em'>;
  /** The folder of the export. */
  from: string;
  onProgress?: (progress: { file: string; lines: number }) => void;
}

/** Any constant of ours: two that restore wait for each other, and the second finds the records of the first. */
const lock = 7_463_012_005;

/**
 * Brings an export back into an empty database, in one transaction: records, versions and revisions are as they were, and
 * each record is told as new to those who follow changes. Throws an ExportError, and nothing is stored then.
 */
export async function restoreFrom({ database, from, onProgress }: Restore): Promise<Manifest> {
  const folder = await foundFolder(from);
  if (folder === null)
    throw new ExportError(`There is no export at ${from}. Name the folder that \`goodgraph export --to\` made.`);
  const manifest = await verified(folder, from);
  const pool = await database.em().getConnection().getNativeClient();
  const client: Client & { release(destroy: boolean): void } = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock($1)`, [lock]);
    const shapes = await shapesFor(client, 'ADMIN');
    await refuseFull(client, shapes);
    await load({ client, folder, path: from, files: shapesOf(manifest, shapes, from), onProgress });
    await client.query('commit');
    await client.query('vacuum analyze');
    return manifest;
  } finally {
    // With what is not committed.
    client.release(true);
  }
}

/** What is there and what comes would be mixed. */
async function refuseFull(client: Client, shapes: readonly FileShape[]): Promise<void> {
  const counts = shapes.map(({ type, table }) => `select '${type}' as type, count(*)::int as count from ${table}`);
  const { rows } = await client.query<{ type: string; count: number }>(
    `select * from (${counts.join(' union all ')}) c where count > 0 order by type`,
  );
  if (rows.length === 0) return;
  const found = rows.map(({ type, count }) => `${type}: ${number(count)}`).join(', ');
  throw new ExportError(
    `The database is not empty (${found}), and an import mixes nothing. Name an empty one by DATABASE_URL, or a new folder by DATA_DIR, which no server with seeds has started on.`,
  );
}

const number = (value: number) => value.toLocaleString('en');

interface Command {
  database: Pick<Database, 'em'>;
  from: string;
  json: boolean | undefined;
  log: (message: string) => void;
}

/** Restores, and prints how many of each type there are; tells every second on stderr how far it is. */
export async function printRestored({ database, from, json, log }: Command): Promise<void> {
  const started = performance.now();
  let last = '';
  const timer = setInterval(() => log(last || 'the files are compared with the manifest'), 1_000);
  try {
    const { files, readAs } = await restoreFrom({
      database,
      from,
      onProgress: ({ file, lines }) => (last = `${file}: ${number(lines)} lines`),
    });
    const lines = Object.fromEntries(files.map((file) => [file.type, file.lines]));
    const seconds = Math.round(performance.now() - started) / 1_000;
    report(
      json,
      { from, readAs, lines, seconds },
      [...files.map((file) => `${file.type}: ${number(file.lines)}`), `All of ${from} is stored.`].join('\n'),
    );
  } finally {
    clearInterval(timer);
  }
}
