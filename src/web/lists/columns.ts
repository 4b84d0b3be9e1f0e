import {
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';

/** A field of a record that stands in a file, with what of it stands there. */
export interface Column {
  name: string;
  /** A list that its record bounds. */
  isList: boolean;
  /** Of a date: the field that tells how much of it is known. */
  precision: string | null;
  takesLanguage: boolean;
  /** What is told of a record or a value; null for what has no fields. */
  below: readonly Column[] | null;
}

/** Whether a field may be asked for, by its type and its name. */
export type May = (type: string, field: string) => boolean;

/** By these a row is known: they come first. Then the rest by the alphabet, and at last what is the record's own affair. */
const first = ['id', 'slug', 'code', 'acronym', 'name', 'title', 'label'];
const last = [
  'sources',
  'sourceNote',
  'origin',
  'confidence',
  'publicationStatus',
  'withdrawnReason',
  'version',
  'createdAt',
  'updatedAt',
];

/** By the first of these that it has a record is told where another one names it. */
const keys = ['slug', 'code'];
const names = ['name', 'label', 'acronym', 'title'];

/** What may be given beside a row: without them a field is the same for everyone who asks. */
const free = ['language', 'field'];

/**
 * The columns of a list of this type, for those who may ask for what `may` says: its values; records that it names, by their key
 * and name; values of several parts. A list is one column for each of its parts. What has pages, or is a record without a key
 * of its own, is another list's affair.
 */
export function columnsOf(type: GraphQLObjectType, may: May): Column[] {
  const fields = type.getFields();
  return Object.values(fields)
    .filter(({ name }) => may(type.name, name) && !(precisionOf(name) in fields))
    .toSorted((a, b) => placeOf(a.name) - placeOf(b.name) || (a.name < b.name ? -1 : 1))
    .flatMap((field) => columnOf(field, fields, may));
}

const precisionOf = (name: string) => (name.endsWith('Precision') ? name.slice(0, -'Precision'.length) : '');

function placeOf(name: string): number {
  if (first.includes(name)) return first.indexOf(name) - first.length;
  return last.indexOf(name) + 1;
}

type FieldOf = GraphQLField<unknown, unknown>;

function columnOf(field: FieldOf, siblings: Readonly<Record<string, FieldOf>>, may: May): Column[] {
  const taken = field.args.map(({ name }) => name);
  if (!taken.every((name) => free.includes(name))) return [];
  const { name } = field;
  const isList = isListOf(field.type);
  const precision = `${name}Precision` in siblings ? `${name}Precision` : null;
  const made = { name, isList, precision, takesLanguage: taken.includes('language') };
  const type = getNamedType(field.type);
  if (isLeafType(type)) return [{ ...made, below: null }];
  const below = isObjectType(type) ? partsOf(type, isList, may) : [];
  return below.length === 0 ? [] : [{ ...made, below }];
}

const isListOf = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/** What is told of something that a record names or holds. */
function partsOf(type: GraphQLObjectType, isList: boolean, may: May): Column[] {
  const fields = type.getFields();
  const isRecord = 'id' in fields && type.getInterfaces().length > 0;
  if (isRecord) {
    const [key, name] = [keys, names].map((words) => words.find((each) => each in fields));
    if (key === undefined || name === undefined) return [];
    return [key, name].flatMap((each) => (may(type.name, each) ? columnOf(fields[each] as FieldOf, {}, may) : []));
  }
  const isFlat = Object.values(fields).every((each) => isLeafType(getNamedType(each.type)));
  return isList && !isFlat ? [] : columnsOf(type, may);
}

/** Whether any of these is told in a language. */
export const takeLanguage = (columns: readonly Column[]): boolean =>
  columns.some(({ takesLanguage, below }) => takesLanguage || (below !== null && takeLanguage(below)));

/** These columns as GraphQL asks for them. */
export function selectionOf(columns: readonly Column[]): string {
  return columns
    .map(({ name, precision, takesLanguage, below }) => {
      const field = takesLanguage ? `${name}(language: $language)` : name;
      return `${field}${below ? ` { ${selectionOf(below)} }` : ''}${precision ? ` ${precision}` : ''}`;
    })
    .join(' ');
}

type Row = Readonly<Record<string, unknown>>;

/** How many characters of a day are known. */
const known: Record<string, number> = { YEAR: 4, MONTH: 7 };

/** A row as files tell it: what the graph answered, each date as far as it is known (`2014`, `2014-07`, `2014-07-24`). */
export function tell(columns: readonly Column[], row: Row): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column.name, valueOf(column, row)]));
}

function valueOf({ name, precision, below }: Column, row: Row): unknown {
  const value = row[name];
  if (value == null) return null;
  if (precision !== null) return String(value).slice(0, known[String(row[precision])]);
  if (below === null) return value;
  return Array.isArray(value)
    ? (value as (Row | null)[]).map((each) => each && tell(below, each))
    : tell(below, value as Row);
}

/** A value in a table: a column, or a part of one, by its path. */
export interface Cell {
  path: readonly string[];
}

/** The cells of a row, named `owner.slug` and the like by their paths. */
export const cellsOf = (columns: readonly Column[], path: readonly string[] = []): Cell[] =>
  columns.flatMap(({ name, below }) => (below ? cellsOf(below, [...path, name]) : [{ path: [...path, name] }]));

/** What a told row holds at the place of a cell: of a list what each of its members holds there. */
export function at(told: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined || told == null) return told ?? null;
  return Array.isArray(told) ? told.map((each) => at(each, [name, ...rest])) : at((told as Row)[name], rest);
}
