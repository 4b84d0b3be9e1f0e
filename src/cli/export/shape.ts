import { projectThemes } from '../../subgraphs/practices/theme.fields.js';
import { records } from '../../subgraphs/records.js';
import { subgraphs } from '../../subgraphs/subgraphs.js';
import type { Client } from '../bulk/copy.js';
import { catalogueOf, type CatalogueColumn } from './catalogue.js';

/** Whom an export is read as: everyone, or an admin. */
export type Reader = 'PUBLIC' | 'ADMIN';

/** What a value is in JSON: decimals, days (`2012-01-31`) and times are texts; `json` is any value. */
export type Kind = 'text' | 'integer' | 'number' | 'decimal' | 'boolean' | 'date' | 'time' | 'texts' | 'json';

export interface Column {
  name: string;
  /** Its key in a line. */
  field: string;
  kind: Kind;
  isRequired: boolean;
  /** The table of records whose id it holds. */
  target?: string;
}

/** Rows of another table that stand in the line of their record. */
export interface Part {
  table: string;
  field: string;
  /** The column that names the record. */
  key: string;
  columns: Column[];
  /** Ends their order; an edge's position begins it. */
  order: string[];
  /** The far end of an edge, which is written as a list of ids; absent for rows that say more. */
  edge?: Column;
  /** Whether an edge keeps the order that its record's author gave. */
  hasPosition: boolean;
}

/** One file of an export: a line a row. */
export interface FileShape {
  type: string;
  table: string;
  isRecord: boolean;
  /** No role of readers may read it all: it is read with the rights of the tables' owner. */
  isOwners: boolean;
  columns: Column[];
  parts: Part[];
  order: string[];
}

const roles: Record<Reader, string> = { PUBLIC: 'goodgraph_public', ADMIN: 'goodgraph_member' };

/**
 * What readers' roles may read and no export holds: keys by which a mutation is sent again, what is searched, and the feed,
 * whose cursors are of one database.
 */
const isLeftOut = (table: string): boolean =>
  table === 'mutation_key' || table === 'change' || table.endsWith('_search');

/** Who did what, and what imports have met: an admin's export holds it, though no role of readers may read all of it. */
const owners = ['account', 'import_match', 'revision'];

/** Worked out by triggers: a slug of a hidden theme stands in the paths of those below it. */
const isDerived = ({ table, name }: CatalogueColumn): boolean => table === 'theme' && name === 'path';

/** Who brought a source or an indicator in is no field of the graph. */
const isForAdmins = ({ name }: CatalogueColumn): boolean => name === 'introduced_by';

/** What parts are called in the graph, as far as no declaration of an edge says it. */
const partNames: Record<string, string> = {
  [projectThemes.through]: 'themes',
  record_source: 'sources',
  translation: 'translations',
  region_link: 'successors',
  partner_contact: 'contacts',
  partner_contact_email: 'contactEmails',
  transfer_status: 'statusHistory',
  good_practice_step: 'steps',
  ...Object.fromEntries(
    subgraphs
      .flatMap(({ fields }) => fields)
      .flatMap(({ edges }) => Object.entries(edges ?? {}))
      .map(([name, { through }]) => [through, name]),
  ),
};

const camel = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string) => camel(`_${name}`);

const typeOf = new Map(Object.entries(records).map(([type, { table }]) => [table as string, type]));

const kinds: Record<string, Kind> = {
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  'double precision': 'number',
  numeric: 'decimal',
  boolean: 'boolean',
  date: 'date',
  'timestamp with time zone': 'time',
  'text[]': 'texts',
  jsonb: 'json',
};

/**
 * What an export holds: everything that the reader's role may read, as PostgreSQL's catalogue has it. A table that is none
 * of records and no part of one has a file of its own.
 */
export async function shapesFor(client: Client, reader: Reader): Promise<FileShape[]> {
  const catalogue = await catalogueOf(client, roles[reader]);
  const isOwners = (table: string) => reader === 'ADMIN' && owners.includes(table);
  const readable = new Map(
    Array.from(catalogue, ([table, columns]) => [
      table,
      columns.filter((each) => (each.isReadable || isOwners(table)) && (reader === 'ADMIN' || !isForAdmins(each))),
    ]),
  );
  const tables = [...readable.keys()].filter((table) => readable.get(table)?.length !== 0 && !isLeftOut(table));
  const exported = new Set(tables);
  const parts = tables.flatMap((table) => {
    const whole = typeOf.has(table) ? undefined : wholeOf(catalogue, table);
    return whole === undefined ? [] : [{ whole, part: partOf(readable.get(table) ?? [], whole, exported) }];
  });
  const isPart = new Set(parts.map(({ part }) => part.table));
  return tables
    .filter((table) => !isPart.has(table))
    .map((table): FileShape => {
      const columns = readable.get(table) ?? [];
      const isRecord = typeOf.has(table);
      return {
        type: typeOf.get(table) ?? pascal(table),
        table,
        isRecord,
        isOwners: isOwners(table),
        columns: columnsOf(columns, exported),
        parts: isRecord
          ? parts.filter(({ whole }) => whole === table || whole === anyRecord).map(({ part }) => part)
          : [],
        order: keyOf(columns),
      };
    })
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

/** In the place of a table: whichever the id names. */
const anyRecord = '*';

/** The table of records that the rows of a table are part of: its primary key begins with such a record's id. */
function wholeOf(catalogue: Map<string, CatalogueColumn[]>, table: string): string | undefined {
  const first = catalogue.get(table)?.find(({ keyPlace }) => keyPlace === 1);
  if (first?.name === 'record_id') return anyRecord;
  const above = first?.refersTo ?? first?.leadsTo;
  if (above == null) return undefined;
  return typeOf.has(above) ? above : wholeOf(catalogue, above);
}

function partOf(columns: CatalogueColumn[], whole: string, exported: ReadonlySet<string>): Part {
  const { table, name: key } = columns.find(({ keyPlace }) => keyPlace === 1) as CatalogueColumn;
  const order = keyOf(columns).slice(1);
  const others = columnsOf(columns, exported).filter(({ name }) => name !== key);
  const edge = others.find(({ name, target }) => order.length === 1 && name === order[0] && target !== undefined);
  const isEdge = edge !== undefined && others.every(({ name }) => name === edge.name || name === 'position');
  const prefix = `${whole}_`;
  return {
    table,
    field: partNames[table] ?? camel(table.startsWith(prefix) ? table.slice(prefix.length) : table),
    key,
    columns: others,
    order,
    ...(isEdge && { edge }),
    hasPosition: isEdge && others.length > 1,
  };
}

const keyOf = (columns: CatalogueColumn[]): string[] =>
  columns
    .filter(({ keyPlace }) => keyPlace !== null)
    .toSorted((a, b) => (a.keyPlace ?? 0) - (b.keyPlace ?? 0))
    .map(({ name }) => name);

/** A reference to what no file of this export holds would say nothing. */
const columnsOf = (columns: CatalogueColumn[], exported: ReadonlySet<string>): Column[] =>
  columns
    .filter((each) => !isDerived(each) && (each.refersTo === null || exported.has(each.refersTo)))
    .map(({ name, type, isRequired, refersTo }) => ({
      name,
      field: camel(name),
      kind: kinds[type] ?? 'text',
      isRequired,
      ...(refersTo !== null && typeOf.has(refersTo) && { target: refersTo }),
    }));

/** What a field holds: a kind, `id of Partner`, `ids of Region`, or the fields of each row of a list. */
export type FieldKind = string | Record<string, string>;

/** The fields of a line in their order, and what they hold: the description that stands in the manifest. */
export function fieldsOf({ columns, parts }: FileShape): Record<string, FieldKind> {
  const told = ({ kind, target }: Column) => (target === undefined ? kind : `id of ${String(typeOf.get(target))}`);
  return Object.fromEntries<FieldKind>([
    ...columns.map((column): [string, FieldKind] => [column.field, told(column)]),
    ...parts.map((part): [string, FieldKind] => [
      part.field,
      part.edge
        ? `ids of ${String(typeOf.get(part.edge.target ?? ''))}`
        : Object.fromEntries(part.columns.map((column) => [column.field, told(column)])),
    ]),
  ]);
}
