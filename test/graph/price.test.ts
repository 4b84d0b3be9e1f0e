import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
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
