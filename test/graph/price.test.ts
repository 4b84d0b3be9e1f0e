import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { pricer } from '../../src/graph/price.js';

test('what a subgraph says of its own fields makes nothing cheaper that is asked beside or below them', () => {
  const sdl = (directives: string) =>
    `type Query { ours: Int theirs: Int ${directives} things: [Thing] ${
      directives && '@listSize(assumedSize: 0)'
    } } type Thing { name: String }`;
  const price = pricer(buildSchema(sdl('')), [parse(sdl('@cost(weight: "-500.0")'))]);
  expect(price(parse('{ ours theirs }'), {}).cost).toBe(1);
  expect(price(parse('{ ours theirs things { name } }'), {}).cost).toBe(2);
});

describe('lists that an argument of the field above asks for', () => {
  const schema = buildSchema(`
    input Facet { field: String! first: Int = 10 }
    type Query { search(first: Int, facets: [Facet!]): Hits }
    type Hits { nodes: [Hit!]! facets: [Counted!]! }
    type Hit { id: ID! }
    type Counted { field: String! values: [Value!]! }
    type Value { value: String! count: Int! }`);
  const declared = parse(`type Query { search: Hits @listSize(slicingArguments: ["first"], sizedFields: ["nodes"]) }
    type Hits { facets: [Counted!]! @listSize(assumedSize: 3) }
    type Counted { values: [Value!]! @listSize(assumedSize: 10) }`);
  const price = pricer(schema, [declared]);
  const costOf = (query: string, variables = {}) => price(parse(query), variables).cost;

  test.each([
    ['none', '[]', 1],
    ['one of ten values', '[{ field: "a" }]', 1 + 20],
    ['one of no values', '[{ field: "a", first: 0 }]', 1],
    ['one of three', '[{ field: "a", first: 3 }]', 1 + 6],
    ['one of a hundred, of which half are expected', '[{ field: "a", first: 100 }]', 1 + 100],
    ['several, each as long as it is asked for', '[{ field: "a", first: 3 }, { field: "b", first: 100 }]', 7 + 101],
  ])('cost what is asked for: %s', (_, facets, cost) => {
    expect(costOf(`{ search(facets: ${facets}) { facets { field values { value count } } } }`)).toBe(cost);
    expect(costOf(`{ search(facets: ${facets}) { nodes { id } } }`)).toBe(8);
  });

  test('cost the same by a variable, and as usual where nothing is asked for', () => {
    const query = 'query ($facets: [Facet!]) { search(facets: $facets) { facets { field values { value count } } } }';
    expect(costOf(query, { facets: [{ field: 'a', first: 100 }] })).toBe(101);
    expect(costOf(query)).toBe(3 * 21);
  });

  test('tell that they are the dearest', () => {
    const query = parse('{ search(first: 1, facets: [{ field: "a" }]) { nodes { id } facets { values { count } } } }');
    expect(price(query, {}).dearest).toBe('search.facets.values');
  });
});
