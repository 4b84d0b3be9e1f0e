import { open, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { stringify } from 'yaml';
import { tableLine } from './csv.js';
import { ImportError, type Fault } from './import-error.js';
import type { Format } from './mapping.js';
import type { Row } from './rows.js';

/** The columns that tell beside a rejected row why; they are left out when the mended file is imported. */
export const faultColumns = ['_row', '_column', '_expected', '_found'] as const;
const faultKey = '_rejected';

export const isOurs = (column: string): boolean =>
  column === faultKey || (faultColumns as readonly string[]).includes(column);

export interface RejectsOptions {
  /** The file that is imported. */
  file: string;
  /** Where they go; beside the file unless said. */
  to: string | undefined;
  format: Format;
  delimiter: string;
}

/** The rows that were not stored, as they stand in their file, with the reasons: to be mended and imported. */
export class Rejects {
  private handle: FileHandle | null = null;
  private header: readonly string[] = [];
  private count = 0;
  /** Where they are; null where there are none. */
  path: string | null = null;

  constructor(private readonly options: RejectsOptions) {}

  onHeader(columns: readonly string[]): void {
    this.header = columns;
  }

  /** Appends rows and waits until they lie on the disk. Throws an ImportError where there is no room for them. */
  async write(rows: readonly { row: Row; faults: readonly Fault[] }[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      if (this.handle === null) await this.begin();
      await this.handle?.appendFile(rows.map(({ row, faults }) => this.textOf(row, faults)).join(''));
      await this.handle?.datasync().catch((error: unknown) => {
        // Devices and pipes are not synced.
        if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error;
      });
    } catch (error) {
      if (error instanceof ImportError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ImportError(
        `${this.path ?? this.options.to}: Expected room for rejected rows. Found: ${reason}. The rows of this batch were not stored; make room and import the file again.`,
      );
    }
  }

  async close(): Promise<void> {
    try {
      if (this.handle && this.options.format === 'json') await this.handle.appendFile('\n]\n');
    } finally {
      await this.handle?.close();
      this.handle = null;
    }
  }

  /** A new file: what was mended of an earlier run is not written over. */
  private async opened(): Promise<FileHandle> {
    const { file, to, format } = this.options;
    if (to !== undefined) {
      this.path = to;
      return open(to, 'w');
    }
    const ending = extname(file);
    for (let number = 1; ; number++) {
      this.path = `${file.slice(0, file.length - ending.length)}.rejects${number === 1 ? '' : `-${number}`}${ending || `.${format}`}`;
      const handle = await open(this.path, 'wx').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
        throw error;
      });
      if (handle) return handle;
    }
  }

  private async begin(): Promise<void> {
    const { format, delimiter } = this.options;
    this.handle = await this.opened();
    if (format === 'csv' || format === 'tsv')
      await this.handle.appendFile(tableLine([...this.own(this.header), ...faultColumns], delimiter));
    if (format === 'json') await this.handle.appendFile('[');
  }

  /** The cells of the file's own columns. */
  private own(cells: readonly string[]): string[] {
    return cells.filter((_, index) => !isOurs(this.header[index] ?? ''));
  }

  private textOf({ raw }: Row, faults: readonly Fault[]): string {
    const { format, delimiter } = this.options;
    this.count += 1;
    const said = (name: keyof Fault) => [...new Set(faults.map((fault) => String(fault[name])))].join(' / ');
    if (typeof raw !== 'string') {
      const own = this.own(Array.from(this.header, (_, index) => raw[index] ?? '')).concat(
        raw.slice(this.header.length),
      );
      return tableLine([...own, said('row'), said('column'), said('expected'), said('found')], delimiter);
    }
    const reasons = faults.map(({ row, column, expected, found }) => ({ row, column, expected, found }));
    if (format === 'yaml') return yamlItem(raw, reasons);
    const item = withReasons(raw, reasons);
    return format === 'json' ? `${this.count === 1 ? '' : ','}\n${item}` : `${item}\n`;
  }
}

/** The item's own text, numbers and all, with the reasons at its end; what cannot be read stays as it is. */
function withReasons(raw: string, reasons: readonly object[]): string {
  const text = raw.trim();
  const earlier = text.lastIndexOf(`"${faultKey}":`);
  const own = earlier === -1 ? text : `${text.slice(0, earlier).replace(/,\s*$/, '')}}`;
  if (!own.startsWith('{') || !own.endsWith('}')) return text;
  const body = own.slice(0, -1).trimEnd();
  return `${body}${body === '{' ? '' : ','}"${faultKey}":${JSON.stringify(reasons)}}`;
}

function yamlItem(raw: string, reasons: readonly object[]): string {
  const lines = raw.trimEnd().split('\n');
  const earlier = lines.findIndex((line) => line.startsWith(`  ${faultKey}:`));
  const own = earlier === -1 ? lines : lines.slice(0, earlier);
  const told = stringify({ [faultKey]: reasons }, { lineWidth: 0 })
    .trimEnd()
    .split('\n');
  return `${[...own, ...told.map((line) => `  ${line}`)].join('\n')}\n`;
}
