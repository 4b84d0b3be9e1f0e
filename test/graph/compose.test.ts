import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition';
import {
  buildSchema,
  isIntrospectionType,
  isObjectType,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
  type GraphQLSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { compose } from '../../src/graph/compose.js';
import { composition, subgraphs } from './fixtures/graph.js';
import { sdlSubgraph } from './fixtures/sdl-subgraph.js';

test('the order in which subgraphs come does not change a letter', () => {
  expect(compose(subgraphs.toReversed())).toEqual(composition);
  const [a, b] = ['a', 'b'].map((name) => sdlSubgraph(name, `"From ${name}." type Query { one: Int @shareable }`));
  if (!a || !b) throw new Error('Two subgraphs are needed.');
  expect(compose([b, a])).toEqual(compose([a, b]));
});

test('the supergraph names the subgraph and the address that serve each field', () => {
  const [first, ...others] = subgraphs.map((subgraph) => ({
    ...subgraph,
    url: `http://${subgraph.name}.test/graphql`,
  }));
  const { supergraphSdl } = compose(first ? [first, ...others] : []);
  expect(supergraphSdl).toContain('PEOPLE @join__graph(name: "people", url: "http://people.test/graphql")');
  expect(supergraphSdl).toContain('reviews: [Review!]! @join__field(graph: REVIEWS)');
});

test('the supergraph starts with its schema definition, whose first link is the one to the link specification', () => {
  const [schema] = parse(composition.supergraphSdl).definitions;
  if (schema?.kind !== Kind.SCHEMA_DEFINITION) throw new Error('The supergraph does not start with its schema.');
  expect(schema.directives?.[0]?.arguments?.[0]?.value).toMatchObject({ value: 'https://specs.apollo.dev/link/v1.0' });
});

test('the public schema is sorted and says nothing of federation or of what is inaccessible', () => {
  const { publicSdl } = compose([
    sdlSubgraph('a', 'type Query { b(z: Int, y: Int): Int a: Int secret: Int @inaccessible }'),
  ]);
  expect(publicSdl).toBe('type Query {\n  a: Int\n  b(y: Int, z: Int): Int\n}\n');
  expect(printSchema(lexicographicSortSchema(buildSchema(composition.publicSdl)))).toBe(
    composition.publicSdl.trimEnd(),
  );
});

test('every fault is listed with its code and the subgraphs it is between', () => {
  const clash = [
    sdlSubgraph('a', 'type Query { a: Thing } type Thing @shareable { size: Int tone: String }'),
    sdlSubgraph('b', 'type Query { b: Thing } type Thing @shareable { size: String tone: Int }'),
  ];
  expect(() => compose(clash)).toThrow(
    new Error(
      [
        'The subgraphs do not compose.',
        '- FIELD_TYPE_MISMATCH: Type of field "Thing.size" is incompatible across subgraphs: it has type "Int" in subgraph "a" but type "String" in subgraph "b"',
        '- FIELD_TYPE_MISMATCH: Type of field "Thing.tone" is incompatible across subgraphs: it has type "String" in subgraph "a" but type "Int" in subgraph "b"',
      ].join('\n'),
    ),
  );
});

test('a fault inside one subgraph names it', () => {
  const unknown = { name: 'b', typeDefs: parse('type Query { b: Nothing }') };
  expect(() => compose([...subgraphs, unknown])).toThrow('- INVALID_GRAPHQL: [b] Unknown type Nothing');
});

/** Every field of a schema with its arguments and type, such as `Query.person(id: ID!): Person`. */
function fieldsOf(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  const fields = types.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields()).map(({ name, args, type: returns }) => {
      const inputs = args.map((argument) => `${argument.name}: ${argument.type}`).toSorted();
      return `${type.name}.${name}(${inputs.join(', ')}): ${returns}`;
    }),
  );
  return fields.toSorted();
}

test('a second composer accepts the same subgraphs and finds the same fields', () => {
  const result = federateSubgraphs({
    subgraphs: subgraphs.map(({ name, typeDefs }) => ({ name, url: `http://${name}.test`, definitions: typeDefs })),
    version: ROUTER_COMPATIBILITY_VERSION_ONE,
  });
  if (!result.success) throw new AggregateError(result.errors, result.errors.join('\n'));
  expect(fieldsOf(result.federatedGraphClientSchema)).toEqual(fieldsOf(buildSchema(composition.publicSdl)));
});
