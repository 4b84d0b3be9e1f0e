import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { records } from '../../src/subgraphs/records.js';
import type { GraphValues } from './graph-values.js';

/** How an object of some type is reached. */
export interface Way {
  /** The operation that asks it for these fields. */
  operation(fields: string): string;
  /** The fields on the way, as `Type.field`. */
  through: readonly string[];
}

type Field = GraphQLField<unknown, unknown>;
type Ask = (query: string) => Promise<unknown>;

/** So many ways to one type are enough: some lead to objects that lack what another has. */
const enough = 2;

/** Ways to every type that an object can be found of, by following every field from the roots on. */
export async function waysIn(schema: GraphQLSchema, values: GraphValues, ask: Ask): Promise<Map<string, Way[]>> {
  const ways = new Map<string, Way[]>();
  const seen = new Set<string>();
  const followed = new Set<string>();
  for (const root of [schema.getQueryType(), schema.getMutationType()])
    if (root)
      ways.set(root.name, [
        {
          operation: (fields) => `${root === schema.getQueryType() ? 'query' : 'mutation'} { ${fields} }`,
          through: [],
        },
      ]);

  const add = (type: string, id: unknown, way: Way) => {
    const known = ways.get(type) ?? [];
    if (known.length >= enough || (id !== undefined && seen.has(String(id)))) return;
    seen.add(String(id));
    const byId: Way = {
      operation: (fields) => `query { node(id: "${String(id)}") { ... on ${type} { ${fields} } } }`,
      through: ['Query.node'],
    };
    ways.set(type, [...known, type in records && id !== undefined ? byId : way]);
  };

  async function follow(type: GraphQLObjectType, field: Field): Promise<void> {
    const child = getNamedType(field.type);
    if (!isCompositeType(child)) return;
    const possible = isAbstractType(child) ? schema.getPossibleTypes(child) : [child];
    for (const [index, way] of (ways.get(type.name) ?? []).entries()) {
      const step = `${type.name}.${field.name} ${index}`;
      if (followed.has(step)) continue;
      if (possible.every(({ name }) => (ways.get(name)?.length ?? 0) >= enough)) return;
      followed.add(step);
      const answer = await ask(way.operation(callOf(field, values, probeOf(schema, child.name))));
      for (const { __typename: name, id } of objectsIn(answer))
        add(name, id, {
          operation: (fields) =>
            way.operation(callOf(field, values, isAbstractType(child) ? `... on ${name} { ${fields} }` : fields)),
          through: [...way.through, `${type.name}.${field.name}`],
        });
    }
  }

  for (let before = -1; before < ways.size;) {
    before = ways.size;
    for (const name of ways.keys()) {
      const type = schema.getType(name);
      if (isObjectType(type)) for (const field of Object.values(type.getFields())) await follow(type, field);
    }
  }
  return ways;
}

/** What tells which objects there are: of a page, whether it has rows. */
function probeOf(schema: GraphQLSchema, name: string): string {
  const type = schema.getType(name);
  const isPage = isObjectType(type) && 'nodes' in type.getFields();
  const ids = Object.keys(records).map((record) => `... on ${record} { id }`);
  if (isAbstractType(type)) return `__typename ${ids.join(' ')}`;
  return isPage ? '__typename nodes { __typename }' : `__typename ${name in records ? 'id' : ''}`;
}

interface Found {
  __typename: string;
  id?: string;
}

function objectsIn(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { __typename, nodes, ...rest } = value as Record<string, unknown>;
  if (__typename === undefined)
    return Object.values(rest)
      .concat(nodes ?? [])
      .flatMap(objectsIn);
  return Array.isArray(nodes) && nodes.length === 0 ? [] : [{ ...rest, __typename } as Found];
}

/** A field with what it must be given, so that it finds something. */
export function callOf(field: Field, values: GraphValues, below: string): string {
  const named = getNamedType(field.type);
  const key = (type: string, name: 'id' | 'slug') => JSON.stringify(values[type]?.[name]?.[0] ?? 'none');
  const known: Record<string, string> = {
    query: '"craft zzzzq"',
    facets: '[{ field: TYPE }]',
    prefix: '"cra"',
    theme: key('Theme', 'slug'),
    themes: `[${key('Theme', 'slug')}]`,
    partner: key('Partner', 'slug'),
    ids: `[${key('Partner', 'id')}]`,
  };
  // Of records that are entered with another one no form alone makes a payload.
  const id = values[named.name.replace(/Payload$/, '')]?.id?.[0];
  const args = field.args.flatMap((argument) => {
    if (argument.name === 'id') return [`id: ${key(named.name in values ? named.name : 'Partner', 'id')}`];
    const text = known[argument.name] ?? (isRequiredArgument(argument) ? sampleOf(argument.type, id) : undefined);
    return text === undefined ? [] : [`${argument.name}: ${text}`];
  });
  const given = args.length > 0 ? `(${args.join(', ')})` : '';
  return `${field.name}${given}${isCompositeType(named) ? ` { ${below} }` : ''}`;
}

/** A value of an input type that says as little as it may; of a translation, for the record with this id. */
function sampleOf(type: GraphQLInputType, id?: string): string {
  if (isNonNullType(type)) return sampleOf(type.ofType, id);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (!isInputObjectType(type))
    return { Int: '1', Float: '1', Boolean: 'true', Date: '"2026-01-01"' }[type.name] ?? '"x"';
  const fields = Object.values(type.getFields());
  const kept = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
  const isTranslation = type.name.endsWith('TranslateInput') && id !== undefined;
  const sample = (field: GraphQLInputField) =>
    isTranslation && field.name === 'id' ? JSON.stringify(id) : sampleOf(field.type);
  return `{ ${kept.map((field) => `${field.name}: ${sample(field)}`).join(', ')} }`;
}
