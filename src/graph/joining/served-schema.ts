import { buildASTSchema, Kind, parse, type DefinitionNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import { federationOf, keysOf } from './federation.js';
import { rootsOf, typesOf, type SubgraphSdl } from './sdl.js';

/** The types of a subgraph as it serves them, directives forgotten, with `_entities` where it has any. */
export function servedSchema(sdl: SubgraphSdl): GraphQLSchema {
  const nodes = [...sdl.typeDefs.definitions, ...entitiesOf(sdl)];
  const defined = new Set(
    nodes.flatMap((node) => (node.kind.endsWith('TypeDefinition') && 'name' in node ? node.name?.value : [])),
  );
  // `extend type` adds to what another subgraph defines; here it is all there is.
  const types = nodes.flatMap((node): object[] => {
    if (isDirectiveOrSchema.test(node.kind)) return [];
    if (!node.kind.endsWith('TypeExtension') || !('name' in node) || defined.has(node.name?.value)) return [node];
    defined.add(node.name?.value);
    return [{ ...node, kind: node.kind.replace('Extension', 'Definition') }];
  });
  const roots = [...rootsOf(sdl)].filter(([name]) => defined.has(name));
  const schema = roots.map(([name, root]) => `${root.toLowerCase()}: ${name}`).join(' ');
  const definitions = schema ? [...types, ...parse(`schema { ${schema} }`).definitions] : types;
  const document = { kind: Kind.DOCUMENT, definitions } as object as DocumentNode;
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
}

const isDirectiveOrSchema = /^(DirectiveDefinition|SchemaDefinition|SchemaExtension)$/;

/** What the federation specification adds to a subgraph with keys, §"Subgraph schema additions". */
function entitiesOf(sdl: SubgraphSdl): readonly DefinitionNode[] {
  const federation = federationOf(sdl);
  const names = new Set(typesOf(sdl).flatMap((type) => (keysOf(type, federation).length > 0 ? [type.name.value] : [])));
  if (names.size === 0) return [];
  const query = [...rootsOf(sdl)].findLast(([, root]) => root === 'Query')?.[0];
  return parse(`scalar _Any union _Entity = ${[...names].join(' | ')}
    extend type ${query} { _entities(representations: [_Any!]!): [_Entity]! }`).definitions;
}
