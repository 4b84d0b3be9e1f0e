import type { ApolloGraphQLObjectTypeExtensions } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { collectSubFields, isIterableObject, isPromise, type IResolvers } from '@graphql-tools/utils';
import {
  buildSchema,
  defaultFieldResolver,
  defaultTypeResolver,
  getNamedType,
  GraphQLScalarType,
  isAbstractType,
  isEnumType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { Read } from './context.js';
import { keysOf, type Subgraph } from './subgraph.js';

/** The context value of a fused schema. */
export interface FusedContext {
  /** The context of one subgraph in this request: the same object at every call. */
  subgraph(name: string): unknown;
  /** Runs statements as the viewer and counts what they bring, for an executor that needs no subgraph. */
  read?: Read;
  /** Aborted, with a refusal as its reason, when the request must stop; see `withDeadline` and `readInWaves`. */
  stop?: AbortController;
  /** Headers that subgraphs elsewhere get: `authorization`, `traceparent`, `tracestate`, and `x-request-id` for their logs. */
  forwarded?: Readonly<Record<string, string>>;
}

type Member = Pick<Subgraph, 'name' | 'schema'>;
type Resolver = GraphQLFieldResolver<unknown, FusedContext>;
type Path = GraphQLResolveInfo['path'];

/** What to do with each object that a field returns. */
type Visit = (value: object, context: FusedContext, info: GraphQLResolveInfo) => unknown;

interface Entity {
  name: string;
  owner: Member;
  keyFields: string[];
  /** By field: the sets of key fields, any one of which a reference must hold for the field to be answered without its owner. */
  answeredBy: Map<string, string[][]>;
  load: (reference: object, context: unknown, info: GraphQLResolveInfo) => unknown;
}

interface Fusion {
  api: GraphQLSchema;
  subgraphs: readonly Member[];
  entities: Map<string, Entity>;
  /** Value types that several subgraphs declare, such as connections of foreign references. */
  shared: Set<GraphQLNamedType>;
  /** The subgraph that answered the field at a path. graphql-js hands children the very path object of their parent. */
  producers: WeakMap<Path, Member>;
  /** The concrete type of each object in an abstract position: an owner's rows do not say it. */
  typeNames: WeakMap<object, string>;
}

/**
 * Makes one executable schema out of the composed API and the subgraphs that it was composed from.
 *
 * - A field is answered by the resolver of the subgraph that declares it, with that subgraph's own context; of several, by the
 *   type's owner, else by the subgraph that produced the parent object, else by the first that declares it.
 * - The owner of an entity is the one subgraph that has a reference resolver for it.
 * - What another subgraph returns for an entity is a reference: an object with at least one key. It goes through the owner's
 *   reference resolver when a selected field needs it, otherwise it is the object. Null from the owner is null.
 * - Objects that an owner loads carry their key fields as properties: fields that others contribute read them there.
 *
 * Subscriptions are not fused. Throws when the API and the subgraphs do not fit.
 */
export function fuse({ publicSdl, subgraphs }: { publicSdl: string; subgraphs: readonly Member[] }): GraphQLSchema {
  const api = buildSchema(publicSdl);
  const fusion: Fusion = {
    api,
    subgraphs,
    entities: new Map(),
    shared: new Set(),
    producers: new WeakMap(),
    typeNames: new WeakMap(),
  };
  const types = Object.values(api.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const roots: unknown[] = [api.getQueryType(), api.getMutationType()];
  for (const type of types.filter(isObjectType)) {
    const entity = entityOf(type, subgraphs);
    if (entity) fusion.entities.set(type.name, entity);
    else if (!roots.includes(type) && subgraphs.filter(({ schema }) => schema.getType(type.name)).length > 1)
      fusion.shared.add(type);
  }
  const resolvers: IResolvers<unknown, FusedContext> = {};
  for (const type of types) {
    if (isObjectType(type)) resolvers[type.name] = fieldResolvers(fusion, type);
    if (isAbstractType(type)) resolvers[type.name] = { __resolveType: (value: object) => fusion.typeNames.get(value) };
    if (isEnumType(type)) resolvers[type.name] = enumValues(type, subgraphs);
    if (isScalarType(type)) resolvers[type.name] = scalarOf(type, subgraphs);
  }
  return addResolversToSchema({ schema: api, resolvers });
}

function entityOf(type: GraphQLObjectType, subgraphs: readonly Member[]): Entity | undefined {
  const keys = new Map(subgraphs.map((member) => [member, keysOf(member.schema.getType(type.name))]));
  const keyFields = [...new Set([...keys.values()].flat(2))];
  if (keyFields.length === 0) return undefined;
  const owners = subgraphs.filter((member) => referenceResolver(member, type.name));
  const [owner] = owners;
  const load = owner && referenceResolver(owner, type.name);
  if (!load || owners.length > 1) {
    const names = owners.map(({ name }) => name).join(' and ') || 'none';
    throw new Error(`${type.name} must have one owner, a subgraph that loads it by reference. It has: ${names}.`);
  }
  const answeredBy = new Map<string, string[][]>([['__typename', [[]]]]);
  for (const name of Object.keys(type.getFields())) {
    const contributor = subgraphs.find((member) => fieldOf(member, type.name, name));
    if (keyFields.includes(name)) answeredBy.set(name, [[name]]);
    else if (contributor && !fieldOf(owner, type.name, name)) answeredBy.set(name, keys.get(contributor) ?? []);
  }
  return { name: type.name, owner, keyFields, answeredBy, load };
}

function referenceResolver({ schema }: Member, type: string): Entity['load'] | undefined {
  const extensions: ApolloGraphQLObjectTypeExtensions | undefined = schema.getType(type)?.extensions;
  return extensions?.apollo?.subgraph?.resolveReference;
}

function fieldOf({ schema }: Member, type: string, field: string): GraphQLField<unknown, unknown> | undefined {
  const declared = schema.getType(type);
  return isObjectType(declared) ? declared.getFields()[field] : undefined;
}

function fieldResolvers(fusion: Fusion, type: GraphQLObjectType): Record<string, Resolver> {
  const owner = fusion.entities.get(type.name)?.owner;
  const resolvers: Record<string, Resolver> = {};
  for (const field of Object.values(type.getFields())) {
    const declaring = fusion.subgraphs.flatMap((member) => {
      const declared = fieldOf(member, type.name, field.name);
      return declared ? [{ member, resolver: resolverOf(fusion, member, declared, getNamedType(field.type)) }] : [];
    });
    const chosen = declaring.find(({ member }) => member === owner) ?? declaring[0];
    if (!chosen) throw new Error(`${type.name}.${field.name} is in the public schema, but no subgraph declares it.`);
    const byProducer = new Map(declaring.map(({ member, resolver }) => [member, resolver]));
    resolvers[field.name] = fusion.shared.has(type)
      ? (source, args, context, info) => {
          const parent = parentField(info.path);
          const producer = parent && fusion.producers.get(parent);
          return ((producer && byProducer.get(producer)) ?? chosen.resolver)(source, args, context, info);
        }
      : chosen.resolver;
  }
  return resolvers;
}

/** The path of the field whose value the parent object is, or lies in when that is a list. */
function parentField({ prev }: Path): Path | undefined {
  let path = prev;
  while (path && path.typename === undefined) path = path.prev;
  return path;
}

/** A subgraph's resolver of a field as the fused schema calls it: with its own context, references to others' entities followed. */
function resolverOf(
  fusion: Fusion,
  member: Member,
  field: GraphQLField<unknown, unknown>,
  returns: GraphQLNamedType,
): Resolver {
  const resolve = field.resolve ?? defaultFieldResolver;
  const answer: Resolver = (source, args, context, info) => resolve(source, args, context.subgraph(member.name), info);
  const visit = isAbstractType(returns)
    ? abstractVisit(fusion, member, returns)
    : entityVisit(fusion, member, returns.name);
  const followed: Resolver = visit
    ? (source, args, context, info) =>
        eachObject(answer(source, args, context, info), (value) => visit(value, context, info))
    : answer;
  const possible: readonly GraphQLNamedType[] = isAbstractType(returns)
    ? fusion.api.getPossibleTypes(returns)
    : [returns];
  if (!possible.some((type) => fusion.shared.has(type))) return followed;
  return (source, args, context, info) => {
    fusion.producers.set(info.path, member);
    return followed(source, args, context, info);
  };
}

function entityVisit({ entities }: Fusion, member: Member, type: string): Visit | undefined {
  const entity = entities.get(type);
  return entity && entity.owner !== member
    ? (value, context, info) => dereference(entity, value, context, info)
    : undefined;
}

function abstractVisit(fusion: Fusion, member: Member, { name }: GraphQLAbstractType): Visit {
  const type = member.schema.getType(name) as GraphQLAbstractType;
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const visits = new Map([...fusion.entities.keys()].map((entity) => [entity, entityVisit(fusion, member, entity)]));
  return async (value, context, info) => {
    const typeName =
      '__typename' in value
        ? String(value.__typename)
        : await resolveType(value, context.subgraph(member.name), { ...info, schema: member.schema }, type);
    if (typeName === undefined) return value;
    const visit = visits.get(typeName);
    const object = visit ? await visit(value, context, info) : value;
    if (typeof object === 'object' && object !== null) fusion.typeNames.set(object, typeName);
    return object;
  };
}

/** The reference itself where it answers every selected field, else what the owner loads for it. */
function dereference(entity: Entity, reference: object, context: FusedContext, info: GraphQLResolveInfo): unknown {
  const values = reference as Record<string, unknown>;
  const present = entity.keyFields.filter((key) => values[key] != null);
  const type = info.schema.getType(entity.name) as GraphQLObjectType;
  const { fields } = collectSubFields(
    info.schema,
    info.fragments,
    info.variableValues,
    type,
    info.fieldNodes as FieldNode[],
  );
  const answered = [...fields.values()].every(([node]) => {
    const keys = entity.answeredBy.get(node?.name.value ?? '') ?? [];
    return keys.some((key) => key.every((field) => present.includes(field)));
  });
  if (answered) return reference;
  const key = { __typename: entity.name, ...Object.fromEntries(present.map((field) => [field, values[field]])) };
  return entity.load(key, context.subgraph(entity.owner.name), info);
}

/** Applies `visit` to the objects in a value: through promises and lists, past nulls and errors, all items at once. */
function eachObject(value: unknown, visit: (item: object) => unknown): unknown {
  if (isPromise(value)) return value.then((settled) => eachObject(settled, visit));
  if (isIterableObject(value)) return Array.from(value, (item) => eachObject(item, visit));
  return typeof value === 'object' && value !== null && !(value instanceof Error) ? visit(value) : value;
}

/** Every subgraph that has the enum must mean the same internal values by it. */
function enumValues(type: GraphQLEnumType, subgraphs: readonly Member[]): Record<string, unknown> {
  const values = type.getValues().map(({ name }) => {
    const meant = subgraphs.flatMap(({ schema }) => {
      const declared = schema.getType(type.name);
      const value = isEnumType(declared) ? declared.getValue(name) : undefined;
      return value ? [value.value as unknown] : [];
    });
    if (new Set(meant).size > 1)
      throw new Error(`${type.name}.${name} has different internal values in different subgraphs.`);
    return [name, meant[0]];
  });
  return Object.fromEntries(values);
}

/** Every subgraph that implements the scalar must implement it alike. */
function scalarOf(type: GraphQLScalarType, subgraphs: readonly Member[]): GraphQLScalarType {
  const declared = subgraphs.map(({ schema }) => schema.getType(type.name)).filter(isScalarType);
  const [first = type, ...others] = declared.filter((scalar) => !alike(scalar, type));
  if (!others.every((other) => alike(other, first))) {
    throw new Error(`The scalar ${type.name} is implemented differently in different subgraphs.`);
  }
  const { serialize, parseValue, parseLiteral } = first;
  return new GraphQLScalarType({ ...type.toConfig(), serialize, parseValue, parseLiteral });
}

const alike = (a: GraphQLScalarType, b: GraphQLScalarType) =>
  a.serialize === b.serialize && a.parseValue === b.parseValue;
