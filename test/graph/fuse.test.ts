import { execute, parse, printSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/graph/compose.js';
import { fuse } from '../../src/graph/fuse.js';
import { composition, fused, run } from './fixtures/graph.js';
import { aRequest } from './fixtures/request.js';
import { sdlSubgraph } from './fixtures/sdl-subgraph.js';

test('the fused schema prints as the composed public schema', () => {
  expect(`${printSchema(fused)}\n`).toBe(composition.publicSdl);
});

describe('a reference to another subgraph', () => {
  test('is loaded by its owner, all references of a list in one batch, and a missing row is null', async () => {
    const { data, errors, loads } = await run('{ books { nodes { title author { name } } } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      books: {
        nodes: [
          { title: 'Anvils', author: null },
          { title: 'Kilns', author: { name: 'Bo' } },
          { title: 'Looms', author: { name: 'Ada' } },
          { title: 'Masts', author: null },
        ],
      },
    });
    expect(loads).toEqual({ people: [['p2', 'p1', 'gone']] });
  });

  test('is not loaded for its key fields and __typename', async () => {
    const { data, loads } = await run('{ book(by: { id: "b3" }) { author { __typename id } } }');
    expect(data).toEqual({ book: { author: { __typename: 'Person', id: 'gone' } } });
    expect(loads).toEqual({ books: [['b3']] });
  });

  test('is not loaded for a field that a third subgraph contributes by the same key', async () => {
    const { data, loads } = await run('{ node(id: "p1") { ... on Person { books { totalCount nodes { title } } } } }');
    expect(data).toEqual({ node: { books: { totalCount: 1, nodes: [{ title: 'Looms' }] } } });
    expect(loads).toEqual({});
  });

  test('is loaded for a field that a third subgraph contributes by another key', async () => {
    const { data, loads } = await run('{ node(id: "p1") { ... on Person { recommends { totalCount } } } }');
    expect(data).toEqual({ node: { recommends: { totalCount: 2 } } });
    expect(loads).toEqual({ people: [['p1']] });
  });

  test('is loaded for a key field that it lacks, by the key that it has', async () => {
    const byHandle = await run('{ reviews { by { handle } } }');
    expect(byHandle.data).toEqual({ reviews: [{ by: { handle: 'ada' } }, { by: { handle: 'nobody' } }] });
    expect(byHandle.loads).toEqual({});
    const byId = await run('{ reviews { by { id } } }');
    expect(byId.data).toEqual({ reviews: [{ by: { id: 'p1' } }, { by: null }] });
    expect(byId.loads).toEqual({ people: [['p1']] });
  });

  test('is loaded by what a field is, not by what it is called', async () => {
    const keyAsName = await run('{ book(by: { id: "b1" }) { author { name: id } } }');
    expect(keyAsName.data).toEqual({ book: { author: { name: 'p1' } } });
    expect(keyAsName.loads).toEqual({ books: [['b1']] });
    const nameAsKey = await run('{ book(by: { id: "b1" }) { author { id: name } } }');
    expect(nameAsKey.data).toEqual({ book: { author: { id: 'Ada' } } });
    expect(nameAsKey.loads).toEqual({ books: [['b1']], people: [['p1']] });
  });

  test.each([
    ['a fragment', '{ book(by: { id: "b1" }) { author { ...P } } } fragment P on Person { name }'],
    ['an inline fragment', '{ book(by: { id: "b1" }) { author { ... on Node { ... { ... on Person { name } } } } } }'],
    ['the same field selected twice', '{ book(by: { id: "b1" }) { author { id } author { name } } }'],
    ['@include(if: true)', '{ book(by: { id: "b1" }) { author { id name @include(if: true) } } }'],
  ])('is loaded when %s selects a field of the owner', async (_name, query) => {
    const { data, loads } = await run(query);
    expect(data).toMatchObject({ book: { author: { name: 'Ada' } } });
    expect(loads).toEqual({ books: [['b1']], people: [['p1']] });
  });

  test.each([
    ['skipped', '{ book(by: { id: "b1" }) { author { id name @skip(if: true) } } }'],
    ['not included', '{ book(by: { id: "b1" }) { author { id ... @include(if: false) { name } } } }'],
    [
      'in a fragment that is skipped',
      '{ book(by: { id: "b1" }) { author { id ...P @skip(if: true) } } } fragment P on Person { name }',
    ],
    ['in a fragment on another type', '{ node(id: "p1") { id ... on Book { title } } }'],
  ])('is not loaded when the field of the owner is %s', async (_name, query) => {
    const { errors, loads } = await run(query);
    expect(errors).toBeUndefined();
    expect(loads['people']).toBeUndefined();
  });

  test('follows the variables of each run of one document', async () => {
    const document = parse(
      'query ($named: Boolean!) { book(by: { id: "b1" }) { author { id name @include(if: $named) } } }',
    );
    const loadsOf = async (named: boolean) => {
      const request = aRequest();
      await execute({ schema: fused, document, variableValues: { named }, contextValue: request });
      return request.loads['people'];
    };
    expect(await loadsOf(false)).toBeUndefined();
    expect(await loadsOf(true)).toEqual([['p1']]);
    expect(await loadsOf(false)).toBeUndefined();
  });

  test('is followed through nested lists, nulls and promises', async () => {
    const { data, errors, loads } = await run('{ book(by: { id: "b1" }) { teams { name } } shelves { title } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      book: {
        teams: [
          [{ name: 'Ada' }, null, { name: 'Bo' }],
          [null, { name: 'Cy' }],
        ],
      },
      shelves: [
        [{ title: 'Looms' }, null],
        [{ title: 'Kilns' }, null],
      ],
    });
    expect(loads['people']?.flat().toSorted()).toEqual(['gone', 'p1', 'p2', 'p3']);
  });

  test('that fails costs its place in the list and no other', async () => {
    const { data, errors } = await run('{ broken { title } }');
    expect(data).toEqual({ broken: [{ title: 'Looms' }, null, null] });
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([
      ['Lost.', ['broken', 1]],
      ['Burnt.', ['broken', 2]],
    ]);
  });

  test('in the payload of a mutation is loaded like any other', async () => {
    const { data, loads } = await run('mutation { reviewRetract(id: "r1") { book { title reviews { text } } } }');
    expect(data).toEqual({
      reviewRetract: { book: { title: 'Looms', reviews: [{ text: 'Clear.' }, { text: 'Long.' }] } },
    });
    expect(loads).toEqual({ books: [['b1']] });
  });
});

test('what a subgraph returns of its own entities is loaded once, by that subgraph alone', async () => {
  const { data, loads } = await run(
    '{ person(id: "p1") { name mentor { name } } books(first: 1) { nodes { title } } }',
  );
  expect(data).toEqual({ person: { name: 'Ada', mentor: { name: 'Bo' } }, books: { nodes: [{ title: 'Anvils' }] } });
  expect(loads).toEqual({ people: [['p1'], ['p2']] });
});

describe('a value type of several subgraphs', () => {
  test('holds rows where the owner made it and references where another subgraph did', async () => {
    const { data, loads } = await run(
      '{ person(id: "p1") { books { nodes { title } } recommends { nodes { title } } } }',
    );
    expect(data).toEqual({
      person: {
        books: { nodes: [{ title: 'Looms' }] },
        recommends: { nodes: [{ title: 'Kilns' }, { title: 'Anvils' }] },
      },
    });
    expect(loads).toEqual({ people: [['p1']], books: [['b2', 'b4']] });
  });

  test('knows who made it through lists of another such type', async () => {
    const { data, loads } = await run(
      '{ person(id: "p1") { books { edges { node { title } } } recommends { edges { node { title } } } } }',
    );
    expect(data).toEqual({
      person: {
        books: { edges: [{ node: { title: 'Looms' } }] },
        recommends: { edges: [{ node: { title: 'Looms' } }, { node: { title: 'Masts' } }] },
      },
    });
    expect(loads).toEqual({ people: [['p1']], books: [['b1', 'b3']] });
  });

  test('is resolved by the subgraph that made it, with its context', async () => {
    const { data } = await run(
      '{ person(id: "p1") { books { servedBy totalCount } again: recommends { servedBy totalCount } } books { servedBy totalCount } }',
    );
    expect(data).toEqual({
      person: { books: { servedBy: 'books', totalCount: 1 }, again: { servedBy: 'reviews', totalCount: 2 } },
      books: { servedBy: 'books', totalCount: 4 },
    });
  });
});

test('the owner is asked with keys alone, and its resolvers come first where others declare the same field', async () => {
  const asked: unknown[] = [];
  const thing = 'type Thing @key(fields: "id") { id: ID! tone: String @shareable }';
  const subgraphs = [
    sdlSubgraph('stub', `type Query { thing: Thing } ${thing}`, {
      fields: { Query: { thing: () => ({ id: '1', tone: 'of the stub' }) }, Thing: { tone: () => 'of the stub' } },
    }),
    sdlSubgraph('owner', thing, {
      fields: { Thing: { tone: () => 'of the owner' } },
      references: { Thing: (reference) => asked.push(reference) && {} },
    }),
  ];
  const schema = fuse({ publicSdl: compose(subgraphs).publicSdl, subgraphs });
  const { data } = await execute({ schema, document: parse('{ thing { tone } }'), contextValue: aRequest() });
  expect(data?.['thing']).toEqual({ tone: 'of the owner' });
  expect(asked).toEqual([{ __typename: 'Thing', id: '1' }]);
});

test('every resolver sees the context of its own subgraph', async () => {
  const { data } = await run(
    '{ person(id: "p1") { servedBy } nodes(ids: ["b1", "p2"]) { ... on Book { servedBy } ... on Person { servedBy } } }',
  );
  expect(data).toEqual({ person: { servedBy: 'people' }, nodes: [{ servedBy: 'books' }, { servedBy: 'people' }] });
});

describe('an abstract type', () => {
  test('is told by __typename, and each concrete type loaded by its owner in one batch', async () => {
    const { data, errors, loads } = await run(`{
      nodes(ids: ["p1", "b1", "p9", "r1", "b2"]) { __typename id ... on Person { name } ... on Book { title } ... on Review { text } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      nodes: [
        { __typename: 'Person', id: 'p1', name: 'Ada' },
        { __typename: 'Book', id: 'b1', title: 'Looms' },
        null,
        { __typename: 'Review', id: 'r1', text: 'Clear.' },
        { __typename: 'Book', id: 'b2', title: 'Kilns' },
      ],
    });
    expect(loads).toEqual({ people: [['p1', 'p9']], books: [['b1', 'b2']] });
  });

  test('costs no load where only keys are selected', async () => {
    const { data, loads } = await run(
      '{ nodes(ids: ["p1", "b1"]) { __typename id ... on Book { id reviews { id } } } }',
    );
    expect(data).toEqual({
      nodes: [
        { __typename: 'Person', id: 'p1' },
        { __typename: 'Book', id: 'b1', reviews: [{ id: 'r1' }, { id: 'r2' }] },
      ],
    });
    expect(loads).toEqual({});
  });

  test('may mix references with values of the subgraph, told by isTypeOf', async () => {
    const { data, loads } = await run(
      '{ search { ... on Book { title } ... on Suggestion { text } ... on Person { id } } }',
    );
    expect(data).toEqual({
      search: [{ title: 'Looms' }, { text: 'Loom?' }, { id: 'p2' }, { title: 'Kilns' }, { id: 'p9' }],
    });
    expect(loads).toEqual({ books: [['b1', 'b2']] });
  });

  test('is told by the resolveType of the subgraph that returns it', async () => {
    const { data, loads } = await run(
      '{ reviews { subject { __typename ... on Person { name } ... on Book { id } } } }',
    );
    expect(data).toEqual({
      reviews: [{ subject: { __typename: 'Book', id: 'b1' } }, { subject: { __typename: 'Person', name: 'Bo' } }],
    });
    expect(loads).toEqual({ people: [['p2']] });
  });

  test('may be an interface told by isTypeOf', async () => {
    const { data } = await run('{ spot { __typename label } }');
    expect(data).toEqual({ spot: { __typename: 'Shelf', label: 'Third from the left' } });
  });

  test('that no subgraph can tell is an error at its place', async () => {
    const { data, errors } = await run('{ node(id: "z1") { id } }');
    expect(data).toEqual({ node: null });
    expect(errors?.map(({ path }) => path)).toEqual([['node']]);
  });
});
