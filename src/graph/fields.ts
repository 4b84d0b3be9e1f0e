import { CompiledQuery, sql, type RawBuilder } from 'kysely';
import type { Read, Statement } from './context.js';
import { limits } from './limits.js';
import { manyBy, oneBy } from './loaders.js';
import { telling } from './reads.js';

/** How clients may filter by a field. SQL texts speak of the record's own table as `t`. */
export interface FilterField {
  description: string;
  /** `key`: eq and in; `text`: contains; `tree`: eq, in and within; `date`: gte and lte; `int`: eq, in, gte and lte;
   *  `decimal`: gte and lte; `flag`: true or false. */
  kind: 'key' | 'text' | 'tree' | 'date' | 'int' | 'decimal' | 'flag';
  /** The compared expression; for `flag` the whole condition. */
  sql: string;
  /** For a field reached over rows of other tables: the condition with `{}` where the comparison goes, and `{key}` for
   *  the parent's id where the list hangs below a record. */
  through?: string;
  /**
   * The expression is the key of a row of this table, which clients name by another column of it; a tree has `path` there.
   * PostgreSQL is asked with the ids, for it knows how common each of them is: what a join will find it can only guess.
   */
  of?: { table: string; named: string };
  /** For `key`: the expression is an array, which matches by any of its members. */
  isList?: true;
  /** For `text`: the expression is folded already, as `goodgraph_folded` does. */
  isFolded?: true;
  /** For a span that is asked of other rows: the conditions, with `{}` for the bound, in place of a comparison. */
  bounds?: { gte: string; lte: string };
  /** For `tree`: the materialised path of the compared row. */
  path?: string;
  /** The GraphQL name of the enum whose values are compared, or the enum itself under its name. */
  enum?: string | Record<string, object>;
}

/** What clients see of a filter. */
export type AskedFilter = Pick<FilterField, 'description' | 'kind' | 'enum'>;

/** What clients see of a list's declaration, and all that is declared of one that is not read from a table. */
export interface Asked {
  type: string;
  filters?: Record<string, AskedFilter>;
  orders?: Record<string, Pick<OrderField, 'description'>>;
}

export interface OrderField {
  description: string;
  /** Non-null expressions over `t`; `t.id` is added last so that the order is total. */
  by: string[];
  descending?: boolean;
}

/** A list that hangs below a parent record: a condition over `t` with `{key}` for the parent's id. */
export type ParentCondition = string;

/** A to-many edge whose size is bound by its record: `through` holds `key` (ours) and `target` (theirs). */
export interface JoinEdge {
  through: string;
  key: string;
  target: string;
  table: string;
  /** The ids at its far end come with the row, as `<name>Ids`: for a few of them that most readers want. */
  isFolded?: boolean;
}

/** Everything about a type that touches data; see decision 2 in src/README.md. Plain data, no behaviour. */
export interface Fields {
  type: string;
  table: string;
  prefix: string;
  columns: readonly string[];
  /** The columns of the table that readers may read, where that is not all of them. */
  readable?: readonly string[];
  /** Columns that are read by another SQL text over `t` of the same type, because not every reader is shown the same. */
  shown?: Record<string, string>;
  /** Texts worked out in SQL over `t`, never null. */
  computed?: Record<string, string>;
  /** The same, null where it cannot be worked out. */
  derived?: Record<string, string>;
  /** To-one edges into another subgraph: the row gets `<name>Id`, null where the viewer may not see the target. */
  references?: Record<string, { table: string; column?: string }>;
  edges?: Record<string, JoinEdge>;
  filters?: Record<string, FilterField>;
  /** Conditions over `t` of the root list, each until the list's `where` speaks of the filter of that name. */
  defaults?: Record<string, string>;
  orders?: Record<string, OrderField>;
  parents?: Record<string, ParentCondition>;
  /** Records of other types refer to it, and it to none of theirs: by id it is loaded after them. */
  isLeaf?: boolean;
  /**
   * How long lists below a record usually are, by `Type.field`; `*` is every type. Operations are priced by it, and by half
   * the page that is asked for at least.
   */
  sizes?: Record<string, number>;
  /** Seconds that a shared cache may keep an answer that holds this type. */
  maxAge?: number;
}

type Plain<Value> = Value extends Date ? string : Value;

/**
 * A column, or something in the place of what is unknown. Not `coalesce`: under row-level security PostgreSQL takes that for
 * a function that may tell what it sees, and would compare it row by row instead of in an index.
 */
export const orElse = (column: string, absent: string): string =>
  `case when ${column} is null then ${absent} else ${column} end`;

/**
 * The bounds of a filter on a column that lists are ordered by too, as `orElse`. Compared twice: as the column, whose values
 * PostgreSQL knows, and as the order compares, so that a page begins where the span does and not where the list does.
 */
export function boundsIn(column: string, absent: string) {
  const value = orElse(column, absent);
  return { gte: `(${column} >= {} and ${value} >= {})`, lte: `(${column} <= {} and ${value} <= {})` };
}

type FoldedIds<Edges, K extends keyof Edges & string> = Edges[K] extends { isFolded: true } ? `${K}Ids` : never;

/** A row as loaders return it: the declared columns, an id for each reference, the ids of folded edges. */
export type RowOf<Entity, F extends Fields> = { [K in F['columns'][number] & keyof Entity]: Plain<Entity[K]> } & {
  [K in keyof F['references'] & string as `${K}Id`]: string | null;
} & { [K in keyof F['edges'] & string as FoldedIds<F['edges'], K>]: string[] } & {
  [K in keyof F['computed'] & string]: string;
} & { [K in keyof F['derived'] & string]: string | null } & {
  [K in Exclude<F['columns'][number], keyof Entity> as K extends `${string}Id` ? K : never]: string | null;
};

/** A column's name in PostgreSQL. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A declared column as readers read it, in SQL over `t`. */
export const columnSql = ({ shown }: Fields, name: string): string =>
  shown?.[name] === undefined ? `t."${snake(name)}"` : `(${shown[name]})`;

const selectLists = new WeakMap<Fields, RawBuilder<unknown>>();

/** The select list of a declaration, over its table as `t`. A reference is read through its target's visibility. */
export function selectList(fields: Fields): RawBuilder<unknown> {
  // Every request makes its loaders, and they all begin with this text.
  const list = selectLists.get(fields) ?? selectListOf(fields);
  selectLists.set(fields, list);
  return list;
}

function selectListOf(fields: Fields): RawBuilder<unknown> {
  const columns = fields.columns.map((name) => `${columnSql(fields, name)} as "${name}"`);
  const references = Object.entries(fields.references ?? {}).map(
    ([name, { table, column }]) =>
      `(select r.id from ${table} r where r.id = t.${column ?? `${snake(name)}_id`}) as "${name}Id"`,
  );
  const folded = Object.entries(fields.edges ?? {}).flatMap(([name, { isFolded, through, key, target, table }]) =>
    isFolded
      ? `array(select r.id from ${through} j join ${table} r on r.id = j.${target}
          where j.${key} = t.id order by j.position, r.id) as "${name}Ids"`
      : [],
  );
  const computed = Object.entries({ ...fields.computed, ...fields.derived }).map(
    ([name, text]) => `${text} as "${name}"`,
  );
  return sql.raw([...columns, ...computed, ...references, ...folded].join(', '));
}

/** Ends every statement for lists: a row more than a request may read, so that neither it nor memory goes further. */
export const rowLimit = sql.raw(` limit ${limits.rows + 1}`);

/**
 * Begins a statement that differs in its keys alone: each connection prepares it once, see `readAs`. A statement with a
 * filter has no such mark: how PostgreSQL answers it best depends on the values.
 */
export const keyed = sql.raw('/* keyed */ ');

const texts = new WeakMap<object, Map<string, string>>();

/** A keyed statement, whose text is worked out once for all requests: `of` and `name` tell it from all others. */
function byKeys<Row>(
  of: object,
  name: string,
  make: (keys: readonly string[]) => RawBuilder<Row>,
): (keys: readonly string[]) => Statement<Row> {
  const known = texts.get(of) ?? new Map<string, string>();
  texts.set(of, known);
  return (keys) => ({
    compile: (db) => {
      const text = known.get(name) ?? make(keys).compile(db).sql;
      known.set(name, text);
      return CompiledQuery.raw(text, [keys]) as CompiledQuery<Row>;
    },
  });
}

/** Rows by a unique text column, one statement a batch. */
export function rowBy<Row>(read: Read, fields: Fields, column = 'id') {
  const statement = byKeys<Row>(fields, `one by ${column}`, (keys) => {
    const by = sql.ref(`t.${snake(column)}`);
    return sql`${keyed}select ${selectList(fields)} from ${sql.table(fields.table)} t where ${by} = any(${keys}::text[])`;
  });
  const loader = oneBy<Row>(
    read,
    (keys) => read(statement(keys)),
    (row) => String((row as Record<string, unknown>)[column]),
    column === 'id' ? (fields.isLeaf ? 'leaves' : 'records') : 'lists',
  );
  return telling(loader, { row: fields, column });
}

/** The rows that share a foreign key, ordered by `order` (SQL over `t`), one statement a batch. */
export function rowsBy<Row>(read: Read, fields: Fields, column: string, order: string) {
  const statement = byKeys<Row>(fields, `many by ${column}, ${order}`, (keys) => {
    const by = sql.ref(`t.${snake(column)}`);
    return sql`${keyed}select ${selectList(fields)} from ${sql.table(fields.table)} t
      where ${by} = any(${keys}::text[]) order by ${sql.raw(order)}, t.id${rowLimit}`;
  });
  const loader = manyBy<Row>(
    read,
    (keys) => read(statement(keys)),
    (row) => String((row as Record<string, unknown>)[column]),
  );
  return telling(loader, { rows: fields, column, order });
}

/** The visible targets of a declared edge as references, in their declared order, one statement a batch. */
export function idsBy(read: Read, edge: JoinEdge) {
  type Target = { key: string; id: string };
  const statement = byKeys<Target>(edge, 'ids', (keys) => throughSql(edge, sql`t.id`, keys));
  const loader = manyBy<Target>(
    read,
    (keys) => read(statement(keys)),
    (row) => row.key,
  );
  return telling(loader, { edge });
}

/** The visible rows at the far end of a declared edge, in their declared order, one statement a batch. */
export function rowsThrough<Row>(read: Read, fields: Fields, edge: JoinEdge) {
  type Target = Row & { key: string };
  const statement = byKeys<Target>(edge, `rows of ${fields.type}`, (keys) =>
    throughSql(edge, selectList(fields), keys),
  );
  const loader = manyBy<Target>(
    read,
    (keys) => read(statement(keys)),
    (row) => row.key,
  );
  return telling(loader, { edge });
}

function throughSql<Row>(
  { through, table, key, target }: JoinEdge,
  list: RawBuilder<unknown>,
  keys: readonly string[],
) {
  const from = sql.ref(`j.${key}`);
  return sql<Row>`${keyed}select ${from} as "key", ${list} from ${sql.table(through)} j join ${sql.table(table)} t on t.id = ${sql.ref(`j.${target}`)}
    where ${from} = any(${keys}::text[]) order by j.position, t.id${rowLimit}`;
}

/** A reference as a resolver returns it to be hydrated by its owner, or null. */
export function reference(id: string | null | undefined): { id: string } | null {
  return id == null ? null : { id };
}

/** The same for the ids of a folded edge. */
export const references = (ids: readonly string[]): { id: string }[] => ids.map((id) => ({ id }));

/** What several declarations say of the sizes of lists. */
export function sizesOf(fields: readonly Fields[]): Record<string, number> {
  return Object.assign({}, ...fields.map(({ sizes }) => sizes)) as Record<string, number>;
}
