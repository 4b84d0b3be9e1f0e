import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { PathSegment, RequiresSelection, Rewrites } from './planner.js';

/** An object of an answer that is being put together, by response names. An error lies where its field's value would. */
export type Answer = Record<string, unknown>;

type Segment = Rewrites[number] extends { ValueSetter: { path: (infer Each)[] } } | (infer _) ? Each : never;

type Path = readonly (string | number)[];

/** Stands for a field that failed. */
export class FieldFault extends Error {
  constructor(
    /** Each with the path below the field at which it arose: the field is null because that may not be. */
    readonly causes: readonly { error: Error; below: Path }[],
  ) {
    super('A subgraph failed.');
  }
}

export const isObject = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FieldFault);

/** Tells whether a type is another one, or one of its possible types. */
export type IsOfType = (name: unknown, condition: string) => boolean;

export function typesOf(schema: GraphQLSchema): IsOfType {
  const known = new Map<string, Set<string>>();
  for (const type of Object.values(schema.getTypeMap()))
    if ('getInterfaces' in type || 'getTypes' in type) {
      const possible =
        'getFields' in type && !('resolveType' in type) ? [type] : schema.getPossibleTypes(type as never);
      known.set(type.name, new Set([type.name, ...possible.map(({ name }) => name)]));
    }
  return (name, condition) => known.get(condition)?.has(String(name)) ?? name === condition;
}

/** Adds what a subgraph answered to what there is: objects are merged, what is there stays, and an error replaces nothing else. */
export function merge(target: Answer, source: Answer): void {
  for (const [name, value] of Object.entries(source))
    // Another organisation's JSON may hold any name.
    if (name !== '__proto__') target[name] = merged(target[name], value);
}

function merged(before: unknown, value: unknown): unknown {
  if (isObject(before) && isObject(value)) merge(before, value);
  else if (Array.isArray(before) && Array.isArray(value) && before.length === value.length)
    for (const [index, item] of value.entries()) before[index] = merged(before[index], item);
  else if (!isThere(before) && (isThere(value) || !(before instanceof FieldFault))) return value;
  return before;
}

const isThere = (value: unknown) => value !== null && value !== undefined && !(value instanceof FieldFault);

/** Puts an error at its path, or at the null that it became; false when the path leads to nothing that was answered. */
export function place(root: Answer, path: Path, error: Error): boolean {
  let holder: unknown = root;
  for (const [index, key] of path.entries()) {
    if (!Array.isArray(holder) && !isObject(holder)) return false;
    if (!Object.hasOwn(holder, key) || key === '__proto__') return false;
    const values = holder as Answer;
    const value = values[key];
    if (value === null || value === undefined || value instanceof FieldFault) {
      const told = value instanceof FieldFault ? value.causes : [];
      values[key] = new FieldFault([...told, { error, below: path.slice(index + 1) }]);
      return true;
    }
    holder = value;
  }
  return false;
}

/** The objects at a path of a plan: `@` is every item of a list. */
export function objectsAt(value: unknown, path: readonly PathSegment[], isOfType: IsOfType): Answer[] {
  const [segment, ...rest] = path;
  if (Array.isArray(value)) {
    const below = segment === '@' ? rest : path;
    return value.flatMap((item) => objectsAt(item, below, isOfType));
  }
  if (!isObject(value)) return [];
  if (segment === undefined) return [value];
  if (segment === '@') return [];
  if ('Field' in segment) return objectsAt(value[segment.Field], rest, isOfType);
  const { __typename: name } = value;
  const isMeant = name === undefined || segment.TypeCondition.some((condition) => isOfType(name, condition));
  return isMeant ? objectsAt(value, rest, isOfType) : [];
}

/** The part of an object that a fetch wants as its representation; undefined when the object has none of it. */
export function representation(
  object: Answer,
  requires: readonly RequiresSelection[],
  isOfType: IsOfType,
): Answer | undefined {
  const part = project(object, requires, isOfType);
  return Object.keys(part).some((name) => name !== '__typename')
    ? { __typename: object['__typename'], ...part }
    : undefined;
}

function project(object: Answer, selections: readonly RequiresSelection[], isOfType: IsOfType): Answer {
  const part: Answer = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      if (isOfType(object['__typename'], selection.typeCondition))
        merge(part, project(object, selection.selections, isOfType));
    } else if (selection.kind === 'Field') {
      const value = object[selection.alias ?? selection.name] ?? object[selection.name];
      if (value === null || value === undefined || value instanceof FieldFault) continue;
      part[selection.name] = selection.selections ? projectEach(value, selection.selections, isOfType) : value;
    }
  }
  return part;
}

function projectEach(value: unknown, selections: readonly RequiresSelection[], isOfType: IsOfType): unknown {
  if (Array.isArray(value)) return value.map((item) => projectEach(item, selections, isOfType));
  return isObject(value) ? project(value, selections, isOfType) : value;
}

/** Applies a plan's changes of names and values, in place. */
export function rewrite(value: unknown, rewrites: Rewrites | undefined, isOfType: IsOfType): void {
  for (const each of rewrites ?? []) {
    if ('KeyRenamer' in each) {
      const { path, renameKeyTo } = each.KeyRenamer;
      atPath(value, path, isOfType, (holder, key) => {
        holder[renameKeyTo] = holder[key];
        delete holder[key];
      });
    } else {
      const { path, setValueTo } = 'ValueSetter' in each ? each.ValueSetter : each;
      atPath(value, path, isOfType, (holder, key) => (holder[key] = setValueTo));
    }
  }
}

function atPath(
  value: unknown,
  path: readonly Segment[],
  isOfType: IsOfType,
  act: (holder: Answer, key: string) => void,
): void {
  if (Array.isArray(value)) return value.forEach((item) => atPath(item, path, isOfType, act));
  const [segment, ...rest] = path;
  if (!isObject(value) || segment === undefined) return undefined;
  if ('TypenameEquals' in segment) {
    const { __typename: name } = value;
    const isMeant = name === undefined || segment.TypenameEquals.some((condition) => isOfType(name, condition));
    return isMeant ? atPath(value, rest, isOfType, act) : undefined;
  }
  if (rest.length > 0) return atPath(value[segment.Key], rest, isOfType, act);
  return Object.hasOwn(value, segment.Key) ? act(value, segment.Key) : undefined;
}

/** What a subgraph told of its errors, with no places of its own documents. */
export function causeOf(error: Error): Error {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (!(cause instanceof GraphQLError)) return cause;
  return new GraphQLError(cause.message, { originalError: cause.originalError, extensions: cause.extensions });
}

/** The errors of a field, once completion has found out where the client asked for it. */
export function errorsOf(located: GraphQLError): GraphQLError[] {
  const { nodes, path = [], originalError } = located;
  if (!(originalError instanceof FieldFault)) return [located];
  return originalError.causes.map(
    ({ error, below }) =>
      new GraphQLError(error.message, { nodes, path: [...path, ...below], originalError: causeOf(error) }),
  );
}
