import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Database } from '../database/database.js';
import { accountsIn } from '../subgraphs/directory/account.service.js';
import { isToken } from '../subgraphs/directory/token.service.js';
import type { Client } from './bulk/copy.js';
import { replaceFolder } from './export/folder.js';
import { ExportError, type Manifest } from './export/manifest.js';
import type { Reader } from './export/shape.js';
import { modes, writeExport, type Progress } from './export/write.js';
import { report } from './report.js';

interface Export {
  database: Pick<Database, 'em'>;
  /** The folder that is made, or replaced where an export stands there. */
  to: string;
  reader: Reader;
  onProgress?: (progress: Progress) => void;
}

/** Any constant of ours: only one export of a database is written at a time. */
const lock = 7_463_012_004;

/**
 * Writes what a reader may see at one moment into a folder: the same records give the same bytes. The folder stands there
 * whole, or what was there before does. Throws an ExportError.
 */
export async function exportTo({ database, to, reader, onProgress }: Export): Promise<Manifest> {
  const pool = await database.em().getConnection().getNativeClient();
  const client: Client & { release(destroy: boolean): void } = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await beAlone(client);
    return await replaceFolder(to, modes[reader].folder, (folder) =>
      writeExport({ client, folder, reader, onProgress }),
    );
  } finally {
    // With the transaction, which changed nothing.
    client.release(true);
  }
}

/** Waits a moment: PostgreSQL lets go of what a connection held a little after its program has left. */
async function beAlone(client: Client): Promise<void> {
  await client.query(`set local lock_timeout = '2s'`);
  await client.query('select pg_advisory_xact_lock($1)', [lock]).catch((error: unknown) => {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new ExportError('Another export of this database is being written. Wait until it is there.');
  });
  await client.query('set local lock_timeout = 0');
}

export interface ExportFlags {
  to: string;
  token?: string;
  json?: boolean;
}

interface Command {
  database: Pick<Database, 'em'>;
  flags: ExportFlags;
  log: (message: string) => void;
}

/** Exports, and prints how many of each type there are; tells every second on stderr how far it is. */
export async function printExport({ database, flags: { to, token, json }, log }: Command): Promise<void> {
  const reader = token === undefined ? 'PUBLIC' : await readerOf(database, token, log);
  const started = performance.now();
  let last: Progress | undefined;
  const timer = setInterval(() => last && log(`${last.type}: ${number(last.lines)} lines`), 1_000);
  try {
    const { files } = await exportTo({ database, to, reader, onProgress: (progress) => (last = progress) });
    const lines = Object.fromEntries(files.map((file) => [file.type, file.lines]));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const seconds = Math.round(performance.now() - started) / 1_000;
    const whose = reader === 'ADMIN' ? 'everything, hidden records and addresses too' : 'what everyone may see';
    report(
      json,
      { to, readAs: reader, lines, bytes, seconds },
      [
        ...files.map((file) => `${file.type}: ${number(file.lines)}`),
        `${to} holds ${whose}: ${number(bytes)} bytes.`,
      ].join('\n'),
    );
  } finally {
    clearInterval(timer);
  }
}

const number = (value: number) => value.toLocaleString('en');

/** Whoever holds an admin's token reads everything. Throws an ExportError for any other. */
async function readerOf({ em }: Pick<Database, 'em'>, file: string, log: (message: string) => void): Promise<Reader> {
  const given = (await tokenIn(file)).trim();
  const where = file === '-' ? 'What came in on stdin' : `What stands in ${file}`;
  if (!isToken(given)) throw new ExportError(`${where} is no token: those begin with gg_ and have 67 characters.`);
  const accounts = accountsIn(em(), log);
  const found = await accounts.signIn({ token: given }, new AbortController().signal);
  await accounts.settled();
  if ('refused' in found) throw new ExportError(`${where} lets nobody in: ${refusals[found.refused]}`);
  if (found.viewer.role !== 'ADMIN')
    throw new ExportError(
      `${where} is the token of ${holders[found.viewer.role]}; only an admin's exports everything. Leave --token out for what everyone may see.`,
    );
  return 'ADMIN';
}

const holders = {
  PARTNER: 'an editor',
  REVIEWER: 'a reviewer',
  SERVICE: 'a service',
  ANONYMOUS: 'nobody',
};

const refusals = {
  UNKNOWN: 'no such token was made here. `goodgraph token list` tells those that were.',
  EXPIRED: 'its time is over. Make another: goodgraph token create --role admin',
  REVOKED: 'it was revoked. Make another: goodgraph token create --role admin',
};

async function tokenIn(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  return readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'this user may not read it' }[
      code
    ];
    if (reason === undefined) throw error;
    throw new ExportError(`--token ${file}: ${reason}. Name a file that holds the token, or - for stdin.`);
  });
}
