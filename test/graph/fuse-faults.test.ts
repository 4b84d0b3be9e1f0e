import { GraphQLScalarType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/graph/compose.js';
import { fuse } from '../../src/graph/fuse.js';
import type { Subgraph } from '../../src/graph/subgraph.js';
import { sdlSubgraph } from './fixtures/sdl-subgraph.js';

const composeAndFuse = (subgraphs: Subgraph[]) => fuse({ publicSdl: compose(subgraphs).publicSdl, subgraphs });
const aTone = () => new GraphQLScalarType({ name: 'Tone', parseValue: (value) => value });

describe('fuse refuses', () => {
  const thing = 'type Thing @key(fields: "id") { id: ID! }';
  const load = { references: { Thing: () => null } };

  test('an entity without owner', () => {
    const subgraphs = [sdlSubgraph('a', `type Query { thing: Thing } ${thing}`)];
    expect(() => composeAndFuse(subgraphs)).toThrow(
      'Thing must have one owner, a subgraph that loads it by reference. It has: none.',
    );
  });

  test('an entity with two owners', () => {
    const subgraphs = [sdlSubgraph('a', `type Query { thing: Thing } ${thing}`, load), sdlSubgraph('b', thing, load)];
    expect(() => composeAndFuse(subgraphs)).toThrow('It has: a and b.');
  });

  test('a key that reaches into another object', () => {
    const types = 'type Query { thing: Thing } type Thing @key(fields: "in { id }") { in: Box! } type Box { id: ID! }';
    const subgraphs = [sdlSubgraph('a', types, load)];
    expect(() => composeAndFuse(subgraphs)).toThrow('@key(fields: "in { id }") of Thing is not plain fields.');
  });

  test('an enum that two subgraphs mean differently', () => {
    const types = 'type Query { a: Tone @shareable } enum Tone { LOUD }';
    const subgraphs = [sdlSubgraph('a', types, { fields: { Tone: { LOUD: 1 } } }), sdlSubgraph('b', types)];
    expect(() => composeAndFuse(subgraphs)).toThrow('Tone.LOUD has different internal values in different subgraphs.');
  });

  test('a scalar that two subgraphs implement differently', () => {
    const types = 'type Query { a: Tone @shareable } scalar Tone';
    const subgraphs = ['a', 'b'].map((name) => sdlSubgraph(name, types, { fields: { Tone: aTone() } }));
    expect(() => composeAndFuse(subgraphs)).toThrow(
      'The scalar Tone is implemented differently in different subgraphs.',
    );
  });

  test('a field that no subgraph declares', () => {
    const subgraphs = [sdlSubgraph('a', 'type Query { a: Int }')];
    expect(() => fuse({ publicSdl: 'type Query { a: Int b: Int }', subgraphs })).toThrow(
      'Query.b is in the public schema, but no subgraph declares it.',
    );
  });
});
