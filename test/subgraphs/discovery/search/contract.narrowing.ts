import { expect, test } from 'vitest';
import type { Filter } from '../../../../src/graph/filter.js';
import type { FacetName, SearchDocument } from '../../../../src/subgraphs/discovery/search/document.js';
import { EngineFault, type FacetCount, type SearchEngine } from '../../../../src/subgraphs/discovery/search/engine.js';
import {
  burgas,
  filled,
  fuse,
  incubator,
  krakow,
  loka,
  partner,
  small,
  sortedTitles,
  titles,
  workshops,
} from './contract.documents.js';
import { everything, requestOf } from './documents.js';

const byValue = (one: FacetCount, other: FacetCount) => (one.value < other.value ? -1 : 1);

export function narrowing(makeEngine: () => Promise<SearchEngine>): void {
  const { engine, search, found } = filled(makeEngine, small);

  const filters: [name: string, filter: Filter, documents: SearchDocument[]][] = [
    ['a value', { field: 'country', eq: 'IT' }, [workshops, incubator, partner]],
    ['one of several values', { field: 'country', in: ['IE', 'PL'] }, [fuse, krakow]],
    ['a region with all inside', { field: 'region', within: { path: '2024/IT/ITI/' } }, [workshops, partner]],
    ['the region itself', { field: 'region', within: { path: '2024/IT/ITC/ITC4/' } }, [incubator]],
    ['no region whose path begins alike', { field: 'region', within: { path: '2024/IT/ITI/ITI1/ITI1/' } }, []],
    ['a theme with narrower ones', { field: 'theme', within: { path: 'craft/' } }, [fuse, workshops]],
    ['a type', { field: 'type', eq: 'Partner' }, [partner]],
    ['what is there', { field: 'validation', exists: true }, [fuse]],
    ['what is not there', { field: 'country', exists: false }, [loka, burgas]],
    ['not', { not: { field: 'country', exists: true } }, [loka, burgas]],
    [
      'or',
      {
        or: [
          { field: 'country', eq: 'PL' },
          { field: 'year', eq: '2012' },
        ],
      },
      [fuse, krakow],
    ],
    [
      'and',
      {
        and: [
          { field: 'country', eq: 'IT' },
          { field: 'year', eq: '2015' },
        ],
      },
      [workshops],
    ],
    ['none of nothing', { or: [] }, []],
    ['years from', { field: 'year', gte: 2015 }, [workshops, incubator]],
    ['years between', { field: 'year', gte: 2013, lte: 2015 }, [workshops]],
    ['changed since', { field: 'updated', gte: '2024-02-01T00:00:00Z' }, [fuse, workshops]],
    ['ids', { field: 'id', in: [fuse.id, partner.id] }, [fuse, partner]],
    ['a value with quotes', { field: 'sector', eq: 'leather "goods"' }, [workshops]],
    ['a value with a backslash', { field: 'sector', eq: 'back\\slash' }, [incubator]],
    ['no value that only looks like a filter', { field: 'sector', eq: `" OR type = "Partner` }, []],
    ['no value that ends in a backslash', { field: 'sector', in: ['back\\', `\\" OR country = "IT`] }, []],
  ];
  test.each(filters)('narrows by %s', async (_, filter, documents) => {
    expect(await found('', { filter })).toEqual(sortedTitles(documents));
  });

  test('refuses a field that it does not know', async () => {
    const request = requestOf('', { filter: { field: 'colour', eq: 'red' } });
    await expect(engine().search(request)).rejects.toMatchObject({ kind: 'REFUSED' });
    await expect(engine().search(request)).rejects.toBeInstanceOf(EngineFault);
  });

  const countsOf = async (name: FacetName, filter: Filter = everything, limit = 20) =>
    (await search('', { filter, facets: [{ name, limit }] })).facets[name];

  test('counts the values of a facet, the commonest first', async () => {
    expect(await countsOf('country')).toEqual([
      { value: 'IT', count: 3 },
      { value: 'IE', count: 1 },
      { value: 'PL', count: 1 },
    ]);
    expect(await countsOf('country', everything, 1)).toEqual([{ value: 'IT', count: 3 }]);
    expect(await countsOf('type')).toEqual([
      { value: 'GoodPractice', count: 6 },
      { value: 'Partner', count: 1 },
    ]);
  });

  test('counts every node of a hierarchy with what lies below', async () => {
    expect(await countsOf('theme')).toEqual([
      { value: 'craft/', count: 2 },
      { value: 'business/', count: 1 },
      { value: 'craft/pottery/', count: 1 },
    ]);
    expect((await countsOf('region'))?.slice(0, 4)).toEqual([
      { value: '2024/IT/', count: 3 },
      { value: '2024/IT/ITI/', count: 2 },
      { value: '2024/IT/ITI/ITI1/', count: 2 },
      { value: '2024/IT/ITI/ITI1/ITI14/', count: 2 },
    ]);
  });

  test('counts a facet as if its own condition were not there, and heeds the others', async () => {
    const filter = {
      and: [
        { field: 'country', eq: 'IT' },
        { field: 'type', eq: 'GoodPractice' },
      ],
    };
    const answer = await search('', {
      filter,
      facets: ['country', 'type', 'year'].map((name) => ({ name: name as FacetName, limit: 20 })),
    });
    expect(answer.total).toBe(2);
    expect(answer.facets).toEqual({
      country: [
        { value: 'IT', count: 2 },
        { value: 'IE', count: 1 },
        { value: 'PL', count: 1 },
      ],
      type: [
        { value: 'GoodPractice', count: 2 },
        { value: 'Partner', count: 1 },
      ],
      year: [
        { value: '2015', count: 1 },
        { value: '2016', count: 1 },
      ],
    });
  });

  const parts: { facet: FacetName; filter: Filter; fulfils: (document: SearchDocument) => boolean }[] = [
    {
      facet: 'country',
      filter: { field: 'country', eq: 'IT' },
      fulfils: ({ facets }) => facets.country.includes('IT'),
    },
    {
      facet: 'region',
      filter: { field: 'region', within: { path: '2024/IT/ITC/' } },
      fulfils: ({ facets }) => facets.region.some((path) => path.startsWith('2024/IT/ITC/')),
    },
    { facet: 'type', filter: { field: 'type', eq: 'GoodPractice' }, fulfils: ({ type }) => type === 'GoodPractice' },
    {
      facet: 'year',
      filter: { field: 'year', in: ['2012', '2016'] },
      fulfils: ({ facets }) => facets.year.some((year) => year !== '2015'),
    },
  ];
  const milan = { latitude: 45.4642, longitude: 9.19, radius: 10 };
  const subsets = Array.from({ length: 1 << parts.length }, (_, bits) =>
    parts.filter((__, index) => bits & (1 << index)),
  );

  test.each(['', 'firms', 'crafts'])('narrows %j by conditions together, each facet without its own', async (word) => {
    const all = await found(word);
    const of = (chosen: typeof parts, isNear: boolean) =>
      small.filter(
        (each) =>
          all.includes(each.title) && chosen.every(({ fulfils }) => fulfils(each)) && (!isNear || each === incubator),
      );
    for (const chosen of subsets)
      for (const isNear of [false, true]) {
        const filter = { and: chosen.map((each) => each.filter) };
        const given = { filter, ...(isNear && { near: milan }) };
        const facets = (['country', 'type'] as const).map((name) => ({ name, limit: 20 }));
        const answer = await search(word, { ...given, facets });
        expect(titles(answer).toSorted()).toEqual(sortedTitles(of(chosen, isNear)));
        expect(await found(word, given)).toEqual(titles(answer).toSorted());
        for (const { name } of facets) {
          const counted = of(
            chosen.filter(({ facet }) => facet !== name),
            isNear,
          );
          const values = counted.flatMap((each) => (name === 'type' ? [each.type] : each.facets[name]));
          const counts = [...Map.groupBy(values, (value) => value)].map(([value, { length }]) => ({
            value,
            count: length,
          }));
          expect(answer.facets[name]?.toSorted(byValue)).toEqual(counts.toSorted(byValue));
        }
      }
  });

  test('finds what lies near a point, and tells how far', async () => {
    const near = { latitude: 43.77, longitude: 11.25, radius: 50 };
    const close = await search('', { near });
    expect(titles(close)).toEqual([workshops.title]);
    expect(close.hits[0]?.distance).toBeCloseTo(0.5, 0);
    const wide = await search('', { near: { ...near, radius: 300 }, order: 'NEAREST' });
    expect(titles(wide)).toEqual([workshops.title, incubator.title]);
    expect(Math.round(wide.hits[1]?.distance ?? 0)).toBe(249);
  });

  test('orders by change and by title', async () => {
    const byChange = await search('', { order: 'UPDATED_DESC', size: 3 });
    expect(titles(byChange)).toEqual([fuse.title, workshops.title, incubator.title]);
    const latin = { field: 'country', exists: true } as const;
    expect(titles(await search('', { order: 'TITLE_ASC', filter: latin }))).toEqual([
      incubator.title,
      workshops.title,
      partner.title,
      fuse.title,
      krakow.title,
    ]);
  });
}
