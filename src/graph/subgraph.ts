import 'reflect-metadata';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { forEachDefaultValue, getDocumentNodeFromSchema, parseInputValue } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  getNullableType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, createResolversMap, getMetadataStorage, type BuildSchemaOptions } from 'type-graphql';
import type { Read } from './context.js';
import { withCosts, type ListSizes, type Weights } from './cost-directives.js';
import { BadInput } from './errors.js';

/** One Federation 2.9 subgraph: what is deployed alone, composed and fused. */
export interface Subgraph {
  name: string;
  /** Sorted, with descriptions, directives and the `@link` to the federation specification. */
  sdl: string;
  /** `sdl`, parsed. */
  typeDefs: DocumentNode;
  /** Executable, with `_service` and `_entities`. */
  schema: GraphQLSchema;
}

/** The key fields by which another subgraph names an entity: at least one key, values as clients see them. */
export type Reference = Readonly<Record<string, string>>;

/** Loads the entity that a reference names; null when there is none or the viewer may not see it. */
export type LoadReference<Context> = (reference: Reference, context: Context, info: GraphQLResolveInfo) => unknown;

export interface SubgraphOptions<Context> {
  name: string;
  resolvers: BuildSchemaOptions['resolvers'];
  /** Types that no field mentions, such as those behind an interface declared with `autoRegisterImplementations: false`. */
  orphanedTypes?: BuildSchemaOptions['orphanedTypes'];
  /** A loader for each entity this subgraph owns. Having one is what owning means: stubs have none. */
  references?: Record<string, LoadReference<Context>>;
  /** How long its lists are, for `@listSize`. */
  sizes?: ListSizes;
  /** What some of them cost beside their rows, for `@cost`. */
  weights?: Weights;
}

/** Other federation directives plan differently in different routers, and the fused graph would have to imitate them. */
const federationDirectives = new Set(['cost', 'inaccessible', 'key', 'listSize', 'shareable', 'tag']);
const graphqlDirectives = new Set(['deprecated', 'oneOf', 'specifiedBy']);

/** Builds a subgraph from TypeGraphQL classes. Throws when it breaks a rule that keeps all deployments equal. */
export function buildSubgraph<Context>(options: SubgraphOptions<Context>): Subgraph {
  const { name, resolvers, orphanedTypes, references = {}, sizes = {}, weights = {} } = options;
  // A field without resolver is graphql's default one: it calls methods and costs no middleware stack.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers ??= true;
  // Validated below, once it is the schema that runs.
  const classes = buildSchemaSync({ resolvers, orphanedTypes, validate: false, skipCheck: true });
  const sdl = federationSdl(name, classes, sizes, weights);
  const typeDefs = parse(sdl);
  const resolverMap: Record<string, object> = createResolversMap(classes);
  const keys = new Map(Object.keys(classes.getTypeMap()).map((type) => [type, keysOf(classes.getType(type))]));
  for (const [type, load] of Object.entries(references)) {
    if (!keys.get(type)?.length)
      throw new Error(`Subgraph "${name}" loads ${type} by reference, but gives it no @key.`);
    const resolveReference = async (representation: unknown, context: Context, info: GraphQLResolveInfo) => {
      const { __typename, ...key } = keyIn(representation, keys);
      return load(key, context, info);
    };
    resolverMap[type] = { ...resolverMap[type], __resolveReference: resolveReference };
  }
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolverMap as GraphQLResolverMap }]);
  // The defaults were read before enums and scalars knew their internal values.
  forEachDefaultValue(schema, parseInputValue);
  answerEach(schema, keys);
  tellSdl(schema, sdl);
  countLists(schema);
  return { name, sdl, typeDefs, schema };
}

/** The keys of an entity, each as its field names; none for any other type. */
export function keysOf(type: GraphQLNamedType | undefined): string[][] {
  const nodes = type ? [type.astNode, ...type.extensionASTNodes] : [];
  const directives = nodes.flatMap((node) => node?.directives ?? []).filter(({ name }) => name.value === 'key');
  return directives.map((directive) => {
    const fields = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value;
    const names = fields?.kind === Kind.STRING ? fields.value.trim().split(/[\s,]+/) : [];
    if (!names.every((name) => /^\w+$/.test(name)))
      throw new Error(`${print(directive)} of ${type?.name} is not plain fields.`);
    return names;
  });
}

/**
 * The type and the key of a representation, and nothing else of it: representations are client input, and anyone may
 * send them. Throws BAD_USER_INPUT unless it names an entity by a key that holds text.
 */
function keyIn(representation: unknown, keys: ReadonlyMap<string, string[][]>): Reference & { __typename: string } {
  const fields = Object(representation) as Record<string, unknown>;
  const type = String(fields['__typename']);
  const known = keys.get(type) ?? [];
  if (known.length === 0) throw new BadInput(`'${type.slice(0, 60)}' is no entity of this subgraph.`);
  const given = known.filter((key) => key.every((field) => typeof fields[field] === 'string')).flat();
  if (given.length === 0) {
    const wanted = known.map((key) => key.join(' with ')).join(', or ');
    throw new BadInput(`A reference to ${type} needs a key as text: ${wanted}.`);
  }
  return { __typename: type, ...Object.fromEntries(given.map((field) => [field, fields[field] as string])) };
}

/** Answers each representation by itself, stubs' too: one that cannot be used is null with its error, and the others stay. */
function answerEach(schema: GraphQLSchema, keys: ReadonlyMap<string, string[][]>): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const resolve = field?.resolve;
  if (!field || !resolve) return;
  field.resolve = (source, { representations }: { representations: unknown[] }, context, info) =>
    representations.map(async (each) => {
      const [entity] = (await resolve(source, { representations: [keyIn(each, keys)] }, context, info)) as unknown[];
      return entity;
    });
}

/** Routers that ask get the very text that is composed here, without the definitions that the library adds. */
function tellSdl(schema: GraphQLSchema, sdl: string): void {
  const field = schema.getQueryType()?.getFields()['_service'];
  if (field) field.resolve = () => ({ sdl });
}

/** Counts the items of every list against what one answer may hold: rows that are loaded once can be asked for often. */
function countLists(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isListType(getNullableType(field.type))) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, args, context: { read?: Read }, info) => {
        const counted = (items: unknown): unknown => {
          const isOpen = !Array.isArray(items) || (context.read?.answers(items.length) ?? true);
          // Nobody waits for the rest of a request that was stopped, and thousands of errors would take their time.
          return isOpen ? items : new Promise(() => undefined);
        };
        const items: unknown = resolve(source, args, context, info);
        return items instanceof Promise ? items.then(counted) : counted(items);
      };
    }
  }
}

/** The same text every time, whatever the order in which modules were loaded and decorators ran. */
function federationSdl(subgraph: string, classes: GraphQLSchema, sizes: ListSizes, weights: Weights): string {
  const used = new Set<string>();
  const document = visit(withCosts(getDocumentNodeFromSchema(lexicographicSortSchema(classes)), sizes, weights), {
    SchemaDefinition: () => null,
    Directive(node, _key, _parent, _path, ancestors) {
      used.add(node.name.value);
      if (federationDirectives.has(node.name.value) || graphqlDirectives.has(node.name.value)) return;
      const allowed = [...federationDirectives].map((name) => `@${name}`).join(' ');
      throw new Error(`Subgraph "${subgraph}" uses ${print(node)} on ${placeOf(ancestors)}; it may use ${allowed}.`);
    },
    leave: (node) =>
      'directives' in node && node.directives ? { ...node, directives: sorted(node.directives) } : undefined,
  });
  const imports = [...federationDirectives].filter((name) => used.has(name)).map((name) => `"@${name}"`);
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports.join(', ')}])`;
  // Composers take @oneOf for an unknown directive where a document does not declare it.
  const declarations = used.has('oneOf') ? [link, 'directive @oneOf on INPUT_OBJECT'] : [link];
  return `${[...declarations, print(document)].join('\n\n')}\n`;
}

const sorted = (directives: readonly DirectiveNode[]) => directives.toSorted((a, b) => (print(a) < print(b) ? -1 : 1));

const placeOf = (ancestors: readonly unknown[]) =>
  ancestors.flatMap((node) => (node as { name?: { value: string } }).name?.value ?? []).join('.');
