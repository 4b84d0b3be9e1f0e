import { basename, dirname } from 'node:path';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { explain } from '../../subgraphs/record.inputs.js';
import { readSource, type Path } from '../seed-source.js';
import { fieldsOf, targetOf, type Target } from './entry-fields.js';
import { ImportError } from './import-error.js';
import { kindOf, kindNames, type ImportKind, type KindName } from './kinds.js';
import { mappingFile, type Each, type MappingFile, type RecordSpec, type Spec } from './mapping.js';

/** How one field, or a part of it, is read. */
export interface Reading {
  spec: Spec;
  target: Target;
  /** Of an object: how each of its fields is read. */
  parts?: ReadonlyMap<string, Reading>;
  /** Of a list: what it is put together of. */
  items?: readonly Reading[];
}

/** One record that a row makes. */
export interface RecordReading {
  name: string;
  kind: ImportKind;
  key: readonly Spec[] | null;
  /** The list in a cell whose items each make one; its own, or that of a record that it refers to. */
  each: Each | null;
  candidates: RecordSpec['candidates'];
  fields: ReadonlyMap<string, Reading>;
}

export interface Mapping extends Omit<MappingFile, 'records' | 'empty'> {
  file: string;
  namespace: string;
  empty: ReadonlySet<string>;
  /** What a record refers to comes before it. */
  records: readonly RecordReading[];
}

type Tell = (path: Path, message: string) => void;

/** Reads a mapping and holds it against the fields that there are. Throws an ImportError that tells every fault. */
export async function readMapping(file: string): Promise<Mapping> {
  const source = await readSource(dirname(file), basename(file));
  const faults = source.faults.map(({ line, reason }) => `${file}:${line}: ${reason}`);
  const tell: Tell = (path, message) => {
    faults.push(`${file}:${source.lineOf(0, path)} ${path.join('.')}: ${message}`);
  };
  const { data, error } = mappingFile.safeParse(source.entries[0], { error: explain });
  if (faults.length === 0)
    for (const issue of error?.issues ?? [])
      if (issue.code === 'unrecognized_keys')
        for (const key of issue.keys)
          tell([...issue.path, key], 'A mapping has no such word. Correct it, or take it out.');
      else tell(issue.path, issue.message);
  const records = data && faults.length === 0 ? recordsOf(data, tell) : [];
  if (data === undefined || faults.length > 0)
    throw new ImportError(['The mapping cannot be used, and nothing was imported:', ...faults].join('\n'));
  return { ...data, file, records, namespace: data.namespace ?? data.source, empty: new Set(data.empty) };
}

function recordsOf({ records }: MappingFile, tell: Tell): RecordReading[] {
  const read = new Map<string, RecordReading>();
  for (const [name, spec] of Object.entries(records)) {
    const kind = spec.kind ?? name;
    if (!isKind(kind)) {
      tell(['records', name], `'${kind}' is no kind of record. Say \`kind\`: one of ${kindNames.join(', ')}.`);
      continue;
    }
    read.set(name, recordOf(name, kindOf(kind), spec, tell));
  }
  const ordered: RecordReading[] = [];
  const visit = (name: string, way: readonly string[]): void => {
    const record = read.get(name);
    if (record === undefined || ordered.includes(record)) return;
    if (way.includes(name)) return tell(['records', name], `It refers to itself: ${[...way, name].join(' -> ')}.`);
    for (const other of referencesOf(record)) {
      if (!read.has(other) && !(other in records))
        tell(
          ['records', name, 'fields'],
          `No record is called '${other}'. There are ${Object.keys(records).join(', ')}.`,
        );
      visit(other, [...way, name]);
      const each = read.get(other)?.each ?? null;
      if (each && record.each && each !== record.each)
        tell(['records', name], 'It would be made for each item of two lists. Leave one of them out.');
      record.each ??= each;
    }
    ordered.push(record);
  };
  for (const name of read.keys()) visit(name, []);
  return ordered;
}

const isKind = (name: string): name is KindName => (kindNames as readonly string[]).includes(name);

function recordOf(name: string, kind: ImportKind, given: RecordSpec, tell: Tell): RecordReading {
  const path = ['records', name, 'fields'];
  const fields = partsOf(nested(given.fields, path, tell), fieldsOf(kind.entry), kind.name, path, tell);
  if (kind.name === 'participation' && given.key)
    tell(['records', name, 'key'], 'A participation is told by its project, partner and role. Take the key out.');
  if (kind.name !== 'participation' && !given.key && !fields.has('slug'))
    tell(['records', name], 'Say its `key`: the columns that tell such records apart. Or map its `slug`.');
  const each = given.each ? { ...given.each } : null;
  return { name, kind, key: given.key ?? null, each, candidates: given.candidates, fields };
}

/** `budget.amount` as the part `amount` of `budget`. */
function nested(fields: Readonly<Record<string, Spec>>, at: Path, tell: Tell): Record<string, Spec> {
  const made: Record<string, Spec> = {};
  for (const [path, spec] of Object.entries(fields)) {
    const [head = '', ...rest] = path.split('.');
    const known = made[head];
    if (rest.length === 0 && known === undefined) made[head] = spec;
    else if (rest.length > 0 && (known === undefined || known.fields))
      made[head] = { fields: { ...known?.fields, [rest.join('.')]: spec } };
    else tell([...at, path], 'It is said twice, once as a whole and once in parts. Take one out.');
  }
  return made;
}

function partsOf(
  specs: Readonly<Record<string, Spec>>,
  schemas: ReturnType<typeof fieldsOf>,
  whose: string,
  path: Path,
  tell: Tell,
): ReadonlyMap<string, Reading> {
  return new Map(
    Object.entries(specs).flatMap(([name, spec]) => {
      const schema = schemas[name];
      if (schema) return [[name, readingOf(spec, targetOf(schema), name, [...path, name], tell)] as const];
      const [nearest] = suggestionList(name, Object.keys(schemas));
      const guess = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
      tell(
        [...path, name],
        `Expected a field of ${whose}: ${Object.keys(schemas).join(', ')}. Found: '${name}'.${guess}`,
      );
      return [];
    }),
  );
}

function readingOf(spec: Spec, target: Target, name: string, path: Path, tell: Tell): Reading {
  const reading = { spec, target };
  if (spec.fields) {
    const object = target.kind === 'list' ? target.of : target;
    if (object.kind !== 'object') {
      tell(path, `'${name}' has no parts. Name a column.`);
      return reading;
    }
    return { ...reading, parts: partsOf(nested(spec.fields, path, tell), object.fields, name, path, tell) };
  }
  if (spec.list) {
    if (target.kind !== 'list') {
      tell(path, `'${name}' takes one value, not a list.`);
      return reading;
    }
    return {
      ...reading,
      items: spec.list.map((item, index) => readingOf(item, target.of, name, [...path, index], tell)),
    };
  }
  return reading;
}

function referencesOf({ fields, key }: Pick<RecordReading, 'fields' | 'key'>): string[] {
  const inReading = ({ spec, parts, items }: Reading): string[] => [
    ...(spec.record == null ? [] : [spec.record]),
    ...[...(parts?.values() ?? []), ...(items ?? [])].flatMap(inReading),
  ];
  return [...[...fields.values()].flatMap(inReading), ...(key ?? []).flatMap(({ record }) => record ?? [])];
}

/** The columns that a field is read of. */
export function columnsOf({ column, columns, region, list, fields }: Spec): string[] {
  const inner = [region?.code, region?.name, region?.country, ...(list ?? []), ...Object.values(fields ?? {})];
  return [
    ...(column == null ? [] : [column]),
    ...(columns ?? []),
    ...inner.flatMap((each) => (each ? columnsOf(each) : [])),
  ];
}

/** These columns, those that repeat by each of their numbers. */
export function everyOf(
  columns: readonly string[],
  { records }: Pick<Mapping, 'records'>,
  most = Math.max(0, ...records.map(({ each }) => each?.to ?? 0)),
): string[] {
  return [...new Set(columns.flatMap((column) => (column.includes('{n}') ? numbered(column, most) : [column])))];
}

const numbered = (column: string, to: number) =>
  Array.from({ length: to }, (_, index) => column.replaceAll('{n}', String(index + 1)));

/** Every column that a mapping reads; of those that repeat the first `most`. */
export function columnsIn({ records }: Pick<Mapping, 'records'>, most?: number): string[] {
  const all = records.flatMap(({ fields, key, each }) => [
    ...[...fields.values()].flatMap(({ spec }) => columnsOf(spec)),
    ...(key ?? []).flatMap(columnsOf),
    ...(each ? [each.column ?? each.numbered ?? ''] : []),
  ]);
  return everyOf(all, { records }, most);
}

/** Every field, or part of one, that is read of cells, with what it takes. */
export function leavesOf({ records }: Pick<Mapping, 'records'>): Reading[] {
  const within = (reading: Reading): Reading[] => {
    const inner = [...(reading.parts?.values() ?? []), ...(reading.items ?? [])];
    return inner.length > 0 ? inner.flatMap(within) : [reading];
  };
  return records.flatMap(({ fields }) => [...fields.values()].flatMap(within));
}
