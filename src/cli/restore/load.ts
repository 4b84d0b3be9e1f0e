import { join } from 'node:path';
import { copyIn, lineOf, type Client } from '../bulk/copy.js';
import { prepareTables, type Tables } from '../bulk/tables.js';
import type { Entry } from '../export/manifest.js';
import type { FileShape } from '../export/shape.js';
import { tellChanges } from './changes.js';
import { linesIn } from './lines.js';
import { reader } from './rows.js';
import { mostFaults, refuse } from './verify.js';

/** Lines and characters of text that are written at once: few enough to hold in memory. */
const batchSize = { lines: 2_000, length: 4_000_000 };

/**
 * What is restored is as it was: no trigger counts a version, writes a revision, opens a draft or moves a person's name
 * meanwhile. Those that keep what is searched and the paths of themes work.
 */
const rests = (trigger: string): boolean => !/^keep_(search|path)/.test(trigger);

interface Load {
  client: Client;
  folder: string;
  /** The folder as the caller named it. */
  path: string;
  files: ReadonlyMap<Entry, FileShape>;
  onProgress?: ((progress: { file: string; lines: number }) => void) | undefined;
}

/** Writes all lines of an export into empty tables, within the caller's transaction. Throws an ExportError. */
export async function load(given: Load): Promise<void> {
  const { client, files } = given;
  const tables = await prepareTables(client, rests);
  const faults: string[] = [];
  for (const [entry, shape] of files) await loadFile(given, tables, entry, shape, faults);
  if (faults.length > 0) refuse(given.path, faults);
  // A theme may have come before the one that is broader.
  await client.query(`update theme set path = ''`);
  await tables.rebuild(() => undefined).catch((error: unknown) => refuseKey(given, error));
  await checkClaims(given);
  await tellChanges(client, [...files.values()]);
  await continueCounting(client, files.values());
}

interface Sheet {
  lines: string[];
  /** Where each of them stands in the file. */
  numbers: number[];
}

async function loadFile(given: Load, tables: Tables, entry: Entry, shape: FileShape, faults: string[]): Promise<void> {
  const { folder, onProgress } = given;
  const { file, fields } = entry;
  const read = reader(shape, Object.keys(fields));
  let sheets = new Map<string, Sheet>();
  let waiting = { lines: 0, length: 0 };
  let number = 0;
  const write = async () => {
    for (const [table, sheet] of sheets) await writeSheet(given, tables, file, table, sheet);
    sheets = new Map();
    waiting = { lines: 0, length: 0 };
    onProgress?.({ file, lines: number });
  };
  const put = (table: string, row: Record<string, unknown>) => {
    const sheet = sheets.get(table) ?? { lines: [], numbers: [] };
    sheets.set(table, sheet);
    sheet.lines.push(lineOf(tables.sheet(table, row), row));
    sheet.numbers.push(number);
  };
  const tell = (field: string, reason: string) =>
    void faults.push(`${file}:${number}${field && ` ${field}`}: ${reason}.`);
  for await (const lines of linesIn(join(folder, file)))
    for (const line of lines) {
      number += 1;
      read(line, put, tell);
      waiting.lines += 1;
      waiting.length += line.length;
      if (faults.length > mostFaults) return;
      if (faults.length === 0 && (waiting.lines >= batchSize.lines || waiting.length >= batchSize.length))
        await write();
    }
  if (faults.length === 0) await write();
}

/** What PostgreSQL tells beside its message. */
interface Told {
  message: string;
  code?: string;
  detail?: string;
  where?: string;
}

/** SQLSTATE classes 22 and 23: a value that its column cannot hold, or that stands against a constraint. */
const isOfData = (error: unknown): error is Told =>
  error instanceof Error && 'code' in error && /^2[23]...$/.test(String(error.code));

async function writeSheet(
  { client, path }: Load,
  tables: Tables,
  file: string,
  table: string,
  sheet: Sheet,
): Promise<void> {
  await copyIn(client, tables.copy(table), Buffer.from(sheet.lines.join(''))).catch((error: unknown) => {
    if (!isOfData(error)) throw error;
    const place = Number(/ line (\d+)/.exec(error.where ?? '')?.[1] ?? 1);
    refuse(path, [`${file}:${sheet.numbers[place - 1] ?? 1}: ${error.message}.`]);
  });
}

/** A key that names nothing, or a value that two records have, comes to light when keys are made again: the lines are looked for. */
async function refuseKey({ folder, path, files }: Load, error: unknown): Promise<never> {
  if (!isOfData(error)) throw error;
  const detail = error.detail ?? error.message;
  const values = (/=\((.*)\) (?:is|already)/.exec(detail)?.[1] ?? '').split(', ').map((value) => JSON.stringify(value));
  const places: string[] = [];
  for (const { file } of files.keys()) {
    let number = 0;
    for await (const lines of linesIn(join(folder, file)))
      for (const line of lines) {
        number += 1;
        if (places.length < 3 && values.every((value) => line.includes(value) || line.includes(value.slice(1, -1))))
          places.push(`${file}:${number}`);
      }
  }
  return refuse(path, [`${places.join(', ')}: ${detail}`]);
}

/** What is claimed of a record is shown with it: one of none would never be seen again. */
async function checkClaims({ client, path }: Load): Promise<void> {
  const { rows } = await client.query<{ id: string; record: string }>(
    `select id, record_id as record from claim where not goodgraph_record_visible(record_id) order by id limit ${mostFaults}`,
  );
  if (rows.length > 0)
    refuse(
      path,
      rows.map(({ id, record }) => `Claim.ndjson ${id}: recordId ${record} names no record of this export.`),
    );
}

/** The next row that is numbered comes after those that were restored. */
async function continueCounting(client: Client, shapes: Iterable<FileShape>): Promise<void> {
  for (const { table } of shapes) {
    const { rows } = await client.query<{ name: string; column: string }>(
      `select pg_get_serial_sequence($1, attname) as name, quote_ident(attname) as column from pg_attribute
        where attrelid = $1::regclass and attidentity <> ''`,
      [table],
    );
    for (const { name, column } of rows)
      await client.query(`select setval($1, greatest((select max(${column}) from ${table}), nextval($1)))`, [name]);
  }
}
