import type { Database } from '../database/database.js';
import { explainRow } from './import/explain.js';
import { ImportError } from './import/import-error.js';
import { readMapping } from './import/mapping-file.js';
import { openFile } from './import/open.js';
import { Progress } from './import/progress.js';
import { Rejects } from './import/rejects.js';
import { rowsOf } from './import/rows.js';
import { emptyResult, importRows } from './import/run.js';
import { summary, type Done } from './import/summary.js';
import { report } from './report.js';

export interface ImportFlags {
  map?: string;
  dryRun?: boolean;
  /** The row to explain; `true` for the first one. */
  explain?: true | string;
  rejects?: string;
  json?: boolean;
}

export interface Import {
  database: Database;
  file: string;
  /** The mapping's file. */
  map: string;
  /** Whether all is undone. */
  dryRun?: boolean;
  /** Where rejected rows go; beside the file unless said. */
  rejects?: string;
  log?: (message: string) => void;
}

/** Imports a file, or tells what that would do; the process ends with 1 where rows were rejected. Throws an ImportError. */
export async function importFile(
  { database, file, log }: Pick<Import, 'database' | 'file' | 'log'>,
  { map, json, explain, dryRun, rejects }: ImportFlags,
): Promise<void> {
  if (map === undefined)
    throw new ImportError('Expected a mapping, `--map FILE`. Found: none. The folder examples/mappings holds some.');
  if (explain !== undefined) {
    const opened = await openFile(file, await readMapping(map));
    const { text, ...told } = await explainRow(database.em(), opened, explain === true ? null : explain);
    return report(json, told, text);
  }
  const done = await importInto({ database, file, map, dryRun, rejects, log });
  report(json, done, summary(done));
  if (done.rejected > 0 || done.stopped !== null) process.exitCode = 1;
}

/** Stores what a file says, and tells what became of it. Throws an ImportError where nothing of it can be read. */
export async function importInto({
  database,
  file,
  map,
  dryRun = false,
  rejects: to,
  log = () => undefined,
}: Import): Promise<Done> {
  const { mapping, manner, source, size, told } = await openFile(file, await readMapping(map));
  const { format, delimiter } = source;
  const rejects = new Rejects({ file, to, format, delimiter });
  const progress = new Progress(size, log);
  const result = emptyResult();
  const detected = [...told];
  for (const line of told) log(line);
  let stopped: string | null = null;
  try {
    const rows = rowsOf({
      ...source,
      onHeader: (columns) => rejects.onHeader(columns),
      onBytes: (bytes) => progress.onBytes(bytes),
      onNote: (note) => detected.push(note),
    });
    const onRows = (count: number) => progress.onRows(count);
    await importRows(rows, { em: database.em(), mapping, manner, rejects, isDryRun: dryRun, onRows, result });
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    stopped = error.message;
  } finally {
    progress.end();
    await rejects.close();
  }
  return { file, dryRun, ...result, rejects: rejects.path, detected, stopped, seconds: progress.seconds() };
}
