import type { EntityManager } from '@mikro-orm/postgresql';
import { draftsOf, FaultyRows } from './batch.js';
import { entryOf, type Told } from './entry.js';
import type { Identified } from './identify.js';
import { faultLine, ImportError, shortened } from './import-error.js';
import type { Mapping } from './mapping-file.js';
import type { Opened } from './open.js';
import { columnsRead, readRow, type ReadRow } from './read-row.js';
import { rowsOf, type Row, type RowSource } from './rows.js';
import { begin } from './run.js';

/** How one field came to its value. */
interface Step {
  field: string;
  value: unknown;
  /** The cells that it was read of, as they stand. */
  cells: Record<string, unknown>;
}

/** Tells how a row is read: each record that it makes, and each field with the cells behind it. Stores nothing. */
export async function explainRow(em: EntityManager, opened: Opened, wanted: string | null) {
  const { file, mapping, manner, source, told } = opened;
  const row = await rowNumbered(source, wanted);
  const read = readRow(row, manner);
  const faults = [...read.faults];
  const warnings = [...read.warnings];
  const storing = await begin({ em, mapping });
  const drafts = await draftsOf(em, [read], storing)
    .then((found) => found.drafts)
    .catch((error: unknown) => {
      if (!(error instanceof FaultyRows)) throw error;
      faults.push(...error.faults);
      return [];
    });
  const records = drafts.map((draft) => explained(draft, read, mapping, { faults, warnings }));
  const lines = [
    `${file}, row ${row.number}, as ${mapping.file} reads it:`,
    ...told.map((line) => `  ${line}`),
    ...records.flatMap(({ record, kind, slug, state, fields }) => [
      `${record}: ${kind}${slug && ` '${slug}'`} (${state})`,
      ...fields.map(lineOf),
    ]),
    ...(warnings.length > 0 ? ['Left out, and told:', ...warnings.map((each) => `  ${faultLine(each)}`)] : []),
    ...(faults.length > 0 ? ['This row would be rejected:', ...faults.map((fault) => `  ${faultLine(fault)}`)] : []),
  ];
  return { file, row: row.number, detected: told, records, warnings, faults, text: lines.join('\n') };
}

function lineOf({ field, value, cells }: Step): string {
  const from = Object.entries(cells).map(
    ([column, cell]) => `${column}: ${cell === null ? 'empty' : `'${shortened(cell)}'`}`,
  );
  return `  ${field} = ${shortened(JSON.stringify(value))}${from.length > 0 ? `  <-  ${from.join(', ')}` : ''}`;
}

async function rowNumbered(source: RowSource, wanted: string | null): Promise<Row> {
  for await (const rows of rowsOf(source))
    for (const row of rows) if (wanted === null || row.number === Number(wanted)) return row;
  throw new ImportError(`${source.file}: Expected a row ${wanted ?? ''}. Found: the file ends before.`);
}

function explained(draft: Identified, { row }: ReadRow, mapping: Mapping, told: Told) {
  const { reading, slug, stored, isMet, entry, item } = draft;
  entryOf(draft, mapping, told);
  const fields = Array.from(reading.fields, ([field, { spec }]): Step => {
    const cells = columnsRead(spec, item).map((column) => [column, row.cell(column) ?? null] as const);
    return { field, value: entry[field] ?? null, cells: Object.fromEntries(cells) };
  });
  const state = isMet ? 'of others, left as it is' : stored ? 'there already' : 'new';
  return { record: reading.name, kind: reading.kind.name, slug, state, fields };
}
