import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import {
  FieldFault,
  merge,
  objectsAt,
  place,
  representation,
  rewrite,
  typesOf,
  type Answer,
} from '../../../src/graph/gateway/answer-tree.js';

const isOfType = typesOf(
  buildSchema(
    'interface Thing { id: ID } type Book implements Thing { id: ID } type Pen { id: ID } type Query { t: Thing }',
  ),
);

test('objects and lists of the same length are merged, and neither null nor an error replaces a value', () => {
  const target: Answer = { a: 1, list: [{ a: 1 }, null], kept: { b: 2 } };
  merge(target, { a: null, list: [{ b: 2 }, { c: 3 }], kept: new FieldFault([]), added: null });
  expect(target).toEqual({ a: 1, list: [{ a: 1, b: 2 }, { c: 3 }], kept: { b: 2 }, added: null });
});

test('what is there stays, whatever else is told of it', () => {
  const target: Answer = { a: 1, list: [{ a: 1 }], kept: { b: 2 }, failed: new FieldFault([]) };
  merge(target, { a: 2, list: [], kept: 'b', failed: 3 });
  expect(target).toEqual({ a: 1, list: [{ a: 1 }], kept: { b: 2 }, failed: 3 });
});

test('no answer of another organisation reaches the prototype of objects', () => {
  const target: Answer = {};
  merge(target, JSON.parse('{"__proto__": {"isAdmin": true}, "a": {"__proto__": {"isAdmin": true}}}') as Answer);
  merge(target, JSON.parse('{"a": {"__proto__": {"isAdmin": true}}}') as Answer);
  place(target, ['__proto__', 'isAdmin'], new Error('x'));
  expect(({} as Answer)['isAdmin']).toBeUndefined();
});

test('an error lies at its path or at the null that it became, beside those that came there before', () => {
  const root: Answer = { list: [{ title: null }], gone: null };
  const error = new Error('x');
  expect(place(root, ['list', 0, 'title'], error)).toBe(true);
  expect(place(root, ['gone', 'deep', 1], error)).toBe(true);
  expect(place(root, ['gone', 'other'], error)).toBe(true);
  expect(place(root, ['list'], error)).toBe(false);
  expect(place(root, ['list', 4_294_967_290], error)).toBe(false);
  expect(place(root, ['other'], error)).toBe(false);
  expect(root).toMatchObject({
    list: [{ title: { causes: [{ error, below: [] }] } }],
    gone: {
      causes: [
        { error, below: ['deep', 1] },
        { error, below: ['other'] },
      ],
    },
  });
});

test('a path leads through lists and leaves out what is of another type', () => {
  const [book, pen] = [{ __typename: 'Book' }, { __typename: 'Pen' }];
  const data = { rows: [[book, null], [pen]] };
  expect(objectsAt(data, [{ Field: 'rows' }, '@', '@'], isOfType)).toEqual([book, pen]);
  expect(objectsAt(data, [{ Field: 'rows' }, '@', '@', { TypeCondition: ['Thing'] }], isOfType)).toEqual([book]);
});

test('a representation is what is required of the object, and none without a key', () => {
  const requires = [
    {
      kind: 'InlineFragment' as const,
      typeCondition: 'Thing',
      selections: [
        { kind: 'Field' as const, name: 'id' },
        { kind: 'Field' as const, name: 'print', selections: [{ kind: 'Field' as const, name: 'size' }] },
      ],
    },
  ];
  const book = { __typename: 'Book', id: 'b1', title: 'Looms', print: [{ size: 2, ink: 'black' }] };
  expect(representation(book, requires, isOfType)).toEqual({ __typename: 'Book', id: 'b1', print: [{ size: 2 }] });
  expect(representation({ __typename: 'Book', id: null }, requires, isOfType)).toBeUndefined();
  expect(representation({ __typename: 'Pen', id: 'p1' }, requires, isOfType)).toBeUndefined();
});

test('names and values are rewritten where the plan says, in every item', () => {
  const data = { rows: [{ __typename: 'Book', a: 1 }, { __typename: 'Pen', a: 2 }, { a: 3 }] };
  const path = [{ Key: 'rows' }, { TypenameEquals: ['Thing'] }, { Key: 'a' }];
  rewrite(data, [{ KeyRenamer: { path, renameKeyTo: 'b' } }], isOfType);
  rewrite(data, [{ ValueSetter: { path: [{ Key: 'rows' }, { Key: '__typename' }], setValueTo: 'Thing' } }], isOfType);
  expect(data).toEqual({ rows: [{ __typename: 'Thing', b: 1 }, { __typename: 'Thing', a: 2 }, { b: 3 }] });
});
