/** One row of a table, with what keeps it from being read. */
export interface TableRow {
  /** From 1; the header is one, and so is an empty line. */
  number: number;
  cells: string[];
  /** Which cell is broken, and how. */
  fault?: { cell: number; expected: string; found: string };
}

/** More characters in one row are a quote that was never closed. */
const longest = 32 << 20;

const afterQuote = 'A quoted cell ends with its quote; a quote inside is written twice.';
const unclosed = 'A quote that begins a cell is closed again.';

/**
 * Reads a table part by part (RFC 4180; a quote inside an unquoted cell is text). Written here and not taken from a package,
 * as every fault is told with its row and cell, and rows after a broken one are read on.
 */
export class TableReader {
  private rest = '';
  private number = 0;
  /** Whether the last row ended with a line end. */
  private endsWhole = true;

  constructor(private readonly delimiter: string) {}

  *read(part: string, isLast = false): Generator<TableRow> {
    const text = this.rest + part;
    let at = 0;
    while (at < text.length) {
      const row = this.row(text, at, isLast);
      if (row === null) break;
      at = row.end;
      this.number += 1;
      const { cells, fault } = row;
      if (cells.length > 1 || cells[0] !== '') yield { number: this.number, cells, ...(fault && { fault }) };
    }
    this.rest = text.slice(at);
    if (isLast) this.endsWhole = /[\r\n]$/.test(text) || text === '';
  }

  /** Whether the file ended with a line end; otherwise it may be cut off. */
  get isWhole(): boolean {
    return this.endsWhole;
  }

  /** One row from here on; null when its end is not read yet. */
  private row(text: string, start: number, isLast: boolean) {
    const cells: string[] = [];
    let fault: TableRow['fault'];
    let at = start;
    let line = text.indexOf('\n', at);
    for (;;) {
      if (text[at] === '"') {
        const quoted = this.quoted(text, at);
        if (quoted === null) {
          if (!isLast && text.length - start < longest) return null;
          fault ??= { cell: cells.length, expected: unclosed, found: text.slice(at, at + 200) };
          cells.push(text.slice(at + 1));
          return { cells, fault, end: text.length };
        }
        if (quoted.end === text.length && !isLast) return null;
        cells.push(quoted.value);
        at = quoted.end;
        if (at > line && line !== -1) line = text.indexOf('\n', at);
        const next = text[at];
        const isEnd = next === undefined || next === '\n' || (next === '\r' && text[at + 1] === '\n');
        if (next === '\r' && text[at + 1] === undefined && !isLast) return null;
        if (!isEnd && next !== this.delimiter && next !== '\r') {
          const end = line === -1 ? text.length : line;
          if (line === -1 && !isLast) return null;
          fault ??= { cell: cells.length - 1, expected: afterQuote, found: text.slice(at, Math.min(end, at + 200)) };
          return { cells, fault, end: end + 1 };
        }
        if (next !== this.delimiter) return { cells, fault, end: at + (next === '\r' ? 2 : 1) };
        at += 1;
        continue;
      }
      const comma = text.indexOf(this.delimiter, at);
      if (comma !== -1 && (line === -1 || comma < line)) {
        cells.push(text.slice(at, comma));
        at = comma + 1;
        continue;
      }
      if (line === -1 && !isLast) return text.length - start < longest ? null : { cells, fault, end: text.length };
      const end = line === -1 ? text.length : line;
      cells.push(text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end));
      return { cells, fault, end: end + 1 };
    }
  }

  /** A quoted cell and where it ends; null when it does not end here. */
  private quoted(text: string, start: number): { value: string; end: number } | null {
    for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 2)) {
      if (text[quote + 1] === '"') continue;
      return { value: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    return null;
  }
}

/** A row as text, quoted where it must be. */
export const tableLine = (cells: readonly string[], delimiter: string): string =>
  `${cells.map((cell) => (cell.includes(delimiter) || /["\r\n]/.test(cell) || /^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\n`;

/** The delimiter that most of a header's row is cut by, outside quotes; null when there is none. */
export function delimiterOf(header: string): string | null {
  const plain = header.replaceAll(/"[^"]*"/g, '');
  const counts = [';', ',', '\t', '|'].map((mark) => ({ mark, count: plain.split(mark).length - 1 }));
  const [best, second] = counts.toSorted((a, b) => b.count - a.count);
  if (!best || best.count === 0 || best.count === second?.count) return null;
  return best.mark;
}
