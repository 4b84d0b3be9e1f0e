import { expect, test } from 'vitest';
import { knowledgeOf } from '../../src/graph/compiled/knowledge.js';
import type { Fields } from '../../src/graph/fields.js';
import { telling, type FieldSource } from '../../src/graph/reads.js';

const books: Fields = { type: 'Book', table: 'book', prefix: 'bk', columns: ['id', 'title'] };
const loaders = { bookById: telling({}, { row: books, column: 'id' }), shelf: {} };
const one = (sources: Record<string, FieldSource | null>) => ({ loaders, sources: new Map(Object.entries(sources)) });

test('a field is known by what its resolver says of itself, and a resolver that says nothing is not known', () => {
  const known = knowledgeOf(
    [
      one({
        'Book.title': { column: 'title' },
        'Review.book': { loader: 'bookById', key: 'bookId' },
        'Book.mood': null,
      }),
    ],
    [books],
  );
  expect(known.source('Book', 'title')).toEqual({ kind: 'column', column: 'title' });
  expect(known.source('Review', 'book')).toEqual({ kind: 'one', key: 'bookId' });
  expect(known.source('Book', 'mood')).toBeUndefined();
  expect(known.source('Book', 'new')).toBeUndefined();
  expect(known.fields('Book')).toBe(books);
});

test('a field that subgraphs tell differently is not known', () => {
  const known = knowledgeOf([one({ 'Book.id': { column: 'id' } }), one({ 'Book.id': null })], [books]);
  expect(known.source('Book', 'id')).toBeUndefined();
});

test('a field that names a loader which cannot say what it reads stops the start', () => {
  expect(() => knowledgeOf([one({ 'Book.shelf': { loader: 'shelf' } })], [books])).toThrow(
    "Book.shelf names the loader 'shelf', which does not say what it reads.",
  );
});
