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

test('the price of a document is kept with the sizes that its variables ask for, whatever their words', () => {
  let counted = 0;
  const searched = buildSchema(`
    enum Field { TYPE YEAR } input Counted { field: Field! first: Int } input Where { country: String and: [Where!] }
    type Facet { values: [Query!]! } type Hits { nodes: [Query!]! facets: [Facet!]! }
    type Query { search(query: String, where: Where, facets: [Counted!], first: Int = 5): Hits one: Int }`);
  const price = pricer(searched, []);
  const judge = admission({ schema: searched, decide, price: (...given) => ((counted += 1), price(...given)) });
  const document = parse(`query ($query: String, $where: Where, $facets: [Counted!], $first: Int = 3) {
    search(query: $query, where: $where, facets: $facets, first: $first) { nodes { one } facets { values { one } } } }`);
  const operation = getOperationAST(document) ?? undefined;
  const asked = { query: 'craft', where: { country: 'IT' }, facets: [{ field: 'TYPE', first: 40 }], first: 10 };
  /** Whether a price was kept; it is what it would be without that. */
  const isKept = (others: object) => {
    const variables: Record<string, unknown> = { ...asked, ...others };
    const before = counted;
    const { cost } = judge({ document, operation, variables, maximum: 1_000, role });
    expect(cost?.requested).toBe(price(document, variables).cost);
    return counted === before;
  };
  expect(isKept({})).toBe(false);
  expect(isKept({ query: 'glass', where: { country: 'EL' }, facets: [{ field: 'YEAR', first: 40 }] })).toBe(true);
  expect(isKept({ facets: [{ field: 'TYPE', first: 80 }] })).toBe(false);
  expect(isKept({ facets: [...asked.facets, ...asked.facets] })).toBe(false);
  expect(isKept({ facets: asked.facets[0] })).toBe(true);
  expect(isKept({ first: 40 })).toBe(false);
  expect(isKept({ where: { and: [{ country: 'IT' }] } })).toBe(false);
  // What is left out takes its default, and what is null does not.
  expect(isKept({ first: undefined })).toBe(false);
  expect(isKept({ first: null })).toBe(false);
  const many = { where: { and: Array.from({ length: 100 }, () => ({ country: 'IT' })) } };
  expect([isKept(many), isKept(many)]).toEqual([false, false]);
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
