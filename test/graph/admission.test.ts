import { buildSchema, getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';
import { admission, computed } from '../../src/graph/admission.js';
import { limits } from '../../src/graph/limits.js';
import { pricer } from '../../src/graph/price.js';

const schema = buildSchema(
  'type Query { thing(id: ID): Query one: Int two: Int things(ids: [ID!]): [Query!] more: [Query!] }',
);

const decide = () => undefined;
const role = 'ANONYMOUS';

const judged = (query: string, options: Partial<Parameters<typeof admission>[0]> = {}) => {
  const document = parse(query);
  const judge = admission({ schema, decide, price: pricer(schema, []), ...options });
  return judge({ document, operation: getOperationAST(document) ?? undefined, variables: {}, maximum: 100, role });
};

test('a document that takes too long to check is given up between two fields', () => {
  const slow = () => ({
    Field: () => {
      const end = computed() + limits.validation + 1;
      while (computed() < end);
    },
  });
  const { errors, cost } = judged('{ one two }', { rules: [slow] });
  expect(errors).toMatchObject([
    { extensions: { code: 'LIMIT_EXCEEDED' }, message: expect.stringContaining(`${limits.validation} ms`) },
  ]);
  expect(cost).toBeUndefined();
});

test('what is said of a document is kept, what it costs with its variables is not', () => {
  let checked = 0;
  const counting = () => {
    checked += 1;
    return {};
  };
  const judge = admission({ schema, decide, price: pricer(schema, []), rules: [counting] });
  const document = parse('query ($ids: [ID!]) { things(ids: $ids) { one two } }');
  const operation = getOperationAST(document) ?? undefined;
  const priced = [['a'], ['a', 'b', 'c'], []].map(
    (ids) => judge({ document, operation, variables: { ids }, maximum: 100, role }).cost,
  );
  expect(priced).toEqual([2, 6, 1].map((requested) => ({ requested, maximum: 100 })));
  expect(checked).toBe(1);
});

test('the price of a document that takes keys alone is kept, apart for those left out and for types of ids, and not without end', () => {
  let counted = 0;
  const price = pricer(schema, []);
  const judge = admission({
    schema,
    decide,
    price: (...given) => {
      counted += 1;
      return price(...given);
    },
  });
  const document = parse('query ($a: ID, $b: ID) { x: thing(id: $a) { one } y: thing(id: $b) { one } }');
  const operation = getOperationAST(document) ?? undefined;
  const ask = (variables: object) =>
    judge({ document, operation, variables: { ...variables }, maximum: 100, role }).cost;
  const first = ask({ a: 'one_1', b: 'two_1' });
  expect(ask({ a: 'one_2', b: 'two_2' })).toEqual(first);
  expect(counted).toBe(1);
  ask({ a: 'one_1' });
  ask({ b: 'two_1' });
  ask({ b: null, a: 'one_3' });
  expect(counted).toBe(3);
  // An id tells its type, and with it what the answer holds.
  ask({ a: 'two_1', b: 'two_1' });
  expect(counted).toBe(4);
  for (let n = 0; n < 100; n += 1) ask({ a: `${n}_1` });
  ask({ a: '99_1' });
  expect(counted).toBe(105);
});

test('a list of which nothing is declared costs a page', () => {
  expect(judged('{ more { one } }').cost).toEqual({ requested: 20, maximum: 100 });
  expect(judged('{ more { more { one } } }')).toMatchObject({
    errors: [
      { message: expect.stringMatching(/^The operation costs 400; 100 is the most\. Most of it is `more\.more`\./) },
    ],
  });
});
