import { describe, expect, test } from 'vitest';
import type { SearchDocument } from '../../../src/subgraphs/discovery/search/document.js';
import { EngineFault } from '../../../src/subgraphs/discovery/search/engine.js';
import { aDatabase, execute } from '../../support/database.js';
import { aPractice, aProgramme, aRegion, aTheme, draft } from '../../support/factories.js';
import { aGraph, type Answer } from '../../support/graph.js';
import { aListedEngine } from '../../support/listed-engine.js';

const database = await aDatabase();
const ids = {
  italy: (await aRegion(database, 'IT', { name_english: 'Italy', level: 0 })).id,
  glass: (await aPractice(database, { title: 'Glass craft of Murano', slug: 'glass' })).id,
  wood: (await aPractice(database, { title: 'Wood craft', slug: 'wood' })).id,
  hidden: (await aPractice(database, { title: 'Glass in secret', slug: 'hidden', ...draft })).id,
};
await aRegion(database, 'ITI', { name_latin: 'Centro', level: 1, path: '2024/IT/ITI/', country_code: 'IT' });
await aRegion(database, 'ITI1', {
  name_local: 'Toscana',
  name_latin: 'Toscana',
  name_english: 'Tuscany',
  level: 2,
  path: '2024/IT/ITI/ITI1/',
  country_code: 'IT',
});
await aRegion(database, 'ITH', { name_latin: 'Nord-Est', level: 1, path: '2024/IT/ITH/', country_code: 'IT' });
await aRegion(database, 'EL', { name_english: 'Greece', level: 0 });
const { id: craft } = await aTheme(database, { slug: 'craft', label: 'Crafts' });
await aTheme(database, { slug: 'glass', label: 'Glass', broader_id: craft });
await aProgramme(database, { slug: 'ivc', name: 'INTERREG IVC' });

const none = { country: [], region: [], theme: [], sector: [], year: [], programme: [], validation: [], status: [] };
const aDocument = (id: string, title: string, facets: Partial<SearchDocument['facets']> = {}): SearchDocument => ({
  id,
  type: 'GoodPractice',
  url: `/practices/${id}`,
  title,
  language: 'en',
  texts: [],
  facets: { ...none, type: ['GoodPractice'], origin: ['REPORTED'], ...facets },
  point: null,
  updatedAt: '2024-01-01T00:00:00.000Z',
  hash: id,
});
const gone = 'gp_01h455vb4pex5vsknk084sn02q';
const demo = 'gp_01h455vb4pex5vsknk084sn02r';
const tuscan = { region: ['2024/IT/ITI/ITI1/'], country: ['IT'], year: ['2012'], programme: ['ivc'] };
const documents = [
  aDocument(ids.glass, 'Glass craft of Murano', { ...tuscan, theme: ['craft/glass/'], validation: ['EXPERT'] }),
  aDocument(ids.wood, 'Wood craft', { region: ['2024/IT/ITH/'], country: ['IT'], year: ['2014'], theme: ['craft/'] }),
  aDocument(ids.hidden, 'Glass in secret', { country: ['EL'], region: ['2024/EL/'] }),
  aDocument(gone, 'Glass that is gone'),
  aDocument(demo, 'Glass made up', { origin: ['DEMONSTRATION'] }),
];
const { engine, asked } = aListedEngine(documents);
const vocabulary = { stopWordsAmong: async () => new Set(['of']), synonymsOf: () => [] };
const freshness = async () => ({ upTo: '2024-05-01T00:00:00Z', lag: 0.25 });
const graph = await aGraph(database, { engine, vocabulary, freshness });

const QUERY = `query ($query: String, $where: SearchWhere, $facets: [SearchFacetInput!], $orderBy: SearchOrder, $first: Int, $after: String) {
  search(query: $query, where: $where, facets: $facets, orderBy: $orderBy, first: $first, after: $after) {
    totalCount totalCountIsExact
    edges { cursor node { id } }
    nodes { id type title highlights { text isMatch } url score matchedIn distance item { id ... on GoodPractice { slug } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    facets { field values { value label count parent } }
    relaxed { dropped isAnyWord } degraded freshness { upTo lag }
  }
}`;
const run = async (variables: Record<string, unknown>) => {
  const { data, errors, statements } = await graph.run(QUERY, variables);
  return { found: data?.['search'] as Answer, errors, statements };
};
const idsOf = (found: Answer) => found['nodes'].map(({ id }: { id: string }) => id);
const refusal = async (variables: Record<string, unknown>) => {
  const { errors } = await run(variables);
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  return errors[0]?.message;
};

describe('a search', () => {
  test('tells of each hit what the engine holds, and the record from its owner in two statements', async () => {
    const { found, errors, statements } = await run({ query: 'glass of murano' });
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

describe('where', () => {
  test.each([
    [{ region: { within: 'IT' } }, [ids.glass, ids.wood]],
    [{ region: { eq: 'ITI1' } }, [ids.glass]],
    [{ region: { in: ['ITH', 'EL'] } }, [ids.wood, ids.hidden]],
    [{ theme: { within: 'craft' } }, [ids.glass, ids.wood]],
    [{ theme: { eq: 'craft' } }, [ids.wood]],
    [{ country: { eq: 'EL' } }, [ids.hidden]],
    [{ year: { gte: 2013 } }, [ids.wood]],
    [{ year: { eq: 2012 } }, [ids.glass]],
    [{ validation: { in: ['EXPERT', 'LABEL'] } }, [ids.glass]],
    [{ type: { eq: 'PARTNER' } }, []],
    [{ or: [{ country: { eq: 'EL' } }, { programme: { eq: 'ivc' } }] }, [ids.glass, ids.hidden]],
    [{ not: { country: { in: ['IT', 'EL'] } } }, [gone]],
  ])('%j narrows', async (where, expected) => {
    const { found, errors } = await run({ where });
    expect(errors).toEqual([]);
    expect(idsOf(found)).toEqual(expected);
  });

  test.each([
    [{ region: { within: 'ITI9' } }, "'ITI9' is not a code of NUTS 2024. The nearest code is ITI (Centro)."],
    [
      { region: { eq: 'XX' } },
      "'XX' is not a code of NUTS 2024. Codes begin with the two letters of the country, such as IT or EL.",
    ],
    [{ theme: { eq: 'xyzzy' } }, "No theme has the slug 'xyzzy'. Take one that `themes` lists."],
    [
      { near: { latitude: 91, longitude: 0, radius: 1 } },
      '`near` is at 91, 0, which is nowhere. Write degrees, latitude first.',
    ],
    [
      { near: { latitude: 41, longitude: 2, radius: 0 } },
      '`near.radius: 0` is not more than 0 and at most 20,000. Write kilometres.',
    ],
    [
      { not: { near: { latitude: 41, longitude: 2, radius: 5 } } },
      '`near` stands within `and`, `or` or `not`. Put it at the top of `where`.',
    ],
  ])('%j is refused', async (where, message) => {
    expect(await refusal({ where })).toBe(message);
  });

  test('near a point asks the engine for a circle', async () => {
    asked.length = 0;
    const near = { latitude: 43.77, longitude: 11.25, radius: 30 };
    await run({ where: { near }, orderBy: 'NEAREST' });
    expect(asked).toMatchObject([{ near, order: 'NEAREST' }]);
    expect(await refusal({ orderBy: 'NEAREST' })).toBe(
      '`orderBy: NEAREST` needs a point to be near to. Name it by `where.near`.',
    );
  });
});

describe('facets', () => {
  const facet = async (counted: Answer, where: Answer = {}) => {
    const { found, errors } = await run({ where, facets: [counted], first: 0 });
    expect(errors).toEqual([]);
    return found['facets'][0].values.map(({ value, label, count, parent }: Answer) => [value, label, count, parent]);
  };

  test.each([
    [
      { field: 'REGION' },
      [
        ['IT', 'Italy', 2, null],
        ['EL', 'Greece', 1, null],
      ],
    ],
    [
      { field: 'REGION', below: 'IT' },
      [
        ['ITH', 'Nord-Est', 1, 'IT'],
        ['ITI', 'Centro', 1, 'IT'],
      ],
    ],
    [{ field: 'REGION', level: 2 }, [['ITI1', 'Tuscany', 1, 'ITI']]],
    [{ field: 'REGION', prefix: 'TÓS' }, [['ITI1', 'Tuscany', 1, 'ITI']]],
    [{ field: 'REGION', prefix: 'osc' }, []],
    [{ field: 'REGION', first: 1 }, [['IT', 'Italy', 2, null]]],
    [{ field: 'THEME' }, [['craft', 'Crafts', 2, null]]],
    [{ field: 'THEME', level: 1 }, [['glass', 'Glass', 1, 'craft']]],
    [
      { field: 'COUNTRY' },
      [
        ['IT', 'Italy', 2, null],
        ['EL', 'Greece', 1, null],
      ],
    ],
    [{ field: 'PROGRAMME' }, [['ivc', 'INTERREG IVC', 1, null]]],
    [{ field: 'PROGRAMME', prefix: 'iv' }, [['ivc', 'INTERREG IVC', 1, null]]],
    [
      { field: 'YEAR' },
      [
        ['2012', '2012', 1, null],
        ['2014', '2014', 1, null],
      ],
    ],
    [{ field: 'TYPE' }, [['GOOD_PRACTICE', 'GOOD_PRACTICE', 4, null]]],
    [{ field: 'VALIDATION' }, [['EXPERT', 'EXPERT', 1, null]]],
    [{ field: 'STATUS' }, []],
  ])('%j are counted', async (counted, expected) => {
    expect(await facet(counted)).toEqual(expected);
  });

  test('of a field that is narrowed by are counted as if it were not', async () => {
    expect(await facet({ field: 'COUNTRY' }, { country: { eq: 'EL' } })).toEqual([
      ['IT', 'Italy', 2, null],
      ['EL', 'Greece', 1, null],
    ]);
    expect(await facet({ field: 'COUNTRY' }, { year: { eq: 2012 } })).toEqual([['IT', 'Italy', 1, null]]);
  });

  test('share one statement for their labels', async () => {
    const facets = ['REGION', 'THEME', 'COUNTRY', 'PROGRAMME', 'YEAR'].map((field) => ({ field }));
    expect((await run({ facets, first: 0 })).statements).toHaveLength(1);
  });

  test.each([
    [[{ field: 'YEAR' }, { field: 'YEAR' }], /names YEAR twice/],
    [[{ field: 'YEAR', first: 101 }], /Ask for 0 to 100/],
    [[{ field: 'YEAR', level: 1 }], /go with REGION and THEME/],
    [[{ field: 'REGION', below: 'ITI9' }], /The nearest code is ITI/],
    [[{ field: 'REGION', level: -1 }], /above the top/],
  ])('%j are refused', async (facets, message) => {
    const { errors } = await run({ facets });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    expect(errors[0]?.message).toMatch(message);
  });

  test('of a field that there is not are told by GraphQL', async () => {
    const { errors } = await graph.run('{ search(facets: [{ field: COLOUR }]) { totalCount } }');
    expect(errors).toMatchObject([{ code: 'GRAPHQL_VALIDATION_FAILED' }]);
    expect(errors[0]?.message).toContain('Value "COLOUR" does not exist in "SearchFacetField" enum.');
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
  const without = await aGraph(database, {
    engine: { ...engine, search: down, suggest: down, similar: down },
    vocabulary,
    freshness,
  });
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
  expect(await cost('{ search { totalCount } }')).toBe(20);
  expect(await cost('{ search(first: 10) { nodes { title } } }')).toBe(30);
  expect(await cost('{ search(first: 0) { facets { values { value count } } } }')).toBe(80);
  expect(await cost('{ suggest(prefix: "a", first: 5) { title } }')).toBe(15);
  expect(await cost('{ goodPractices(first: 10) { nodes { similar { id } } } }')).toBe(252);
});
