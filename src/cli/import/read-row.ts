import { cleaned, converted, Unfit, type Writing } from './cell.js';
import { shortened, type Fault, type Warning } from './import-error.js';
import type { Constant, Each, Spec } from './mapping.js';
import { columnsOf, type Mapping, type Reading, type RecordReading } from './mapping-file.js';
import { valueAt, type Row } from './rows.js';

/** A record of the same row, to be named by its slug. */
export class Reference {
  constructor(
    readonly record: string,
    readonly isOptional: boolean,
  ) {}
}

/** A region as the row names it, to be found. */
export class NamedPlace {
  constructor(
    readonly code: string | null,
    readonly name: string | null,
    readonly country: string | null,
    readonly level: number | undefined,
    readonly column: string,
    /** Whether its country stands in where it is not found, or else nothing. */
    readonly isOptional: boolean,
  ) {}
}

/** A record as one row tells it, before anything is looked up. */
export interface Draft {
  reading: RecordReading;
  /** What tells it apart; null where its slug, or what it refers to, does. */
  key: readonly unknown[] | null;
  /** The number of the item of a list that made it; null where the row as a whole did. */
  item: number | null;
  entry: Record<string, unknown>;
}

export interface ReadRow {
  row: Row;
  drafts: Draft[];
  faults: Fault[];
  /** What `otherwise` stands in for. */
  warnings: Warning[];
}

/** How cells are read: what the mapping says, and what was detected. */
export type Manner = Pick<Mapping, 'empty' | 'records'> & { writing: Writing };

/** What a row says, of each record that it makes. */
export function readRow(row: Row, manner: Manner): ReadRow {
  const faults: Fault[] = [];
  const warnings: Warning[] = [];
  if (row.fault) return { row, drafts: [], faults: [row.fault], warnings };
  const drafts: Draft[] = [];
  for (const reading of manner.records)
    for (const item of itemsOf(row, reading, manner, faults)) {
      const cells = new Cells(row, item, manner, { faults, warnings }, reading.each);
      const draft = cells.draft(reading);
      if (draft && isHeld(draft, drafts)) drafts.push(draft);
    }
  return { row, drafts, faults, warnings };
}

/** Whether what the record refers to is made, too. */
function isHeld({ entry, item }: Draft, made: readonly Draft[]): boolean {
  const references = (value: unknown): Reference[] => {
    if (value instanceof Reference) return [value];
    if (value instanceof NamedPlace || typeof value !== 'object' || value === null) return [];
    return Object.values(value).flatMap(references);
  };
  return references(entry).every(
    ({ record, isOptional }) => isOptional || made.some((draft) => isMeant(draft, record, item)),
  );
}

/** Whether a draft is the record of this name that belongs to an item, or to the whole row. */
export const isMeant = (draft: Draft, record: string, item: number | null): boolean =>
  draft.reading.name === record && (draft.item === null || draft.item === item);

interface Entry {
  number: number | null;
  value: unknown;
}

function itemsOf(row: Row, { each }: RecordReading, { empty }: Manner, faults: Fault[]): Entry[] {
  if (each === null) return [{ number: null, value: undefined }];
  const isEmpty = (value: unknown) =>
    value === null ||
    value === undefined ||
    (typeof value === 'string' && (value.trim() === '' || empty.has(value.trim())));
  const { column = '', split, numbered, to = 0 } = each;
  if (numbered !== undefined)
    return Array.from({ length: to }, (_, index) => index + 1)
      .map((number) => ({ number, value: row.cell(inColumn(numbered, number)) }))
      .filter(({ value }) => !isEmpty(value));
  const cell = row.cell(column);
  const listed = typeof cell === 'string' && split !== undefined ? cell.split(split) : cell;
  if (isEmpty(listed)) return [];
  if (Array.isArray(listed))
    return (listed as unknown[])
      .map((value, index) => ({ number: index + 1, value }))
      .filter(({ value }) => !isEmpty(value));
  const expected = 'A list; say how a text is cut: `each: { column, split }`.';
  faults.push({ row: row.number, column, expected, found: shortened(cell) });
  return [];
}

/** `partner {n} name` for one of the columns that repeat. */
export const inColumn = (column: string, item: number | null): string =>
  item === null ? column : column.replaceAll('{n}', String(item));

/** The columns that a field of an item, or of the whole row, is read of. */
export const columnsRead = (spec: Spec, item: number | null): string[] =>
  columnsOf(spec).map((column) => inColumn(column, item));

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** Reads the cells of one row, or of one item of a list in it. */
class Cells {
  constructor(
    private readonly row: Row,
    private readonly item: Entry,
    private readonly manner: Manner,
    private readonly told: Pick<ReadRow, 'faults' | 'warnings'>,
    private readonly each: Each | null,
  ) {}

  /** The record that these cells tell of; null where they tell none. */
  draft(reading: RecordReading): Draft | null {
    const parts = reading.key?.map((spec) => this.value({ spec, target: { kind: 'text' } }));
    if (parts?.every((part) => part === null)) return null;
    const entry: Record<string, unknown> = {};
    for (const [field, each] of reading.fields) entry[field] = this.value(each);
    if (reading.key === null && reading.fields.has('slug') && entry['slug'] === null) return null;
    if (reading.kind.name === 'partner') this.refuseList(reading, entry['nameOriginal']);
    return { reading, key: parts ?? null, item: this.item.number, entry };
  }

  /** Several organisations in one cell are not one of that name. */
  private refuseList({ fields }: RecordReading, name: unknown): void {
    const mark = typeof name === 'string' ? /[;|\n]/.exec(name)?.[0] : undefined;
    if (mark === undefined || !String(name).split(mark)[1]?.trim()) return;
    const shownMark = mark === '\n' ? '\\n' : mark;
    const expected = `The name of one organisation. For a list say \`each: { column, split: "${shownMark}" }\`.`;
    this.fault(fields.get('nameOriginal')?.spec ?? {}, expected, name);
  }

  /** Tells that a cell cannot be taken; what stands in for it, or null. */
  private fault(spec: Spec, expected: string, found: unknown): Constant {
    const { number } = this.item;
    const column =
      columnsRead(spec, number).join(', ') || inColumn(this.each?.column ?? this.each?.numbered ?? '', number);
    const fault = { row: this.row.number, column, expected, found: shortened(found ?? '') };
    const { otherwise } = spec;
    if (otherwise === undefined) this.told.faults.push(fault);
    else this.told.warnings.push({ ...fault, about: `${column} ${fault.found}` });
    return otherwise ?? null;
  }

  private value(reading: Reading): unknown {
    const { spec, target, parts, items } = reading;
    if (spec.value !== undefined) return spec.value;
    const isList = target.kind === 'list';
    if (spec.record != null) {
      const reference = new Reference(spec.record, spec.optional ?? false);
      return isList ? [reference] : reference;
    }
    if (spec.region) {
      const places = this.region(spec);
      return isList ? places : (places[0] ?? null);
    }
    if (items) return items.flatMap((each) => this.value(each) ?? []);
    if (parts) {
      const object = this.object(parts);
      return isList && object !== null ? [object] : object;
    }
    const cell = this.cell(spec);
    if (cell === null) return spec.default ?? null;
    if (!Array.isArray(cell)) {
      const one = this.one(spec, reading, cell);
      return isList && one !== null ? [one].flat() : one;
    }
    const values = (cell as unknown[]).map((each) => this.one(spec, reading, each)).filter((each) => each !== null);
    if (isList) return values.flat();
    if (values.length < 2) return values[0] ?? null;
    return this.fault(spec, 'One value.', cell);
  }

  /** The parts of a value; null when all of those that cells tell are empty. */
  private object(parts: ReadonlyMap<string, Reading>): Record<string, unknown> | null {
    const values = [...parts].map(([name, part]) => ({ name, part, value: this.value(part) }));
    const told = values.filter(({ part }) => part.spec.value === undefined && part.spec.record == null);
    if (told.length > 0 && told.every(({ value }) => value === null)) return null;
    return Object.fromEntries(values.map(({ name, value }) => [name, value]));
  }

  /** What stands in the cell: a cleaned text, a number, a list; null when it is empty. */
  private cell(spec: Spec): unknown {
    const { join, split } = spec;
    const values = this.cells(spec).map((cell) => this.clean(spec, cell));
    const value =
      join == null ? values.find((each) => each !== null) : values.filter((each) => each !== null).join(join);
    if (value === undefined || value === null || value === '') return null;
    if (split == null || typeof value !== 'string') return value;
    return value.split(split).flatMap((part) => this.clean(spec, part) ?? []);
  }

  private cells({ column, columns, item }: Spec): unknown[] {
    const { number, value } = this.item;
    if (item === true) return [value];
    if (item != null) return [item === 'number' && !isObject(value) ? number : valueAt(value, item)];
    return [...(column == null ? [] : [column]), ...(columns ?? [])].map((name) =>
      this.row.cell(inColumn(name, number)),
    );
  }

  private clean(spec: Spec, cell: unknown): unknown {
    if (Array.isArray(cell)) return (cell as unknown[]).flatMap((each) => this.clean(spec, each) ?? []);
    if (typeof cell !== 'string') return cell ?? null;
    try {
      return cleaned(cell, this.manner.empty);
    } catch (error) {
      if (error instanceof Unfit) return this.fault(spec, error.message, cell);
      throw error;
    }
  }

  /** One cleaned value as its field takes it, or as the mapping translates it. */
  private one(spec: Spec, { target }: Reading, cell: unknown): unknown {
    const { values, dates, decimal } = spec;
    if (values) {
      const translated: Constant | undefined = Object.hasOwn(values, String(cell))
        ? values[String(cell)]
        : spec.otherwise;
      if (translated !== undefined) return translated;
      return this.fault(spec, `One of ${Object.keys(values).join(', ')}, as the mapping's \`values\` say.`, cell);
    }
    const { writing } = this.manner;
    try {
      return converted(cell, target, { dates: dates ?? writing.dates, decimal: decimal ?? writing.decimal });
    } catch (error) {
      if (error instanceof Unfit) return this.fault(spec, error.message, cell);
      throw error;
    }
  }

  private region(spec: Spec): NamedPlace[] {
    const { code, name, country, level } = spec.region ?? {};
    const of = (part: Spec | null | undefined): string[] => {
      const list = { kind: 'list', of: { kind: 'text' } } as const;
      const value = part ? this.value({ spec: part, target: list }) : null;
      return [value].flat().flatMap((each) => (each == null ? [] : [String(each)]));
    };
    const [codes, names, [land = null]] = [of(code), of(name), of(country)];
    const column = columnsRead(spec, this.item.number).join(', ');
    const isOptional = spec.otherwise !== undefined;
    const made = Array.from({ length: Math.max(codes.length, names.length) }, (_, index) => {
      const [own = null, called = null] = [codes[index], names[index]];
      return new NamedPlace(own, called, land, level ?? undefined, column, isOptional);
    });
    return made.length === 0 && land !== null ? [new NamedPlace(null, null, land, 0, column, isOptional)] : made;
  }
}
