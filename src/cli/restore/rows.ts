import type { Row } from '../bulk/copy.js';
import type { Column, FileShape, Kind, Part } from '../export/shape.js';

/** Takes the rows of a line, each with its table. */
type Put = (table: string, row: Row) => void;
/** Told what is wrong with a field. */
type Tell = (field: string, reason: string) => void;

const isText = (value: unknown): value is string => typeof value === 'string';
const matches = (pattern: RegExp) => (value: unknown) => isText(value) && pattern.test(value);

/** What a value of each kind is in JSON, and how it is called. */
const kinds: Record<Kind, readonly [(value: unknown) => boolean, string]> = {
  text: [isText, 'a text'],
  integer: [Number.isSafeInteger, 'a whole number'],
  number: [Number.isFinite, 'a number'],
  decimal: [matches(/^-?\d+(\.\d+)?$/), 'a decimal in a text, such as "12.50"'],
  boolean: [(value) => typeof value === 'boolean', 'true or false'],
  date: [matches(/^\d{4}-\d\d-\d\d$/), 'a day in a text, such as "2012-01-31"'],
  time: [
    matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)$/),
    'a time in UTC, such as "2012-01-31T12:00:00+00:00"',
  ],
  texts: [(value) => Array.isArray(value) && value.every(isText), 'a list of texts'],
  json: [(value) => typeof value === 'object' && value !== null, 'a list or an object'],
};

/** Reads the lines of one file, whose fields its manifest tells, into the rows of our tables. */
export function reader(shape: FileShape, fields: readonly string[]) {
  const { columns, parts, isRecord, table } = shape;
  const given = new Set(fields);
  const ownColumns = columns.filter(({ field }) => given.has(field));
  const ownParts = parts.filter(({ field }) => given.has(field));
  const isExact = [...columns, ...parts.flatMap((part) => part.columns)].some(({ kind }) => kind === 'json');
  let last = '';

  /** Puts nothing of a line that is faulty. */
  return (text: string, put: Put, tell: Tell): void => {
    const line = parsed(text, isExact);
    if (typeof line === 'string') return tell('', line);
    let isSound = true;
    const told: Tell = (field, reason) => {
      isSound = false;
      tell(field, reason);
    };
    checkKeys(line, fields, told);
    const row = rowOf(ownColumns, line, '', told);
    const rows: [string, Row][] = [[table, row]];
    if (isRecord) {
      const id = String(line['id']);
      if (id <= last) told('id', `${id} does not come after ${last}, the one before`);
      last = id;
    }
    for (const part of ownParts)
      for (const each of rowsOf(part, line[part.field], told))
        rows.push([part.table, { [part.key]: row['id'], ...each }]);
    if (isSound) for (const each of rows) put(...each);
  };
}

type Line = Record<string, unknown>;

/** An object, or what is wrong with it. */
function parsed(text: string, isExact: boolean): Line | string {
  try {
    const line = (
      isExact ? JSON.parse(text, withItsDigits as (key: string, value: unknown) => unknown) : JSON.parse(text)
    ) as unknown;
    return typeof line === 'object' && line !== null && !Array.isArray(line) ? (line as Line) : 'it is no object';
  } catch (error) {
    return `it is no JSON: ${(error as Error).message}`;
  }
}

/** Node knows more of JSON than the language's version that we are compiled for. */
const { rawJSON } = JSON as unknown as { rawJSON(source: string): object };

/** Of a number as JavaScript has it, digits are lost: 12.50 is 12.5. They are kept as they stand (`JSON.rawJSON`). */
function withItsDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && source !== undefined && String(value) !== source ? rawJSON(source) : value;
}

function checkKeys(line: Line, fields: readonly string[], tell: Tell): void {
  for (const field of fields) if (!(field in line)) tell(field, 'it is missing');
  for (const field of Object.keys(line))
    if (!fields.includes(field)) tell(field, 'the manifest does not tell of this field');
}

function rowOf(columns: readonly Column[], line: Line, within: string, tell: Tell): Row {
  const row: Row = {};
  for (const { name, field, kind, isRequired } of columns) {
    const value = line[field] ?? null;
    const [isOne, called] = kinds[kind];
    if (value === null ? isRequired : !isOne(value)) tell(`${within}${field}`, `${shown(value)} is not ${called}`);
    row[name] = kind === 'json' && value !== null ? JSON.stringify(value) : value;
  }
  return row;
}

const shown = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 60);

/** The rows of a part, without the id of their record. */
function rowsOf({ field, edge, columns, hasPosition }: Part, list: unknown, tell: Tell): Row[] {
  if (!Array.isArray(list)) {
    tell(field, `${shown(list)} is not a list`);
    return [];
  }
  const items = list as unknown[];
  if (edge === undefined)
    return items.flatMap((item, index) => {
      const within = `${field}.${index}`;
      if (typeof item !== 'object' || item === null) {
        tell(within, `${shown(item)} is no object`);
        return [];
      }
      const at = `${within}.`;
      checkKeys(
        item as Line,
        columns.map((column) => column.field),
        (key, reason) => tell(`${at}${key}`, reason),
      );
      return [rowOf(columns, item as Line, at, tell)];
    });
  return items.map((id, position) => {
    if (!isText(id)) tell(`${field}.${position}`, `${shown(id)} is not an id`);
    return { [edge.name]: id, ...(hasPosition && { position }) };
  });
}
