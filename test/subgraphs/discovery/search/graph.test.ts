import { describe, expect, test } from 'vitest';
import { EngineFault } from '../../../../src/subgraphs/discovery/search/engine.js';
import { execute } from '../../../support/database.js';
import { aGraph, type Answer } from '../../../support/graph.js';
import {
  database,
  ids,
  gone,
  demo,
  engine,
  asked,
  vocabulary,
  freshness,
  graph,
  run,
  idsOf,
  refusal,
} from './small-graph.js';

describe('a search', () => {
  test('tells of each hit what the engine holds, and the record from its owner in two statements', async () => {
    const { found, errors, statements } = await run({ query: 'of Murano' });
    expect(errors).toEqual([]);
    expect(found).toEqual({
      totalCount: 1,
      totalCountIsExact: true,
      edges: [{ cursor: expect.any(String), node: { id: ids.glass } }],
      nodes: [
        {
          id: ids.glass,
          type: 'GOOD_PRACTICE',
          title: 'Glass craft of Murano',
          highlights: [{ text: 'Glass craft of Murano', isMatch: false }],
          url: `/practices/${ids.glass}`,
          score: 1,
          matchedIn: ['TITLE'],
          distance: null,
          item: { id: ids.glass, slug: 'glass' },
        },
      ],
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: expect.any(String),
        endCursor: expect.any(String),
      },
      facets: [],
      relaxed: null,
      degraded: false,
      freshness: { upTo: '2024-05-01T00:00:00.000Z', lag: 0.25 },
    });
    expect(statements).toHaveLength(2);
  });

  test('has null for a record that is gone, or not to be seen, and no error', async () => {
    const { found, errors } = await run({ query: 'glass' });
    expect(errors).toEqual([]);
    expect(found['nodes'].map(({ id, item }: Answer) => [id, item])).toEqual([
      [ids.glass, { id: ids.glass, slug: 'glass' }],
      [ids.hidden, null],
      [gone, null],
    ]);
  });

  test('says what it left out of a query', async () => {
    const { found } = await run({ query: 'wood xyzzy' });
    expect(found).toMatchObject({ totalCount: 1, relaxed: { dropped: ['xyzzy'], isAnyWord: false } });
    const { found: apart } = await run({ query: 'wood murano' });
    expect(apart).toMatchObject({ totalCount: 2, relaxed: { dropped: [], isAnyWord: true } });
  });

  test('leaves out what is made up until its origin is asked for', async () => {
    expect((await run({ query: 'glass' })).found['totalCount']).toBe(3);
    const { found } = await run({ query: 'glass', where: { origin: { eq: 'DEMONSTRATION' } } });
    expect(idsOf(found)).toEqual([demo]);
  });
});

describe('pages of a search', () => {
  test('follow each other by cursors, also where the query was relaxed', async () => {
    const first = await run({ query: 'wood murano xyzzy', first: 1 });
    expect(first.found).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const after = first.found['pageInfo'].endCursor as string;
    asked.length = 0;
    const second = await run({ query: 'wood murano xyzzy', first: 1, after });
    expect(second.errors).toEqual([]);
    expect([...idsOf(first.found), ...idsOf(second.found)]).toEqual([ids.glass, ids.wood]);
    expect(second.found).toMatchObject({
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
      relaxed: { dropped: ['xyzzy'], isAnyWord: true },
    });
    expect(asked).toHaveLength(1);
  });

  test('of another search are refused', async () => {
    const { found } = await run({ query: 'glass', first: 1 });
    const after = found['pageInfo'].endCursor as string;
    expect(await refusal({ query: 'wood', after })).toBe(
      'This cursor belongs to another search. Ask for the first page of this one.',
    );
    expect(await refusal({ query: 'glass', after, orderBy: 'TITLE_ASC' })).toBe(
      'This cursor belongs to the order RELEVANCE, and the list is ordered by TITLE_ASC. Ask for the first page again.',
    );
    expect(await refusal({ query: 'glass', after: 'x' })).toBe(
      "'x' is not a cursor of this list. Use a cursor as `pageInfo` or an edge returned it.",
    );
  });

  test('end where searches end', async () => {
    const { found } = await run({ query: 'glass', first: 1 });
    const [order, print, , ...kept] = JSON.parse(
      Buffer.from(found['pageInfo'].endCursor as string, 'base64url').toString(),
    ) as string[];
    const at = (offset: string) => Buffer.from(JSON.stringify([order, print, offset, ...kept])).toString('base64url');
    expect(await refusal({ query: 'glass', after: at('10000') })).toBe(
      'Pages reach the first 10,000 hits, and this one would begin after them. Narrow the search by `where`.',
    );
    asked.length = 0;
    await run({ query: 'glass', after: at('9990') });
    expect(asked).toMatchObject([{ offset: 9_990, size: 10 }]);
    expect(await refusal({ query: 'glass', after: at('-1') })).toContain('another search');
  });

  test('hold 100 hits at most', async () => {
    expect(await refusal({ first: 101 })).toBe(
      '`first: 101` is not between 0 and 100. Ask for less and follow `pageInfo.endCursor`.',
    );
  });
});

describe('suggest', () => {
  const SUGGEST = `query ($prefix: String!, $first: Int) { suggest(prefix: $prefix, first: $first) { title } }`;
  const suggested = async (prefix: string, first = 10) => {
    const { data, errors } = await graph.run(SUGGEST, { prefix, first });
    return data['suggest']?.map(({ title }: { title: string }) => title) ?? errors[0]?.message;
  };

  test.each([
    ['Gl', ['Glass craft of Murano', 'Glass in secret', 'Glass that is gone']],
    ['\u{202e}Wo\0', ['Wood craft']],
    ['  ', []],
  ])('%j', async (prefix, expected) => {
    expect(await suggested(prefix)).toEqual(expected);
  });

  test('gives as many as are asked for', async () => {
    expect(await suggested('Gl', 1)).toHaveLength(1);
    expect(await suggested('Gl', 21)).toBe('`first: 21` is not between 0 and 20.');
  });
});

test('similar practices are those that are there, of the same kind', async () => {
  const { data, errors, statements } = await graph.run(
    '{ goodPractice(slug: "glass") { similar(first: 3) { slug } } }',
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({ goodPractice: { similar: [{ slug: 'wood' }] } });
  expect(statements).toHaveLength(4);
  await execute(database, `update good_practice set origin = 'DEMONSTRATION' where slug = 'glass'`);
  const { data: madeUp } = await graph.run('{ goodPractice(slug: "glass") { similar { id } } }');
  await execute(database, `update good_practice set origin = 'REPORTED' where slug = 'glass'`);
  expect(madeUp).toEqual({ goodPractice: { similar: [] } });
});

test('a search that no engine answers is refused, and the rest of the answer stays', async () => {
  const down = () => Promise.reject(new EngineFault('UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.7:7700'));
  const silent = { ...engine, search: down, suggest: down, similar: down };
  const without = await aGraph(database, { search: { engine: silent, vocabulary, freshness } });
  const { data, errors } = await without.run('{ search { totalCount } goodPractice(slug: "wood") { slug } }');
  expect(data).toEqual({ search: null, goodPractice: { slug: 'wood' } });
  expect(errors).toMatchObject([
    {
      code: 'SERVICE_UNAVAILABLE',
      message: 'The search does not answer just now. Try again in a few seconds.',
      path: ['search'],
    },
  ]);
});

test('what a search costs grows with its page, its facets and what is asked of hits', async () => {
  const cost = async (query: string) => (await graph.run(query)).cost?.requested;
  const costs = await Promise.all(
    [
      '{ search { totalCount } }',
      '{ search(first: 10) { nodes { title } } }',
      '{ search(first: 0) { facets { values { value count } } } }',
      '{ suggest(prefix: "a", first: 5) { title } }',
      '{ goodPractices(first: 10) { nodes { similar { id } } } }',
    ].map(cost),
  );
  expect(costs).toEqual([21, 30, 80, 10, 225]);
});
