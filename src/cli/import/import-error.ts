/** What keeps a file, or the rest of it, from being imported: where, what was expected, what was found. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/** What is wrong with one cell of a row. */
export interface Fault {
  /** As spreadsheets count: the header of a table is row 1; of lists the number of the item, of NDJSON the line. */
  row: number;
  /** The columns that were read; empty when the row is meant. */
  column: string;
  /** What should stand there, and how to mend it. */
  expected: string;
  /** What stands there, shortened. */
  found: string;
}

/** What is told and stored all the same; once of each thing, however many rows say so. */
export interface Warning extends Fault {
  /** What tells such things apart, such as a record and its field. */
  about: string;
}

const shown = 120;

/** A value as messages show it. */
export function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const visible = text.replaceAll('\0', '\\0').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return visible.length > shown ? `${visible.slice(0, shown)}… (${text.length} characters)` : visible;
}

export const faultLine = ({ row, column, expected, found }: Fault): string =>
  `row ${row}${column && `, column ${column}`}: Expected: ${expected} Found: ${found === '' ? 'nothing' : `'${found}'`}.`;
