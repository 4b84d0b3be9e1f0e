import { expect, test } from 'vitest';
import type { SearchEngine } from '../../../../src/subgraphs/discovery/search/engine.js';
import { filled, fuse, incubator, partner, small, titles, workshops } from './contract.documents.js';
import { aDocument, everything, inBatches, queryOf, requestOf } from './documents.js';

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

export function hostile(makeEngine: () => Promise<SearchEngine>): void {
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

export function writing(makeEngine: () => Promise<SearchEngine>): void {
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
    expect(await engine.search(requestOf('craft', { facets: [{ name: 'country', limit: 5 }] }))).toMatchObject({
      total: 0,
      hits: [],
      facets: { country: [] },
    });
  });
}

const manyCount = 10_500;

export function many(makeEngine: () => Promise<SearchEngine>): void {
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
