import type { Database } from '../database/database.js';
import { explainRow } from './import/explain.js';
import { ImportError } from './import/import-error.js';
import { readMapping } from './import/mapping-file.js';
import { openFile, type Opened } from './import/open.js';
import { Progress } from './import/progress.js';
import { Rejects } from './import/rejects.js';
import { rowsOf } from './import/rows.js';
import { emptyResult, importRows } from './import/run.js';
import { summary } from './import/summary.js';
import { report } from './report.js';

export interface ImportFlags {
  map?: string;
  dryRun?: boolean;
  /** The row to explain; `true` for the first one. */
  explain?: true | string;
  rejects?: string;
  json?: boolean;
}

interface Import extends ImportFlags {
  database: Database;
  file: string;
  log: (message: string) => void;
}

/** Imports a file, or tells what that would do; the process ends with 1 where rows were rejected. Throws an ImportError. */
export async function importFile({ database, file, log, map, json, explain, ...flags }: Import): Promise<void> {
  if (map === undefined)
    throw new ImportError('Expected a mapping, `--map FILE`. Found: none. The folder examples/mappings holds some.');
  const opened = await openFile(file, await readMapping(map));
  if (explain === undefined) return store({ database, log, json, ...flags }, opened);
  const { text, ...told } = await explainRow(database.em(), opened, explain === true ? null : explain);
  report(json, told, text);
}

async function store(
  { database, log, json, dryRun = false, rejects: to }: Omit<Import, 'file' | 'map' | 'explain'>,
  { file, mapping, manner, source, size, told }: Opened,
): Promise<void> {
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
  const whole = { file, dryRun, ...result, rejects: rejects.path, detected, stopped, seconds: progress.seconds() };
  report(json, whole, summary(whole));
  if (result.rejected > 0 || stopped !== null) process.exitCode = 1;
}
