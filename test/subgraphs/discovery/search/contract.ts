import { beforeAll, describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/graph/filter.js';
import type { FacetName, SearchDocument } from '../../../../src/subgraphs/discovery/search/document.js';
import {
  EngineFault,
  type SearchEngine,
  type SearchQuery,
  type SearchRequest,
} from '../../../../src/subgraphs/discovery/search/engine.js';
import { aDocument, everything, inBatches, queryOf, requestOf } from './documents.js';

const italian = ['2024/IT/ITI/ITI1/ITI14/'];
const irish = ['2024/IE/IE0/IE05/'];

/** What the tests ask for; nothing in one test changes what another sees. */
const fuse = aDocument('Design weeks for handicrafts', {
  texts: { summary: 'Makers and designers answer briefs of firms.', body: 'A study visit showed how artisans work.' },
  facets: { country: ['IE'], region: irish, theme: ['craft/pottery/'], year: ['2012'], validation: ['EXPERT'] },
  updatedAt: '2024-03-01T00:00:00.000Z',
});
const workshops = aDocument('Artisan workshops in Tuscany', {
  texts: { summary: 'Handmade leather, sold in 2015.', 'body:it': 'Le botteghe degli artigiani toscani.' },
  facets: { country: ['IT'], region: italian, theme: ['craft/'], year: ['2015'], sector: ['leather "goods"'] },
  point: { latitude: 43.7696, longitude: 11.2558 },
  updatedAt: '2024-02-01T00:00:00.000Z',
});
const incubator = aDocument('An incubator of creative firms', {
  texts: { summary: 'Young firms visit a study, then found their own.', keyword: 'start\\ups' },
  facets: {
    country: ['IT'],
    region: ['2024/IT/ITC/ITC4/'],
    theme: ['business/'],
    year: ['2016'],
    sector: ['back\\slash'],
  },
  point: { latitude: 45.4642, longitude: 9.19 },
  updatedAt: '2024-01-15T00:00:00.000Z',
});
const krakow = aDocument('Muzeum Rękodzieła w Krakowie', {
  language: 'pl',
  texts: { 'name:': 'Kraków', summary: 'Fairs of <b>lace & linen</b>.' },
  facets: { country: ['PL'] },
});
const loka = aDocument('Rokodelski center', { language: 'sl', texts: { 'name:': 'Škofja Loka' } });
const burgas = aDocument('Занаятчийска улица', { language: 'bg', texts: { 'name:': 'Бургас' } });
const partner = aDocument('Chamber of Crafts', {
  type: 'Partner',
  texts: { 'name:': 'CNA Toscana' },
  facets: { country: ['IT'], region: italian },
});
const small = [fuse, workshops, incubator, krakow, loka, burgas, partner];

const titles = ({ hits }: { hits: { title: string }[] }) => hits.map(({ title }) => title);
const sortedTitles = (documents: readonly SearchDocument[]) => documents.map(({ title }) => title).toSorted();

/**
 * What every engine must do, whatever it is made of. `makeEngine` gives an empty one; called once for each group of tests.
 */
export function itIsASearchEngine(name: string, makeEngine: () => Promise<SearchEngine>): void {
  describe(name, () => {
    describe('words', () => words(makeEngine));
    describe('filters and facets', () => narrowing(makeEngine));
    describe('what comes in', () => hostile(makeEngine));
    describe('writing', () => writing(makeEngine));
    describe('many documents', () => many(makeEngine));
  });
}

function filled(makeEngine: () => Promise<SearchEngine>, documents: readonly SearchDocument[]) {
  let engine: SearchEngine;
  beforeAll(async () => {
    engine = await makeEngine();
    await engine.rebuild(inBatches(documents));
  }, 120_000);
  return {
    engine: () => engine,
    search: (query: SearchQuery | string, given: Partial<SearchRequest> = {}) => engine.search(requestOf(query, given)),
    found: async (query: SearchQuery | string, given: Partial<SearchRequest> = {}) => {
      const answer = await engine.search(requestOf(query, given));
      expect(answer.total).toBe(answer.hits.length);
      return titles(answer).toSorted();
    },
  };
}

function words(makeEngine: () => Promise<SearchEngine>): void {
  const { engine, search, found } = filled(makeEngine, small);

  test.each([
    ['a word in any field', 'artisans', [fuse, workshops]],
    ['words in any case', 'TUSCANY', [workshops]],
    ['every word, wherever it stands', 'leather tuscany', [workshops]],
    ['nothing where one word is missing', 'leather incubator', []],
    ['another form of a word', 'designer', [fuse]],
    ['another form of a word in another language', 'bottega', [workshops]],
    ['two letters swapped', 'incuabtor', [incubator]],
    ['a letter left out', 'incubtor', [incubator]],
    ['a letter too many', 'incubbator', [incubator]],
    ['another letter', 'incubetor', [incubator]],
    ['accents that are not typed', 'krakow', [krakow]],
    ['accents that are typed', 'Kraków', [krakow]],
    ['letters with carons', 'skofja loka', [loka]],
    ['Cyrillic in Cyrillic', 'бургас', [burgas]],
    ['Cyrillic in Latin letters', 'Burgas', [burgas]],
    ['two words written as one', 'studyvisit', [fuse]],
    ['one word written as two', 'hand made', [workshops]],
    ['words with a hyphen as one', 'hand-made', [workshops]],
    ['stop words that no text has', 'the workshops of Tuscany', [workshops]],
    ['a phrase', '"study visit"', [fuse]],
    ['no phrase in another order', '"visit study"', []],
    ['a phrase and a word', '"study visit" artisans', [fuse]],
    ['a number', '2015', [workshops]],
    ['no other number', '2105', []],
    ['nothing for a word that is nowhere', 'xylophone', []],
  ])('finds %s', async (_, text, documents) => {
    expect(await found(text)).toEqual(sortedTitles(documents));
  });

  test('finds documents with some of the words, those with more of them first', async () => {
    const answer = await search(queryOf('leather tuscany xylophone incubator', { match: 'some' }));
    expect(titles(answer)).toEqual([workshops.title, incubator.title]);
    expect(answer.total).toBe(2);
  });

  test('finds what the last word begins, and no other word', async () => {
    const language = 'en';
    expect(await found(queryOf('incuba', { language, isTyped: true }))).toEqual([incubator.title]);
    expect(await found(queryOf('incuba', { language }))).toEqual([]);
    expect(await found(queryOf('incuba firms', { language, isTyped: true }))).toEqual([]);
  });

  test('takes a synonym for the word, across languages and of several words', async () => {
    const meant = (text: string, ...synonyms: string[]) => {
      const query = queryOf(text);
      return { ...query, words: query.words.map((each) => ({ ...each, synonyms })) };
    };
    expect(await found('zanat')).toEqual([]);
    expect(await found(meant('zanat', 'handicraft', 'craft'))).toEqual(sortedTitles([fuse, partner]));
    expect(await found(meant('studienbesuch', 'study visit'))).toEqual([fuse.title]);
  });

  test('reads a query in the language that it is told', async () => {
    expect(await found(queryOf('artigiano', { language: 'it' }))).toEqual([workshops.title]);
  });

  test('lists everything where nothing is asked', async () => {
    expect(await found('')).toEqual(sortedTitles(small));
  });

  test('puts what has a word in its title before what has it in its text', async () => {
    const answer = await search('artisan');
    expect(titles(answer)).toEqual([workshops.title, fuse.title]);
    const [first, second] = answer.hits;
    expect(first?.score).toBeLessThanOrEqual(1);
    expect(second?.score).toBeLessThan(first?.score as number);
    expect(second?.score).toBeGreaterThan(0);
  });

  test('tells where a hit matches, in segments', async () => {
    const [hit] = (await search('handicrafts study')).hits;
    expect(hit).toMatchObject({ id: fuse.id, type: 'GoodPractice', url: fuse.url, title: fuse.title, distance: null });
    expect(hit?.titleSegments).toEqual([
      { text: 'Design weeks for ', isMatch: false },
      { text: 'handicrafts', isMatch: true },
    ]);
    expect(hit?.snippet.map(({ text }) => text).join('')).toBe('A study visit showed how artisans work.');
    expect(hit?.snippet.filter(({ isMatch }) => isMatch)).toEqual([{ text: 'study', isMatch: true }]);
    expect(hit?.matchedIn).toEqual(['title', 'body']);
  });

  test('shows texts as they are, never as HTML', async () => {
    const [hit] = (await search('lace')).hits;
    expect(hit?.snippet).toEqual([
      { text: 'Fairs of <b>', isMatch: false },
      { text: 'lace', isMatch: true },
      { text: ' & linen</b>.', isMatch: false },
    ]);
  });

  test('shows the summary of a hit whose title alone matches', async () => {
    const [hit] = (await search('weeks')).hits;
    expect(hit?.snippet).toEqual([{ text: 'Makers and designers answer briefs of firms.', isMatch: false }]);
    expect(hit?.matchedIn).toEqual(['title']);
  });

  test('suggests titles and names with a word that begins so', async () => {
    const suggested = async (prefix: string, filter: Filter = everything) =>
      (await engine().suggest(prefix, filter, 5)).map(({ title }) => title);
    expect(await suggested('incu')).toEqual([incubator.title]);
    expect(await suggested('artisan wor')).toEqual([workshops.title]);
    expect(await suggested('skof')).toEqual([loka.title]);
    expect(await suggested('cna')).toEqual([partner.title]);
    expect(await suggested('leath')).toEqual([]);
    expect(await suggested('c', { field: 'type', eq: 'GoodPractice' })).not.toContain(partner.title);
    expect(await suggested('%')).toEqual([]);
  });

  test('finds what is similar, without the document itself', async () => {
    const alike = await engine().similar(workshops.id, everything, 3);
    expect(alike.map(({ id }) => id)).not.toContain(workshops.id);
    expect(alike[0]?.id).toBe(fuse.id);
    const onlyPartners = await engine().similar(workshops.id, { field: 'type', eq: 'Partner' }, 3);
    expect(onlyPartners.map(({ type }) => type).filter((type) => type !== 'Partner')).toEqual([]);
    expect(await engine().similar(aDocument('Not there').id, everything, 3)).toEqual([]);
  });
}

function narrowing(makeEngine: () => Promise<SearchEngine>): void {
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

/** What nobody should type, and what some will. */
const strange = [
  `'; drop table document; --`,
  `" OR 1=1 --`,
  '\\',
  '\\" ; \\\\',
  'a\0b',
  '\u202Edrop\u202C \u2066a\u2069',
  '\uD800 alone',
  '%_*?:&|!()<->',
  '🧶🧵',
  '<script>alert(1)</script>',
  '"unclosed phrase',
  'x'.repeat(10_000),
  'word '.repeat(2_000),
  Array.from({ length: 1_000 }, (_, index) => `word${index}`).join(' '),
];

function hostile(makeEngine: () => Promise<SearchEngine>): void {
  const { engine, search, found } = filled(makeEngine, small);

  test.each(strange.map((text) => [JSON.stringify(text.slice(0, 30)), text]))('answers %s', async (_, text) => {
    for (const match of ['all', 'some'] as const) {
      const answer = await search(queryOf(text, { match, isTyped: true, phrases: [[text]] }));
      expect(answer.total).toBe(0);
    }
    await search(queryOf(text, { isTyped: true }));
    expect(await engine().suggest(text, everything, 3)).toEqual([]);
    const filter = { field: 'sector', eq: text.replaceAll('\0', '') };
    expect(await found('', { filter })).toEqual([]);
    expect((await search('')).total).toBe(small.length);
  });
}

function writing(makeEngine: () => Promise<SearchEngine>): void {
  const inventoryOf = async (engine: SearchEngine) => {
    const pages = [];
    for await (const page of engine.inventory()) pages.push(page);
    return pages.flat();
  };

  test('finds a document as it was written last', async () => {
    const engine = await makeEngine();
    await engine.upsert([fuse, workshops]);
    await engine.upsert([{ ...workshops, ...aDocument('Ceramics', { id: workshops.id }) }]);
    expect((await engine.search(requestOf('tuscany'))).total).toBe(0);
    expect(titles(await engine.search(requestOf('ceramics')))).toEqual(['Ceramics']);
    expect((await engine.search(requestOf(''))).total).toBe(2);
    expect(await engine.health()).toMatchObject({ isReady: true, reason: null, documents: 2 });
  });

  test('no longer finds what was removed, nor counts it; what is not there may be removed', async () => {
    const engine = await makeEngine();
    await engine.upsert(small);
    await engine.remove([fuse.id, aDocument('Not there').id]);
    expect(titles(await engine.search(requestOf('handicrafts')))).toEqual([]);
    const answer = await engine.search(requestOf('', { facets: [{ name: 'country', limit: 5 }] }));
    expect(answer.total).toBe(small.length - 1);
    expect(answer.facets.country?.map(({ value }) => value)).toEqual(['IT', 'PL']);
    await engine.upsert([fuse]);
    expect(titles(await engine.search(requestOf('handicrafts')))).toEqual([fuse.title]);
  });

  test('tells what it holds', async () => {
    const engine = await makeEngine();
    await engine.upsert(small);
    const held = small.map(({ id, hash }) => ({ id, hash })).toSorted((one, other) => (one.id < other.id ? -1 : 1));
    expect(await inventoryOf(engine)).toEqual(held);
  });

  test('a rebuild takes the place of what was there, which answers until then', async () => {
    const engine = await makeEngine();
    await engine.rebuild(inBatches([fuse]));
    async function* slowly() {
      yield [workshops];
      expect(titles(await engine.search(requestOf('')))).toEqual([fuse.title]);
      yield [incubator];
    }
    await engine.rebuild(slowly());
    expect(titles(await engine.search(requestOf('', { order: 'TITLE_ASC' })))).toEqual([
      incubator.title,
      workshops.title,
    ]);
    expect((await inventoryOf(engine)).map(({ id }) => id)).not.toContain(fuse.id);
  });

  test('a rebuild that fails leaves what was there whole, and the next one is not disturbed', async () => {
    const engine = await makeEngine();
    await engine.rebuild(inBatches([fuse]));
    async function* broken() {
      yield [workshops];
      throw new Error('The source is gone.');
    }
    await expect(engine.rebuild(broken())).rejects.toThrow('The source is gone.');
    expect(titles(await engine.search(requestOf('')))).toEqual([fuse.title]);
    await engine.upsert([incubator]);
    expect((await engine.search(requestOf(''))).total).toBe(2);
    await engine.rebuild(inBatches([partner]));
    expect(titles(await engine.search(requestOf('')))).toEqual([partner.title]);
  });

  test('an empty rebuild is an empty index', async () => {
    const engine = await makeEngine();
    await engine.rebuild(inBatches([]));
    expect(await engine.search(requestOf('craft', { facets: [{ name: 'country', limit: 5 }] }))).toEqual({
      total: 0,
      hits: [],
      facets: { country: [] },
    });
  });
}

const manyCount = 10_500;

function many(makeEngine: () => Promise<SearchEngine>): void {
  const generated = Array.from({ length: manyCount }, (_, index) =>
    aDocument(`Workshop number ${index}`, {
      texts: { summary: index % 10 === 0 ? 'With looms.' : 'With lathes.' },
      facets: { country: [index % 2 === 0 ? 'IT' : 'IE'], year: [String(2000 + (index % 20))] },
    }),
  );
  const { search } = filled(makeEngine, generated);

  test('totals and counts are exact beyond ten thousand', async () => {
    const answer = await search('workshop', {
      facets: [
        { name: 'country', limit: 5 },
        { name: 'year', limit: 3 },
      ],
    });
    expect(answer.total).toBe(manyCount);
    expect(answer.facets.country).toEqual([
      { value: 'IE', count: manyCount / 2 },
      { value: 'IT', count: manyCount / 2 },
    ]);
    expect(answer.facets.year?.map(({ count }) => count)).toEqual([525, 525, 525]);
    expect((await search('workshop looms')).total).toBe(manyCount / 10);
    expect((await search('', { filter: { field: 'country', eq: 'IT' } })).total).toBe(manyCount / 2);
  });

  test('pages follow each other without a gap, to the last hit', async () => {
    const pages = await Promise.all([0, 1, 2].map((page) => search('looms', { offset: page * 400, size: 400 })));
    const ids = pages.flatMap(({ hits }) => hits.map(({ id }) => id));
    expect(ids).toHaveLength(manyCount / 10);
    expect(new Set(ids).size).toBe(manyCount / 10);
    expect((await search('workshop', { offset: manyCount - 1, size: 20 })).hits).toHaveLength(1);
    expect((await search('workshop', { offset: manyCount, size: 20 })).hits).toEqual([]);
  });
}
