import { at, type Cell } from './columns.js';
import { record } from './csv.js';

/** What a file says of itself at its end. */
export interface About {
  attribution: string;
  licence: string;
  /** The address that was asked. */
  query: string;
  /** When the first row was read. */
  date: string;
  rows: number;
  /** Of all bytes before the last line, in hexadecimal. */
  sha256: string;
  /** Where made-up records are in it. */
  notice?: string;
}

/** How a list is written: a head, its rows, a foot, and what it says of itself as one last line. */
export interface Format {
  type: string;
  head(cells: readonly Cell[]): string;
  row(told: Readonly<Record<string, unknown>>, cells: readonly Cell[], index: number): string;
  foot: string;
  last(about: About, cells: readonly Cell[]): string;
}

const named = ({ path }: Cell) => path.join('.');

/** RFC 4180. The last record is as wide as the others, and the only one whose first cell begins with `# `. */
const csv: Format = {
  type: 'text/csv; charset=utf-8; header=present',
  head: (cells) => record(cells.map(named)),
  row: (told, cells) => record(cells.map(({ path }) => at(told, path))),
  foot: '',
  last: (about, cells) => {
    // Neither quotes nor commas: the line begins with its `#`, as readers that know comments expect.
    const texts = Object.entries(about).map(
      ([name, value]) => `${name}=${String(value).replaceAll(/[",;\r\n]/g, ' ')}`,
    );
    return `# ${texts.join('; ')}${','.repeat(cells.length - 1)}\r\n`;
  },
};

const json: Format = {
  type: 'application/json; charset=utf-8',
  head: () => '{"items":[',
  row: (told, _cells, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(told)}`,
  foot: '\n]\n',
  last: (about) => `,"about":${JSON.stringify(about)}}\n`,
};

/** A row a line. */
const ndjson: Format = {
  type: 'application/x-ndjson; charset=utf-8',
  head: () => '',
  row: (told) => `${JSON.stringify(told)}\n`,
  foot: '',
  last: (about) => `${JSON.stringify({ _about: about })}\n`,
};

/** By what an address ends in. */
export const formats: Readonly<Record<string, Format>> = { csv, json, ndjson };
