import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import type { Fields, JoinEdge } from '../fields.js';
import type { Source } from './knowledge.js';
import { connection } from './list.js';
import { leaf, listOf, literal, NotDeclared, nullable, type Part } from './part.js';
import type { Row, Scope, Selected } from './scope.js';
import { valueOf } from './value.js';

/** Longer lists than this, where only their record bounds them, are left to those who count while they read. */
export const longest = 1_000;

/** What is selected of one row, as a JSON object. */
export function record(scope: Scope, row: Row, type: GraphQLObjectType, selection: readonly Selected[]): Part {
  const parts = selection.map((selected) => ({ key: selected.key, ...field(scope, row, type, selected) }));
  const steps = parts.flatMap(({ key, complete }) => (complete ? [{ key, complete }] : []));
  return {
    sql: `json_build_object(${parts.map(({ key, sql }) => `${literal(key)}, ${sql}`).join(', ')})`,
    complete: (value, tally) => {
      const object = value as Record<string, unknown>;
      tally.rows += 1;
      for (const { key, complete } of steps) object[key] = complete(object[key], tally);
      return object;
    },
  };
}

function field(scope: Scope, row: Row, type: GraphQLObjectType, selected: Selected): Part {
  const { definition } = selected;
  if (definition.name === '__typename') return { sql: `${literal(type.name)}::text`, complete: null };
  const source = scope.knowledge.source(type.name, definition.name);
  if (!source) throw new NotDeclared(`${type.name}.${definition.name}`);
  if (source.kind === 'list') return connection(scope, row, selected, source, record);
  scope.refuseArguments(selected);
  return told(scope, row, selected, source);
}

function told(scope: Scope, row: Row, selected: Selected, source: Source): Part {
  const { type } = selected.definition;
  switch (source.kind) {
    case 'column':
      return isLeafType(getNamedType(type))
        ? leaf(type, row.read(source.column))
        : { sql: row.read(source.column), complete: valueOf(scope, type, selected.nodes) };
    case 'columns':
      return columns(scope, row, selected, source.columns);
    case 'one':
      return one(scope, row, selected, source.key);
    case 'folded':
      return many(scope, selected, throughEdge(edgeOf(row, source.edge), row.key('id')));
    case 'edge':
      return many(scope, selected, throughEdge(source.edge, row.key(source.key)));
    case 'rows':
      return many(scope, selected, {
        from: `${source.fields.table} t`,
        where: `${scope.row(source.fields).read(source.column)} = ${row.key(source.key)}`,
        order: `${source.order}, t.id`,
      });
    default:
      throw new NotDeclared(`${source.kind} below a record.`);
  }
}

function edgeOf(row: Row, name: string): JoinEdge {
  const edge = row.fields.edges?.[name];
  if (!edge) throw new NotDeclared(`${row.fields.type} has no edge '${name}'.`);
  return edge;
}

interface Rows {
  from: string;
  where: string;
  order: string;
}

const throughEdge = ({ through, table, key, target }: JoinEdge, of: string): Rows => ({
  from: `${through} j join ${table} t on t.id = j.${target}`,
  where: `j.${key} = ${of}`,
  order: 'j.position, t.id',
});

/** Some columns as an object of their own, null where one of them is. */
function columns(scope: Scope, row: Row, selected: Selected, given: Readonly<Record<string, string>>): Part {
  const { type } = selected.definition;
  const value = objectOf(type);
  const parts = scope.below(value, selected.nodes).map((inner) => {
    const { name } = inner.definition;
    if (name === '__typename') return { key: inner.key, sql: `${literal(value.name)}::text`, complete: null };
    const column = given[name];
    if (column === undefined || scope.knowledge.source(value.name, name)?.kind !== 'column')
      throw new NotDeclared(`${value.name}.${name}`);
    return { key: inner.key, ...leaf(inner.definition.type, row.read(column)) };
  });
  const known = Object.values(given).map((column) => `${row.read(column)} is not null`);
  const list = parts.map(({ key, sql }) => `${literal(key)}, ${sql}`).join(', ');
  return {
    sql: `case when ${known.join(' and ')} then json_build_object(${list}) end`,
    complete: nullable(type, (each, tally) => {
      const object = each as Record<string, unknown>;
      for (const { key, complete } of parts) if (complete) object[key] = complete(object[key], tally);
      return object;
    }),
  };
}

function one(scope: Scope, row: Row, selected: Selected, key: string): Part {
  const { type } = selected.definition;
  const target = declared(scope, objectOf(type));
  const found = scope.row(target);
  const { sql, complete } = record(scope, found, objectOf(type), scope.below(objectOf(type), selected.nodes));
  return {
    sql: `(select ${sql} from ${target.table} t${found.keysSql()} where t.id = ${row.key(key)})`,
    complete: nullable(type, complete),
  };
}

function many(scope: Scope, selected: Selected, { from, where, order }: Rows): Part {
  const { type } = selected.definition;
  const list = getNullableType(type);
  const item = objectOf(type);
  const found = scope.row(declared(scope, item));
  if (!isListType(list)) throw new NotDeclared(`${String(type)} is no list.`);
  const { sql, complete } = record(scope, found, item, scope.below(item, selected.nodes));
  const rows = `select ${sql} as o from ${from}${found.keysSql()} where ${where} order by ${order} limit ${longest + 1}`;
  const whole = listOf(type, nullable(list.ofType as GraphQLOutputType, complete));
  return {
    sql: `(select coalesce(json_agg(x.o), '[]') from (${rows}) x)`,
    complete: (value, tally) => {
      tally.longest = Math.max(tally.longest, (value as unknown[]).length);
      return whole(value, tally);
    },
  };
}

function objectOf(type: GraphQLOutputType): GraphQLObjectType {
  const named = getNamedType(type);
  if (!isObjectType(named)) throw new NotDeclared(`${named.name} is no object.`);
  return named;
}

function declared(scope: Scope, type: GraphQLObjectType): Fields {
  const fields = scope.knowledge.fields(type.name);
  if (!fields) throw new NotDeclared(`${type.name} has no declaration.`);
  return fields;
}
