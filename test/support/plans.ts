import { globSync } from 'node:fs';
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../../src/database/database.js';
import { connectionsOf, type ConnectionArguments } from '../../src/graph/connection.js';
import { anonymous, readInWaves, type Statement } from '../../src/graph/context.js';
import type { Fields, FilterField } from '../../src/graph/fields.js';
import type { Where } from '../../src/graph/filter.js';
import { pathsOf } from '../../src/subgraphs/path.loaders.js';
import { execute } from './connect.js';

/** A node of PostgreSQL's `explain (analyze, format json)`. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** What a statement did: the tables that it read whole, the most rows that it sorted, and the rows that it looked at. */
export interface Work {
  whole: string[];
  sorted: number;
  touched: number;
}

function workOf(root: PlanNode): Work {
  const nodes: PlanNode[] = [];
  const visit = (node: PlanNode) => {
    nodes.push(node);
    node.Plans?.forEach(visit);
  };
  visit(root);
  const rowsOf = (node: PlanNode) =>
    node['Actual Loops'] *
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0));
  return {
    whole: nodes.flatMap((node) =>
      node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0 ? [node['Relation Name'] ?? '?'] : [],
    ),
    sorted: Math.max(
      0,
      ...nodes.filter((node) => node['Node Type'] === 'Sort').map((node) => rowsOf(node.Plans?.[0] ?? node)),
    ),
    touched: Math.round(
      nodes.filter((node) => node['Node Type'].includes('Scan')).reduce((sum, node) => sum + rowsOf(node), 0),
    ),
  };
}

/** Asks for a page or the count of a list, as the server would for an anonymous reader, and tells what that cost. */
export async function workOfList(
  database: Database,
  fields: Fields,
  part: 'nodes' | 'totalCount',
  args: ConnectionArguments,
  [parent, key]: [string, string] | [null, ''] = [null, ''],
): Promise<Work & { rows: number }> {
  let work: Work | undefined;
  const run = database.readAs(anonymous);
  const plain = readInWaves(run);
  const read = readInWaves(async <Row>(query: Statement<Row>) => {
    const [row] = await run(
      sql<{
        'QUERY PLAN': [{ Plan: PlanNode }];
      }>`explain (analyze, timing off, format json) ${query as RawBuilder<Row>}`,
    );
    if (row) work = workOf(row['QUERY PLAN'][0].Plan);
    // The rows of a page are not looked at.
    return part === 'nodes' ? [] : run(query);
  });
  const page = connectionsOf(read, fields, parent, pathsOf(plain))(args, key);
  const rows = part === 'nodes' ? (await page.nodes()).length : await page.totalCount();
  if (work === undefined) throw new Error('Nothing was read.');
  return { ...work, rows };
}

interface Value {
  value: string;
  count: number;
}

/** The compared values of a filter in the data, with how many records have each, the commonest first. */
async function valuesIn(database: Database, { table }: Fields, field: FilterField): Promise<Value[]> {
  const { of } = field;
  const named =
    of && `(select n.${of.named} from ${of.table} n where n.id = ${field.sql} and n.publication_status = 'PUBLISHED')`;
  const each = field.isList ? `unnest(${field.sql})` : `(${named ?? field.sql})`;
  const value = field.kind === 'text' ? `regexp_split_to_table(goodgraph_folded(${each}), '[^[:alnum:]]+')` : each;
  const from =
    field.through === undefined
      ? `(select ${value} as value)`
      : field.through
          .replace(/^exists \(select from/, `(select ${value} as value from`)
          .replace(
            /^t\.id in \(select s\.id from (\w+) s where/,
            `(select ${value} as value from $1 s where s.id = t.id and`,
          )
          .replace('{}', 'true');
  return execute<Value>(
    database,
    `select value::text as value, count(*)::int as count from (select distinct t.id, x.value from (select * from ${table} order by hashtext(id) limit 5000) t cross join lateral ${from} x) y
     where value is not null and length(value::text) > 2 or '${field.kind}' <> 'text' and value is not null group by value order by 2 desc, 1`,
  );
}

const range = (bounds: (string | undefined)[]) => ({ gte: bounds[0], lte: bounds[1] });

/** Conditions of a filter that hold for many records and for few, with values that the data have. */
export async function casesOf(database: Database, fields: Fields, name: string): Promise<Record<string, Where>> {
  const field = fields.filters?.[name];
  if (field === undefined) throw new Error(`${fields.type} has no filter ${name}.`);
  if (field.kind === 'flag') return { yes: { [name]: true }, no: { [name]: false } };
  const values = await valuesIn(database, fields, field);
  if (values.length === 0) throw new Error(`No ${fields.type} has a value for ${name}.`);
  const [common, rare] = [values[0]?.value ?? '', values.at(-1)?.value ?? ''];
  if (field.kind === 'text') return { common: { [name]: { contains: common } }, rare: { [name]: { contains: rare } } };
  if (field.kind === 'date' || field.kind === 'decimal') {
    const sorted = values
      .map(({ value }) => value)
      .toSorted((a, b) => (field.kind === 'date' ? (a < b ? -1 : 1) : Number(a) - Number(b)));
    return {
      common: { [name]: range([sorted[Math.floor(sorted.length / 2)]]) },
      rare: { [name]: range([sorted.at(-1)]) },
      'rare low': { [name]: range([undefined, sorted[0]]) },
    };
  }
  const of = (value: string) => (field.kind === 'int' ? Number(value) : value);
  const cases: Record<string, Where> = {
    common: { [name]: { eq: of(common) } },
    rare: { [name]: { eq: of(rare) } },
    several: { [name]: { in: [of(rare), of(values.at(-2)?.value ?? rare)] } },
  };
  if (field.kind === 'tree')
    Object.assign(cases, {
      'common below': { [name]: { within: name === 'theme' ? common : common.slice(0, 2) } },
      'rare below': { [name]: { within: rare } },
    });
  return cases;
}

/** Every declaration of a list, by the name of its type. */
export async function declarations(): Promise<Record<string, Fields>> {
  const folder = new URL('../../src/subgraphs/', import.meta.url);
  const modules = globSync('*/*.fields.ts', { cwd: folder }).map((file) => import(new URL(file, folder).href));
  const all = (await Promise.all(modules)).flatMap((module) => Object.values(module as Record<string, unknown>));
  const lists = all.filter((each): each is Fields => typeof each === 'object' && each !== null && 'orders' in each);
  return Object.fromEntries(lists.map((fields) => [fields.type, fields]));
}
