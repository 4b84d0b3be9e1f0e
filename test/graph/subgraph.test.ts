import 'reflect-metadata';
import { execute, parse, type ExecutionResult } from 'graphql';
import { Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { describe, expect, test } from 'vitest';
import { buildSubgraph } from '../../src/graph/subgraph.js';
import { bookClasses, booksSubgraph } from './fixtures/books.js';
import { aRequest } from './fixtures/request.js';

async function ask(
  source: string,
  variableValues?: Record<string, unknown>,
): Promise<ExecutionResult & { loads: object }> {
  const request = aRequest();
  const contextValue = request.subgraph('books');
  const result = await execute({ schema: booksSubgraph.schema, document: parse(source), variableValues, contextValue });
  return { ...(JSON.parse(JSON.stringify(result)) as ExecutionResult), loads: request.loads };
}

describe('the SDL of a subgraph', () => {
  test('links Federation 2.9 with the directives it uses, and declares @oneOf', () => {
    expect(booksSubgraph.sdl.split('\n').slice(0, 3)).toEqual([
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@listSize", "@shareable", "@tag"])',
      '',
      'directive @oneOf on INPUT_OBJECT',
    ]);
  });

  test('is sorted down to the arguments, with descriptions, directives and defaults by their public names', () => {
    expect(booksSubgraph.sdl).toContain(`
"""Something to read."""
type Book implements Node @key(fields: "id") @tag(name: "reading") {
  author: Person
  id: ID!
  servedBy: String!
  teams: [[Person]] @listSize(assumedSize: 1)
  """As printed on the spine."""
  title: String!
}
`);
    expect(booksSubgraph.sdl).toContain(`
  """All books."""
  books(
    """Published before this year."""
    before: Int
    first: Int! = 10
    orderBy: BookOrder! = TITLE
  ): BookConnection! @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
`);
    expect(booksSubgraph.sdl).toContain('"""A list of books."""\ntype BookConnection @shareable {');
    expect(booksSubgraph.sdl).toContain('input BookKey @oneOf {');
  });

  test('is the same text in whatever order the classes come, and holds no type of another subgraph', () => {
    const again = buildSubgraph({
      ...bookClasses,
      resolvers: bookClasses.resolvers.toReversed() as typeof bookClasses.resolvers,
    });
    expect(again.sdl).toBe(booksSubgraph.sdl);
    expect(booksSubgraph.sdl).not.toContain('Stranger');
  });
});

describe('a subgraph that runs alone', () => {
  test('hands enum defaults to resolvers as internal values', async () => {
    const { data } = await ask('{ books(first: 2) { totalCount nodes { id } } }');
    expect(data).toEqual({ books: { totalCount: 2, nodes: [{ id: 'b4' }, { id: 'b2' }] } });
  });

  test('answers representations of what it owns, in one batch, and takes those of its stubs as they are', async () => {
    const { data, loads } = await ask(
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Book { title } ... on Person { books { totalCount } } } }',
      {
        refs: [
          { __typename: 'Book', id: 'b1' },
          { __typename: 'Person', id: 'p1' },
          { __typename: 'Book', id: 'b2' },
          { __typename: 'Book', id: 'b9' },
        ],
      },
    );
    expect(data).toEqual({ _entities: [{ title: 'Looms' }, { books: { totalCount: 1 } }, { title: 'Kilns' }, null] });
    expect(loads).toEqual({ books: [['b1', 'b2', 'b9']] });
  });

  test.each([[{}], [{ id: null }], [{ id: { $ne: 'b1' } }], [{ id: ['b1'] }]])(
    'refuses %j for a key before it loads anything',
    async (key) => {
      const { data, errors, loads } = await ask(
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Book { title } } }',
        { refs: [{ __typename: 'Book', ...key }] },
      );
      expect(data).toEqual({ _entities: [null] });
      expect(errors?.map(({ message, extensions }) => [message, extensions?.['code']])).toEqual([
        ['A reference to Book needs a key as text: id.', 'BAD_USER_INPUT'],
      ]);
      expect(loads).toEqual({});
    },
  );
});

test('one bad representation is null with its error, be it of an entity, a stub or nothing known; the others stay', async () => {
  const { data, errors } = await ask(
    'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Book { title } ... on Person { id } } }',
    {
      refs: [
        { __typename: 'Book', id: 'b1' },
        { __typename: 'Book', id: 7 },
        { __typename: 'Person', id: ['p1'] },
        { __typename: 'BookEdge', id: 'b1' },
        'nonsense',
        { __typename: 'Person', id: 'p1', servedBy: 'forged' },
      ],
    },
  );
  expect(data).toEqual({ _entities: [{ title: 'Looms' }, null, null, null, null, { id: 'p1' }] });
  expect(errors?.map(({ path, message, extensions }) => [path?.[1], message, extensions?.['code']])).toEqual([
    [1, 'A reference to Book needs a key as text: id.', 'BAD_USER_INPUT'],
    [2, 'A reference to Person needs a key as text: id.', 'BAD_USER_INPUT'],
    [3, "'BookEdge' is no entity of this subgraph.", 'BAD_USER_INPUT'],
    [4, "'undefined' is no entity of this subgraph.", 'BAD_USER_INPUT'],
  ]);
});

describe('buildSubgraph', () => {
  @Directive('@key(fields: "id region")')
  @ObjectType()
  class Thing {
    @Field(() => ID) id!: string;
    @Directive('@external')
    @Field(() => ID)
    region!: string;
  }

  @ObjectType()
  class Plain {
    @Field(() => ID) id!: string;
  }

  @Resolver()
  class ThingResolver {
    @Query(() => Thing, { nullable: true })
    thing(): null {
      return null;
    }
  }

  @Resolver()
  class PlainResolver {
    @Query(() => Plain, { nullable: true })
    plain(): null {
      return null;
    }
  }

  test('refuses a directive that routers treat differently', () => {
    expect(() => buildSubgraph({ name: 'things', resolvers: [ThingResolver] })).toThrow(
      'Subgraph "things" uses @external on Thing.region; it may use @cost @inaccessible @key @listSize @shareable @tag.',
    );
  });

  test.each(['Plain', 'Nothing'])('refuses to load %s by reference when it has no key', (type) => {
    expect(() =>
      buildSubgraph({ name: 'things', resolvers: [PlainResolver], references: { [type]: () => null } }),
    ).toThrow(`Subgraph "things" loads ${type} by reference, but gives it no @key.`);
  });

  test('hands a loader the key fields of a representation and nothing else', async () => {
    const asked: unknown[] = [];
    const load = (reference: unknown) => asked.push(reference) && null;
    const { schema } = buildSubgraph({ ...bookClasses, references: { Book: load } });
    await execute({
      schema,
      document: parse('query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename } }'),
      variableValues: { refs: [{ __typename: 'Book', id: 'b1', title: 'Looms' }] },
    });
    expect(asked).toEqual([{ id: 'b1' }]);
  });
});
