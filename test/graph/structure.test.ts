import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { structureFault } from '../../src/graph/structure.js';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const faultOf = (query: string) => structureFault(parse(query))?.message;
const told = (pairs: string) =>
  `The document has ${pairs} pairs of fields that bear one name at one place; 10,000 is the most. Write each once, with all that you ask of it.`;

describe('fields of one name at one place', () => {
  test.each([
    ['141 times the same', `{ ${times(141, () => 'a')} }`],
    ['under 300 parents of other names', `{ ${times(300, (n) => `f${n} { a }`)} }`],
    ['by one fragment in many places', `{ ${times(200, (n) => `f${n} { ...A }`)} } fragment A on T { a }`],
    ['by one fragment at one place', `{ ${times(400, () => '...A')} } fragment A on T { a }`],
    ['in a circle, which validation refuses', `{ ...A } fragment A on T { ${times(9, (n) => `f${n} { ...A ...A }`)} }`],
  ])('%s are compared', (_name, query) => {
    expect(faultOf(query)).toBeUndefined();
  });

  test.each([
    ['142 times the same', `{ ${times(142, () => 'a')} }`, '10,011'],
    ['aliases that make them one', `{ ${times(25, (n) => `a: f${n}`)} ${times(117, () => 'a')} }`, '10,011'],
    ['in inline fragments', `{ ${times(142, () => '... on T { a }')} }`, '10,011'],
    [
      'in fragments',
      `{ ${times(71, (n) => `...F${n}`)} } ${times(71, (n) => `fragment F${n} on T { a a }`)}`,
      '10,011',
    ],
    // 30 parents are 435 pairs, and the 150 below them 11,175.
    ['below parents that are one', `{ ${times(30, () => `p { ${times(5, () => 'a')} }`)} }`, '11,610'],
  ])('%s are too many', (_name, query, pairs) => {
    expect(faultOf(query)).toBe(told(pairs));
  });
});
