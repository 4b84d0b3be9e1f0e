import { records, type RecordTypeName } from '../../subgraphs/records.js';
import type { Column, FileShape, Part, Reader } from './shape.js';

/**
 * The statement whose rows are the lines of a file, in their order. Rows are those that the policies show to the role that
 * asks; the public is told no id of what it may not see (decision 4), and what cannot be without such a record is left out.
 */
export function linesOf(shape: FileShape, shapes: readonly FileShape[], reader: Reader): string {
  const standing = reader === 'PUBLIC' ? standingAmong(shapes) : undefined;
  const values = shape.columns.map((column) => `${valueOf(shape.table, column, 't', standing)} as "${column.field}"`);
  const parts = shape.parts.map((part) => `${listOf(part, standing)} as "${part.field}"`);
  const conditions = standing?.conditions(shape, 't') ?? [];
  const order = shape.order.map((name) => `t."${name}"`).join(', ') || 't::text';
  return `select row_to_json(line)::text as line from (
    select ${[...values, ...parts].join(', ')} from ${shape.table} t${where(conditions)} order by ${order}) line`;
}

const where = (conditions: readonly string[]) => (conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '');

/** What must hold, for the public, of the records that a row names. */
interface Standing {
  /** That keys which cannot be null name what is exported. */
  conditions(rows: Rows, row: string): string[];
  /** That the record of this table with this id is exported. */
  exists(table: string, id: string): string;
  /** The same of an id that is visible, of whatever type its prefix says. */
  existsAny(id: string): string;
}

type Rows = Pick<FileShape, 'columns'> & { isRecord?: boolean };

const required = ({ columns }: Rows) => columns.filter(({ isRequired, target }) => isRequired && target !== undefined);
const namesAny = ({ columns }: Rows) => columns.some(({ name }) => name === 'record_id');

function standingAmong(shapes: readonly FileShape[]): Standing {
  const byTable = new Map(shapes.map((shape) => [shape.table, shape]));
  const conditional = shapes.filter((shape) => shape.isRecord && (required(shape).length > 0 || namesAny(shape)));
  let count = 0;
  const exists = (table: string, id: string): string => {
    const row = `r${(count += 1)}`;
    const shape = byTable.get(table);
    const more = shape ? conditions(shape, row) : [];
    return `exists (select from ${table} ${row}${where([`${row}.id = ${id}`, ...more])} offset 0)`;
  };
  const among = (tables: readonly FileShape[], id: string): string => {
    const arms = tables.map(({ type, table }) => `when '${prefixOf(type)}' then ${exists(table, id)}`);
    return `case split_part(${id}, '_', 1) ${arms.join(' ')} else true end`;
  };
  const conditions = (rows: Rows, row: string): string[] => [
    ...required(rows).map(({ name, target = '' }) => exists(target, `${row}."${name}"`)),
    // What is said of a record is about no other thing that is said.
    ...(namesAny(rows)
      ? [among(rows.isRecord ? conditional.filter((other) => !namesAny(other)) : conditional, `${row}.record_id`)]
      : []),
  ];
  return { conditions, exists, existsAny: (id) => among(conditional, id) };
}

const prefixOf = (type: string): string => records[type as RecordTypeName].prefix;

function valueOf(table: string, column: Column, row: string, standing: Standing | undefined): string {
  const { name, kind, target, isRequired } = column;
  const value = `${row}."${name}"`;
  if (standing && table === 'revision' && name === 'changes') return changesOf(value, standing);
  // One that is required was looked for already.
  if (standing && target !== undefined && !isRequired)
    return `case when ${standing.exists(target, value)} then ${value} end`;
  // Decimals keep their digits as texts, and what JSON has no form for is written as PostgreSQL does.
  return kind === 'decimal' || kind === 'text' ? `${value}::text` : value;
}

/** What a revision changed, without the keys of records that are not exported. */
const changesOf = (changes: string, standing: Standing): string => `(
  select coalesce(jsonb_object_agg(c.key, (
    select jsonb_agg(case when c.key not like '%\\_id' or (goodgraph_record_visible(v.id) and ${standing.existsAny('v.id')})
      then v.value end order by v.place)
    from (select e.value, e.place, e.value #>> '{}' as id from jsonb_array_elements(c.value) with ordinality e (value, place)) v)), '{}')
  from jsonb_each(${changes}) c)`;

function listOf(part: Part, standing: Standing | undefined): string {
  const { table, key, edge, columns, hasPosition, order } = part;
  const conditions = [`j."${key}" = t.id`, ...(standing?.conditions({ columns }, 'j') ?? [])];
  const by = [...(hasPosition ? ['position'] : []), ...order].map((name) => `j."${name}"`).join(', ');
  const ordered = by === '' ? '' : ` order by ${by}`;
  const values = columns.map((column) => `${valueOf(table, column, 'j', standing)} as "${column.field}"`);
  const row = edge ? `j."${edge.name}"` : `(select row_to_json(f) from (select ${values.join(', ')}) f)`;
  return `to_json(array(select ${row} from ${table} j${where(conditions)}${ordered}))`;
}
