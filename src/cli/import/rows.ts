import { delimiterOf, TableReader, type TableRow } from './csv.js';
import { textOf } from './encoding.js';
import { ImportError, shortened, type Fault } from './import-error.js';
import { JsonItems, parseItem, type Item } from './json-items.js';
import type { Format } from './mapping.js';
import { parseYamlItem, YamlItems } from './yaml-items.js';

export interface Row {
  /** As a Fault counts. */
  number: number;
  /** The cell of a column, in lists also by a path such as `address.city`; undefined where there is none. */
  cell(column: string): unknown;
  /** The columns that it has. */
  columns(): readonly string[];
  /** As it stands in the file: the cells of a table, or an item's text. */
  raw: readonly string[] | string;
  /** What keeps it from being read at all. */
  fault?: Fault;
}

export interface RowSource {
  file: string;
  format: Format;
  encoding: string;
  delimiter: string;
  onBytes?: (read: number) => void;
  /** Told once, of a table: the names of its columns. */
  onHeader?: (columns: readonly string[]) => void;
  /** Told what a reader should know, such as that the last row has no end. */
  onNote?: (note: string) => void;
}

/** The rows of a file, as many at once as were read at once. Throws an ImportError where it cannot be read on. */
export async function* rowsOf(source: RowSource): AsyncGenerator<Row[]> {
  if (source.format === 'csv' || source.format === 'tsv') yield* tableRows(source);
  else yield* itemRows(source);
}

async function* tableRows({ delimiter, ...source }: RowSource): AsyncGenerator<Row[]> {
  const reader = new TableReader(delimiter);
  let header: Header | null = null;
  for await (const { part, isLast } of partsOf(source)) {
    const rows: Row[] = [];
    for (const row of reader.read(part, isLast)) {
      if (header === null) {
        header = headerOf(row);
        source.onHeader?.(header.names);
      } else rows.push(tableRow(row, header));
    }
    if (rows.length > 0) yield rows;
  }
  if (header === null) throw new ImportError('Expected a header and rows. Found: no row at all.');
  if (!reader.isWhole)
    source.onNote?.('The last row has no line end: the file may be cut off. Look whether that row is whole.');
}

interface Header {
  names: readonly string[];
  index: ReadonlyMap<string, number>;
}

function headerOf({ cells, fault }: TableRow): Header {
  if (fault) throw new ImportError(`At row 1: ${fault.expected} Found: '${shortened(fault.found)}'.`);
  const names = cells.map((name) => name.trim().normalize('NFC'));
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new ImportError(
      `At row 1: Expected each column once. Found: '${shortened(twice)}' twice. Rename one of them.`,
    );
  return { names, index: new Map(names.map((name, index) => [name, index])) };
}

function tableRow({ number, cells, fault }: TableRow, { names, index }: Header): Row {
  const made = {
    number,
    raw: cells,
    columns: () => names,
    cell: (column: string) => cells[index.get(column) ?? -1],
  };
  if (fault) {
    const { cell, expected, found } = fault;
    return { ...made, fault: { row: number, column: names[cell] ?? `${cell + 1}`, expected, found: shortened(found) } };
  }
  const more = cells.length > names.length && cells.slice(names.length).some((cell) => cell !== '');
  if (!more && cells.length >= names.length) return made;
  const column = more ? `after ${names.at(-1)}` : (names[cells.length] ?? '');
  const expected = `${names.length} cells, as the header has.`;
  return {
    ...made,
    fault: { row: number, column, expected, found: `${cells.length} cells: ${shortened(cells.at(-1))}` },
  };
}

async function* itemRows({ format, ...source }: RowSource): AsyncGenerator<Row[]> {
  const reader = { json: () => new JsonItems(), ndjson: () => new Lines(), yaml: () => new YamlItems() }[
    format as 'json' | 'ndjson' | 'yaml'
  ]();
  const parse = format === 'yaml' ? parseYamlItem : parseItem;
  for await (const { part, isLast } of partsOf(source)) {
    const rows = Array.from(reader.read(part, isLast), (item) => itemRow(item, parse));
    if (rows.length > 0) yield rows;
  }
}

function itemRow({ number, text }: Item, parse: (text: string) => unknown): Row {
  const row = { number, raw: text, columns: (): readonly string[] => [], cell: (): unknown => undefined };
  const faulty = (expected: string, found: string) => ({ ...row, fault: { row: number, column: '', expected, found } });
  try {
    const value = parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return faulty('An object with named values.', shortened(text));
    return { ...row, columns: () => Object.keys(value), cell: (column) => valueAt(value, column) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return faulty(`An item that can be read: ${shortened(error.message)}.`, shortened(text));
  }
}

/** The value of a key, or at a path of keys. */
export function valueAt(value: unknown, path: string): unknown {
  const of = (object: unknown, key: string) =>
    typeof object === 'object' && object !== null && Object.hasOwn(object, key)
      ? (object as Record<string, unknown>)[key]
      : undefined;
  return of(value, path) ?? path.split('.').reduce(of, value);
}

/** The lines of a file, with their number. */
class Lines {
  private rest = '';
  private number = 0;

  *read(part: string, isLast = false): Generator<Item> {
    const lines = (this.rest + part).split('\n');
    this.rest = isLast ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      this.number += 1;
      const text = line.trim();
      if (text !== '') yield { number: this.number, text };
    }
  }
}

/** The parts of a file's text, and whether a part is the last one, which is empty. */
async function* partsOf({ file, encoding, onBytes }: Pick<RowSource, 'file' | 'encoding' | 'onBytes'>) {
  for await (const part of textOf(file, encoding, onBytes)) yield { part, isLast: false };
  yield { part: '', isLast: true };
}

/** What cuts the cells of a table: what its header is cut by, for CSV that does not say. */
export async function delimiterIn(file: string, encoding: string): Promise<string | null> {
  for await (const part of textOf(file, encoding)) return delimiterOf(part.split('\n', 1)[0] ?? '');
  return null;
}
