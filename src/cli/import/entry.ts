import type { core, ZodType } from 'zod';
import { explain } from '../../subgraphs/record.inputs.js';
import { fieldsOf, targetOf } from './entry-fields.js';
import type { Identified } from './identify.js';
import { shortened, type Fault, type Warning } from './import-error.js';
import type { Mapping } from './mapping-file.js';
import { columnsRead } from './read-row.js';

type Values = Record<string, unknown>;

/** What rows are rejected for, and what is told and stored all the same. */
export interface Told {
  faults: Fault[];
  warnings: Warning[];
}

/**
 * The entry of a draft as services take it: a whole one of a new record, of a stored one what the mapping reads. Null where
 * its schema refuses it, which is told; where a field says `otherwise`, that stands in.
 */
export function entryOf(draft: Identified, mapping: Mapping, told: Told): Values | null {
  const { reading, slug, stored, id } = draft;
  const { entry: schema } = reading.kind;
  const fields = fieldsOf(schema);
  const given = wholeOf(draft, mapping, fields);
  let { data, error } = schema.safeParse(given, { error: explain });
  // What one field says may be what another is held against, so the rest is told after each.
  for (let tries = 0; error && tries < 20; tries++) {
    const mended = error.issues.find(({ path }) => standsIn(draft, given, path));
    if (mended === undefined) break;
    const fault = faultOf(draft, mended);
    told.warnings.push({ ...fault, about: `${fault.column} ${fault.found}` });
    ({ data, error } = schema.safeParse(given, { error: explain }));
  }
  if (error) {
    told.faults.push(...error.issues.map((issue) => faultOf(draft, issue)));
    return null;
  }
  const whole = data as Values;
  if (stored === null) return { ...whole, id, ...(!mapping.publish && { publicationStatus: 'DRAFT' }) };
  const names = ['slug', 'confidence', 'language', ...reading.fields.keys()];
  const change = Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, whole[name]]));
  const { source } = mapping;
  return { ...change, slug, origin: stored.origin, id, ...(!reading.fields.has('source') && { mainSource: source }) };
}

/** What the row and the mapping say, before it is held against the schema. */
function wholeOf(
  { entry, slug, stored }: Identified,
  mapping: Mapping,
  fields: Readonly<Record<string, ZodType>>,
): Values {
  const { source, confidence, language } = mapping;
  const isSaid = (name: string, value: unknown) => value !== null || targetOf(fields[name] as ZodType).kind !== 'list';
  const all = {
    source,
    confidence: stored?.confidence ?? confidence,
    language: stored?.language ?? language,
    origin: 'REPORTED',
    ...Object.fromEntries(Object.entries(entry).filter(([name, value]) => isSaid(name, value))),
    slug,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in fields));
}

/** Puts what a field says `otherwise` in the place of what its schema refuses; of a list it leaves out the item. */
function standsIn({ reading }: Identified, given: Values, [field = '', item]: readonly PropertyKey[]): boolean {
  const name = String(field);
  const { otherwise } = reading.fields.get(name)?.spec ?? {};
  const value = given[name];
  if (otherwise === undefined || value === undefined || value === null || value === otherwise) return false;
  if (Array.isArray(value) && typeof item === 'number') given[name] = (value as unknown[]).toSpliced(item, 1);
  else if (otherwise === null) delete given[name];
  else given[name] = otherwise;
  return true;
}

/** What is wrong at a path of an entry, told by the cells that it was read of. */
export function faultOf(draft: Identified, { path, message }: Pick<core.$ZodIssue, 'path' | 'message'>): Fault {
  const { reading, row, entry, item } = draft;
  const [field = ''] = path.map(String);
  const spec = reading.fields.get(field)?.spec;
  const columns = spec ? columnsRead(spec, item) : [];
  const value = path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined),
    entry,
  );
  const cells = columns.map((column) => row.row.cell(column) ?? '').filter((cell) => cell !== '');
  const found = cells.length === 1 ? cells[0] : (value ?? (cells.length === 0 ? '' : cells));
  const column = columns.join(', ') || (reading.each?.column ?? '');
  const expected = `${reading.name}.${path.join('.')}: ${message}`;
  return { row: row.row.number, column, expected, found: shortened(found) };
}
