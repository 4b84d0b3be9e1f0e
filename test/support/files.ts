import { createHash } from 'node:crypto';
import { readCsv } from './csv.js';

// oxlint-disable-next-line typescript/no-explicit-any -- rows are asserted whole
type Row = Record<string, any>;

export interface About {
  attribution: string;
  licence: string;
  query: string;
  date: string;
  rows: number;
  sha256: string;
  notice?: string;
}

export interface File {
  status: number;
  headers: Headers;
  text: string;
  /** Of JSON and NDJSON the rows; of CSV each row with the texts of its cells by their names. */
  rows: Row[];
  /** Absent where the file has no last line. */
  about: About;
  /** The SHA-256 of all lines but the last. */
  sha256: string;
}

/** A list as a file, read back. */
export async function aFile(url: string, headers: Record<string, string> = {}): Promise<File> {
  const response = await fetch(url, { headers });
  const text = await response.text();
  const before = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1);
  const sha256 = createHash('sha256').update(before).digest('hex');
  const common = { status: response.status, headers: response.headers, text, sha256 };
  const type = response.headers.get('content-type') ?? '';
  if (response.status !== 200) return { ...common, rows: [], about: {} as About };
  if (type.startsWith('text/csv')) return { ...common, ...ofCsv(text) };
  if (type.startsWith('application/x-ndjson')) {
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    return { ...common, rows: lines.slice(0, -1), about: (lines.at(-1) as { _about: About })._about };
  }
  const { items, about } = JSON.parse(text) as { items: Row[]; about: About };
  return { ...common, rows: items, about };
}

function ofCsv(text: string): Pick<File, 'rows' | 'about'> {
  const [names = [], ...records] = readCsv(text);
  const last = records.pop() ?? [];
  const told = (last[0] ?? '').replace(/^# /, '').split('; ');
  const about = Object.fromEntries(told.map((each) => [each.split('=')[0], each.slice(each.indexOf('=') + 1)]));
  for (const record of [...records, last])
    if (record.length !== names.length)
      throw new Error(`${record.length} cells, not ${names.length}: ${record.join()}`);
  return {
    rows: records.map((record) => Object.fromEntries(names.map((name, index) => [name, record[index]]))),
    about: { ...about, rows: Number(about['rows']) } as unknown as About,
  };
}
