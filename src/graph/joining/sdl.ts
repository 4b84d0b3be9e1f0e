import {
  GraphQLError,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  Source,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import { placeAt, placeOf, told, type Place, type Said } from './said.js';

/** A subgraph as text and tree; `name` is what a router calls it. */
export interface SubgraphSdl {
  name: string;
  typeDefs: DocumentNode;
}

export type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** As many bytes and tokens as the SDL of a partner may have: six times our largest. */
export const sdlLimits = { bytes: 300_000, tokens: 60_000 } as const;

/** Parses a partner's SDL, or tells why that cannot be done. */
export function parsedSdl(text: string, file: string): DocumentNode | Said {
  const source = new Source(text, file);
  try {
    if (Buffer.byteLength(text) > sdlLimits.bytes) return tooLarge(`${Buffer.byteLength(text)} bytes`);
    const document = parse(source, { maxTokens: sdlLimits.tokens });
    const operation = document.definitions.find(
      ({ kind }) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION,
    );
    if (operation === undefined) return document;
    const theirs = placeOf(operation) ?? placeAt(source, 0);
    return fault('It holds an operation or a fragment.', 'Leave type definitions alone in it.', theirs);
  } catch (error) {
    if (error instanceof GraphQLError) {
      if (error.message.includes('tokens')) return tooLarge(`more than ${sdlLimits.tokens} tokens`);
      const at = placeAt(source, error.positions?.[0] ?? 0);
      return fault(
        `It is not GraphQL: ${told(error.message)}`,
        'Mend the syntax there; what follows was not read.',
        at,
      );
    }
    if (error instanceof RangeError)
      return fault('It is nested too deeply to be read.', 'Write types and values with fewer brackets in each other.');
    throw error;
  }
}

const tooLarge = (size: string) =>
  fault(`It is too large to be read: ${size}.`, `Keep to ${sdlLimits.bytes} bytes and ${sdlLimits.tokens} tokens.`);

const fault = (message: string, mend: string, theirs?: Place): Said => ({
  level: 'fault',
  message,
  mend,
  ...(theirs && { theirs }),
});

/** Definitions and extensions of types; what `@apollo/subgraph` and others add for routers is left out. */
export function typesOf({ typeDefs }: SubgraphSdl): TypeNode[] {
  return typeDefs.definitions.filter(
    (node): node is TypeNode =>
      (isTypeDefinitionNode(node) || isTypeExtensionNode(node)) && !machinery.test(node.name.value),
  );
}

const machinery = /^(_Any|_Entity|_Service|federation__.*|link__.*)$/;

/** The fields of a type, input fields too; none for other kinds. `_service` and `_entities` are left out. */
export function fieldsOf(type: TypeNode): readonly (FieldDefinitionNode | InputValueDefinitionNode)[] {
  const fields = 'fields' in type ? (type.fields ?? []) : [];
  return fields.filter(({ name }) => name.value !== '_service' && name.value !== '_entities');
}

/** What a subgraph calls the types of its root fields, by what the specification calls them. */
export function rootsOf({ typeDefs }: SubgraphSdl): Map<string, 'Query' | 'Mutation' | 'Subscription'> {
  const roots = new Map<string, 'Query' | 'Mutation' | 'Subscription'>([
    ['Query', 'Query'],
    ['Mutation', 'Mutation'],
    ['Subscription', 'Subscription'],
  ]);
  const names = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;
  for (const node of typeDefs.definitions)
    if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION)
      for (const { operation, type } of node.operationTypes ?? []) roots.set(type.name.value, names[operation]);
  return roots;
}

const indexes = new WeakMap<SubgraphSdl, Map<string, TypeNode[]>>();

function indexOf(subgraph: SubgraphSdl): Map<string, TypeNode[]> {
  const index = indexes.get(subgraph) ?? Map.groupBy(typesOf(subgraph), ({ name }) => name.value);
  indexes.set(subgraph, index);
  return index;
}

/** The first place in some subgraphs of `Type` or `Type.field`. */
export function find(among: readonly SubgraphSdl[], coordinate: string): Place | undefined {
  const [typeName = '', fieldName] = coordinate.split('.');
  for (const subgraph of among)
    for (const type of indexOf(subgraph).get(typeName) ?? []) {
      if (fieldName === undefined) return placeOf(type);
      const values = 'values' in type ? (type.values ?? []) : [];
      const member = [...fieldsOf(type), ...values].find(({ name }) => name.value === fieldName);
      if (member) return placeOf(member);
    }
  return undefined;
}
