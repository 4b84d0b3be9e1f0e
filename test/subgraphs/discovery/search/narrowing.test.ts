import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../support/graph.js';
import { ids, gone, asked, graph, run, idsOf, refusal } from './small-graph.js';

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

  test('cost no statement where nobody asks for labels, unless a name is looked for', async () => {
    const counts = `query ($facets: [SearchFacetInput!]) { search(facets: $facets) { facets { values { value count } } } }`;
    const { data, statements } = await graph.run(counts, { facets: [{ field: 'COUNTRY' }] });
    const values = [
      { value: 'IT', count: 2 },
      { value: 'EL', count: 1 },
    ];
    expect(data).toEqual({ search: { facets: [{ values }] } });
    expect(statements).toEqual([]);
    const named = await graph.run(counts, { facets: [{ field: 'COUNTRY', prefix: 'gree' }] });
    expect(named.data).toEqual({ search: { facets: [{ values: values.slice(1) }] } });
    expect(named.statements).toHaveLength(1);
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
