import { extname } from 'node:path';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { sampleSize, writingOf } from './detect.js';
import { encodingOf, sizeOf } from './encoding.js';
import { ImportError, shortened } from './import-error.js';
import type { Format } from './mapping.js';
import { columnsIn, type Mapping } from './mapping-file.js';
import type { Manner } from './read-row.js';
import { isOurs } from './rejects.js';
import { delimiterIn, rowsOf, type Row, type RowSource } from './rows.js';

/** A file that can be read: how, and what was found out of it. */
export interface Opened {
  file: string;
  mapping: Mapping;
  manner: Manner;
  source: RowSource;
  /** In bytes. */
  size: number;
  /** What nobody declared, and was detected. */
  told: string[];
}

const endings: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

/** Finds out how a file is to be read, before anything of it is stored. Throws an ImportError. */
export async function openFile(file: string, mapping: Mapping): Promise<Opened> {
  const size = await sizeOf(file);
  const format = formatOf(file, mapping);
  const told: string[] = [];
  const { name: encoding, reason, isBroken } = await encodingOf(file, mapping.encoding);
  if (reason !== null) told.push(`encoding: ${encoding} (detected: ${reason})`);
  const delimiter = await delimiterOf(file, format, encoding, mapping, told);
  const source = { file, format, encoding, delimiter };
  if (isBroken) await tellBroken(source, mapping.encoding !== null);
  const { rows, header } = await sampleOf(source);
  checkColumns(rows, header, mapping, told);
  const writing = writingOf(rows, mapping, told);
  return { file, mapping, manner: { empty: mapping.empty, records: mapping.records, writing }, source, size, told };
}

function formatOf(file: string, mapping: Mapping): Format {
  const format = mapping.format ?? endings[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  const known = Object.keys(endings).join(', ');
  throw new ImportError(`${file}: Expected a name that ends with one of ${known}. Declare \`format\` in the mapping.`);
}

async function delimiterOf(
  file: string,
  format: Format,
  encoding: string,
  mapping: Mapping,
  told: string[],
): Promise<string> {
  if (mapping.delimiter !== null || format !== 'csv') return mapping.delimiter ?? '\t';
  const found = await delimiterIn(file, encoding);
  told.push(
    found === null ? "delimiter: ',' (the header has one column)" : `delimiter: '${found}' (detected: in the header)`,
  );
  return found ?? ',';
}

/** Says in which cell the first bytes stand that are not of the encoding. */
async function tellBroken(source: RowSource, isDeclared: boolean): Promise<never> {
  const why = isDeclared ? 'as the mapping says' : 'as its first bytes say';
  for await (const rows of rowsOf(source))
    for (const row of rows) {
      const cells = typeof row.raw === 'string' ? [row.raw] : row.raw;
      const index = cells.findIndex((cell) => cell.includes('\u{fffd}'));
      if (index === -1) continue;
      const column = typeof row.raw === 'string' ? '' : `, column ${row.columns()[index]}`;
      throw new ImportError(
        `${source.file}: row ${row.number}${column}: Expected ${source.encoding}, ${why}. Found bytes that are not: '${shortened(around(cells[index] ?? ''))}'. Declare the \`encoding\` that it has, such as windows-1252. Nothing was stored.`,
      );
    }
  throw new ImportError(
    `${source.file}: Expected ${source.encoding}, ${why}. Found bytes that are not, in its header or end.`,
  );
}

function around(cell: string): string {
  const at = cell.indexOf('\u{fffd}');
  return cell.slice(Math.max(0, at - 30), at + 30);
}

/** The first rows; a fault in them is left to the import itself, which stores what is whole before it. */
async function sampleOf(source: RowSource): Promise<{ rows: Row[]; header: readonly string[] | null }> {
  const rows: Row[] = [];
  let header: readonly string[] | null = null;
  try {
    for await (const part of rowsOf({ ...source, onHeader: (columns) => (header = columns) })) {
      rows.push(...part);
      if (rows.length >= sampleSize) break;
    }
  } catch (error) {
    if (!(error instanceof ImportError) || (rows.length === 0 && header === null))
      throw error instanceof ImportError
        ? new ImportError(`${source.file}: ${error.message} Nothing was stored.`)
        : error;
  }
  return { rows: rows.slice(0, sampleSize), header };
}

/** Refuses a column that the mapping reads and the file does not have, and tells those that are not read. */
function checkColumns(rows: readonly Row[], header: readonly string[] | null, mapping: Mapping, told: string[]): void {
  const whole = rows.filter(({ fault }) => fault === undefined);
  const columns = header ?? [...new Set(whole.flatMap((row) => row.columns()))];
  const read = columnsIn(mapping);
  const missing = columnsIn(mapping, 1).filter(
    (column) => !columns.includes(column) && !(header === null && whole.some((row) => row.cell(column) !== undefined)),
  );
  if (missing.length > 0 && (header !== null || whole.length > 0)) {
    const lines = missing.map((column) => {
      const [nearest] = suggestionList(column, columns);
      return `'${column}'${nearest === undefined ? '' : ` (did you mean '${nearest}'?)`}`;
    });
    throw new ImportError(
      `${mapping.file}: Expected columns of the file: ${columns.join(', ')}. Found in the mapping: ${lines.join(', ')}.`,
    );
  }
  const roots = new Set(read.flatMap((column) => [column, column.split('.')[0] ?? '']));
  const others = columns.filter((column) => column !== '' && !roots.has(column) && !isOurs(column));
  if (others.length > 0) told.push(`columns that the mapping does not read: ${others.join(', ')}`);
}
