import {
  execute,
  getNamedType,
  getNullableType,
  GraphQLSchema,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  parse,
  type GraphQLObjectType,
} from 'graphql';
import { isDeepStrictEqual } from 'node:util';
import { told } from '../../graph/joining/said.js';

/** Everything of a type that can be asked without arguments, `depth` levels deep. */
export function selectionOf(type: GraphQLObjectType, depth = 2): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (field.name.startsWith('__') || field.args.some(isRequiredArgument)) return [];
    if (isLeafType(named)) return [field.name];
    if (depth === 0) return [];
    return [`${field.name} ${isObjectType(named) ? selectionOf(named, depth - 1) : '{ __typename }'}`];
  });
  return `{ ${['__typename', ...fields].join(' ')} }`;
}

/** What of an answered entity is not as its SDL says: graphql's own executor completes it a second time. */
export async function wrongIn(entity: unknown, type: GraphQLObjectType, schema: GraphQLSchema): Promise<string[]> {
  const document = parse(selectionOf(type));
  const rooted = new GraphQLSchema({ ...schema.toConfig(), query: type, assumeValid: true });
  const { data, errors = [] } = await execute({ schema: rooted, document, rootValue: entity });
  if (errors.length > 0) return errors.map(({ message, path }) => `${path?.join('.')}: ${told(message)}`);
  const completed: unknown = JSON.parse(JSON.stringify(data));
  return isDeepStrictEqual(completed, entity) ? [] : differences(entity, completed, type.name);
}

/** The paths at which a value is not what it was completed to. */
function differences(given: unknown, wanted: unknown, path: string): string[] {
  if (typeof given !== 'object' || typeof wanted !== 'object' || given === null || wanted === null)
    return Object.is(given, wanted) ? [] : [`${path}: ${shown(given)} instead of ${shown(wanted)}`];
  const names = new Set([...Object.keys(given), ...Object.keys(wanted)]);
  return [...names].flatMap((name) =>
    differences((given as Record<string, unknown>)[name], (wanted as Record<string, unknown>)[name], `${path}.${name}`),
  );
}

const shown = (value: unknown) => told(JSON.stringify(value) ?? 'nothing', 60);

/** Every object with a `__typename` in an answer, however deep. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return '__typename' in value ? [value as Record<string, unknown>, ...inside] : inside;
}

/** Whether a field's type takes numbers. */
export const isNumeric = (type: GraphQLObjectType, field: string) =>
  ['Int', 'Float'].includes(String(getNullableType(type.getFields()[field]?.type)));
