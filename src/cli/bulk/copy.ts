/** Values by column. */
export type Row = Record<string, unknown>;

/** A table as `copy` fills it. */
export interface Sheet {
  columns: readonly string[];
  /** Those of type jsonb: everywhere else an array is PostgreSQL's own. */
  jsonColumns: ReadonlySet<string>;
}

const special = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string) =>
  special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (each) => escapes[each] ?? each) : text;
const quoted = (text: unknown) => `"${String(text).replaceAll(/["\\]/g, String.raw`\$&`)}"`;

function fieldOf(value: unknown, isJson: boolean): string {
  if (value === null || value === undefined) return String.raw`\N`;
  if (typeof value === 'string') return escaped(value);
  if (typeof value !== 'object') return String(value);
  return escaped(Array.isArray(value) && !isJson ? `{${value.map(quoted).join(',')}}` : JSON.stringify(value));
}

/** A row in the text format of PostgreSQL's `copy`, with the end of its line. */
export const lineOf = ({ columns, jsonColumns }: Sheet, row: Row): string =>
  `${columns.map((column) => fieldOf(row[column], jsonColumns.has(column))).join('\t')}\n`;

/** A connection of `pg`, as far as `copy` needs it. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** A client of `pg`. */
export interface Client {
  query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
  query(submittable: object): unknown;
}

/** Runs a `copy … from stdin` with all its lines, through the interface by which `pg` takes other people's queries. */
export function copyIn(client: Client, statement: string, lines: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let fault: Error | undefined;
    client.query({
      submit: (wire: Wire) => wire.query(statement),
      handleCopyInResponse: (wire: Wire) => {
        wire.sendCopyFromChunk(lines);
        wire.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleError: (error: Error) => {
        fault = error;
        reject(error);
      },
      handleReadyForQuery: () => {
        if (!fault) resolve();
      },
    });
  });
}
