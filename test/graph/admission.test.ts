import { buildSchema, getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';
import { admission, computed } from '../../src/graph/admission.js';
import { limits } from '../../src/graph/limits.js';
import { pricer } from '../../src/graph/price.js';

const schema = buildSchema('type Query { one: Int two: Int things(ids: [ID!]): [Query!] more: [Query!] }');

const judged = (query: string, options: Partial<Parameters<typeof admission>[0]> = {}) => {
  const document = parse(query);
  const judge = admission({ schema, price: pricer(schema, []), ...options });
  return judge({ document, operation: getOperationAST(document) ?? undefined, variables: {}, maximum: 100 });
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
  const judge = admission({ schema, price: pricer(schema, []), rules: [counting] });
  const document = parse('query ($ids: [ID!]) { things(ids: $ids) { one two } }');
  const operation = getOperationAST(document) ?? undefined;
  const priced = [['a'], ['a', 'b', 'c'], []].map(
    (ids) => judge({ document, operation, variables: { ids }, maximum: 100 }).cost,
  );
  expect(priced).toEqual([2, 6, 1].map((requested) => ({ requested, maximum: 100 })));
  expect(checked).toBe(1);
});

test('a list of which nothing is declared costs a page', () => {
  expect(judged('{ more { one } }').cost).toEqual({ requested: 20, maximum: 100 });
  expect(judged('{ more { more { one } } }')).toMatchObject({
    errors: [
      { message: expect.stringMatching(/^The operation costs 400; 100 is the most\. Most of it is `more\.more`\./) },
    ],
  });
});
