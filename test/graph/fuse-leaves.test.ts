import { describe, expect, test } from 'vitest';
import { run } from './fixtures/graph.js';

describe('in the fused schema', () => {
  test('enums keep internal values in arguments, variables and results, across subgraphs', async () => {
    const { data } = await run(
      'query ($role: Role!) { literal: people(role: EDITOR) { id role } variable: people(role: $role) { id role } reviews { badge } }',
      { role: 'EDITOR' },
    );
    expect(data).toEqual({
      literal: [{ id: 'p1', role: 'EDITOR' }],
      variable: [{ id: 'p1', role: 'EDITOR' }],
      reviews: [{ badge: 'EDITOR' }, { badge: 'READER' }],
    });
  });

  test('enum and scalar defaults reach the resolver as internal values', async () => {
    const { data } = await run(
      '{ people { id } books(first: 2) { nodes { id } } newest: books(first: 1, orderBy: NEWEST) { nodes { id } } }',
    );
    expect(data).toEqual({
      people: [{ id: 'p2' }],
      books: { nodes: [{ id: 'b4' }, { id: 'b2' }] },
      newest: { nodes: [{ id: 'b3' }] },
    });
  });

  test('scalars are coerced by their subgraph in both directions', async () => {
    const { data } = await run(
      'query ($day: Day) { literal: people(bornBefore: "2002-01-01") { born } variable: people(bornBefore: $day) { born } }',
      { day: '1971-01-01' },
    );
    expect(data).toEqual({
      literal: [{ born: '1970-03-01' }, { born: '2001-04-01' }],
      variable: [{ born: '1970-03-01' }],
    });
  });

  test('@oneOf inputs keep their rule', async () => {
    const { errors } = await run('query ($by: BookKey!) { book(by: $by) { id } }', {
      by: { id: 'b1', title: 'Looms' },
    });
    expect(errors?.[0]?.message).toContain('must be specified for OneOf type "BookKey"');
  });
});
