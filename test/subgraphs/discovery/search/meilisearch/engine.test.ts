import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anonymous } from '../../../../../src/graph/context.js';
import type { SearchEngine } from '../../../../../src/subgraphs/discovery/search/engine.js';
import { meilisearchEngine } from '../../../../../src/subgraphs/discovery/search/meilisearch/meilisearch.engine.js';
import { meilisearchServer } from '../../../../../src/subgraphs/discovery/search/meilisearch/server.js';
import { stemmingBy } from '../../../../../src/subgraphs/discovery/search/analysis/stemming.js';
import { aDatabase } from '../../../../support/database.js';
import { aMeilisearch, hasMeilisearch } from '../../../../support/meilisearch.js';
import { aDocument, aRequest, inPages } from '../../../../support/search-documents.js';

async function idsOf(engine: SearchEngine, ...asked: Parameters<typeof aRequest>): Promise<string[]> {
  const { hits } = await engine.search(aRequest(...asked));
  return hits.map(({ id }) => id).toSorted();
}

async function inventoryOf(engine: SearchEngine): Promise<Record<string, string>> {
  const pages = [];
  for await (const page of engine.inventory()) pages.push(...page);
  return Object.fromEntries(pages.map(({ id, hash }) => [id, hash]));
}

const documents = [
  aDocument('gp_1', 'Incubators for crafts', {
    texts: [{ field: 'summary', text: 'Workshops in Kraków taught old trades to newcomers.' }],
    facets: { country: ['PL'], sector: ['a "b" \\'], year: ['2012'] },
    point: { latitude: 50.06, longitude: 19.94 },
  }),
  aDocument('gp_2', 'A craft fair', {
    texts: [{ field: 'body', text: 'Held in Burgas each summer \u{e000}since\u{e001} 2014.' }],
    facets: { country: ['BG'], sector: ['a'], year: ['2014'] },
    updatedAt: '2026-02-01T00:00:00.000Z',
  }),
  aDocument('gp_3', 'Botteghe artigiane', {
    language: 'it',
    texts: [{ field: 'body', language: 'it', text: 'Gli incubatori di impresa.' }],
    facets: { country: ['IT'], region: ['2024/IT/ITI/ITI1/'] },
  }),
];

describe.skipIf(!hasMeilisearch)('on a real server', { timeout: 120_000 }, async () => {
  if (!hasMeilisearch) return;
  const address = await aMeilisearch();
  const database = await aDatabase();
  const prefix = `test-${randomUUID()}`;
  const stemming = stemmingBy(database.readAs(anonymous));
  const engine = meilisearchEngine({ address, stemming, prefix });

  test('before anything is built, it says how to build it', async () => {
    await expect(engine.search(aRequest('craft'))).rejects.toThrow('index_not_found');
    await expect(engine.upsert(documents)).rejects.toThrow('goodgraph reindex builds it');
    expect(await engine.health()).toMatchObject({ isReady: false, documents: 0 });
  });

  test('what is built is found, by any form of its words', async () => {
    await engine.rebuild(inPages(documents, 2));
    expect(await engine.health()).toMatchObject({ isReady: true, reason: null, documents: 3 });
    expect(await idsOf(engine, 'craft')).toEqual(['gp_1', 'gp_2']);
    expect(await idsOf(engine, 'incubator crafts', { language: 'en' })).toEqual(['gp_1']);
    expect(await idsOf(engine, 'imprese', { language: 'it' })).toEqual(['gp_3']);
    expect(await idsOf(engine, 'krakow')).toEqual(['gp_1']);
    expect(await idsOf(engine, 'Бургас')).toEqual(['gp_2']);
    expect(await idsOf(engine, 'incub*')).toEqual(['gp_1', 'gp_3']);
    expect(await idsOf(engine, '2013')).toEqual([]);
    expect(await idsOf(engine, '')).toEqual(['gp_1', 'gp_2', 'gp_3']);
  });

  test('hits are marked in the words that were found, whatever characters texts hold', async () => {
    const { hits } = await engine.search(aRequest('craft since'));
    expect(hits[0]).toMatchObject({ id: 'gp_2', matchedIn: ['title', 'body'] });
    expect(hits[0]?.highlights).toEqual([
      { text: 'A ', isMatch: false },
      { text: 'craft', isMatch: true },
      { text: ' fair', isMatch: false },
    ]);
    expect(hits[0]?.snippet.filter(({ isMatch }) => isMatch)).toEqual([{ text: 'since', isMatch: true }]);
  });

  test('filters keep values apart from their syntax, and facets leave their own condition out', async () => {
    const filter = {
      and: [
        { field: 'country', eq: 'PL' },
        { field: 'sector', eq: 'a "b" \\' },
      ],
    };
    const facets = [{ name: 'country', limit: 5 } as const, { name: 'sector', limit: 5 } as const];
    const answer = await engine.search(aRequest('', { filter, facets }));
    expect(answer.hits.map(({ id }) => id)).toEqual(['gp_1']);
    expect(answer.facets).toEqual({
      country: [{ value: 'PL', count: 1 }],
      sector: [{ value: 'a "b" \\', count: 1 }],
    });
    const wide = await engine.search(aRequest('', { filter: { field: 'country', eq: 'PL' }, facets }));
    expect(wide.total).toBe(1);
    expect(wide.facets.country).toEqual(['BG', 'IT', 'PL'].map((value) => ({ value, count: 1 })));
    const below = { field: 'region', within: { path: '2024/IT/' } };
    expect(await idsOf(engine, '', { filter: below })).toEqual(['gp_3']);
    expect(await idsOf(engine, '', { filter: { field: 'year', gte: 2013 } })).toEqual(['gp_2']);
  });

  test('orders and distances', async () => {
    const ordered = async (order: 'UPDATED_DESC' | 'TITLE_ASC') =>
      (await engine.search(aRequest('', { order }))).hits.map(({ id }) => id);
    expect(await ordered('UPDATED_DESC')).toEqual(['gp_2', 'gp_1', 'gp_3']);
    expect(await ordered('TITLE_ASC')).toEqual(['gp_2', 'gp_3', 'gp_1']);
    const near = { latitude: 52.23, longitude: 21.01, radius: 300 };
    const { hits } = await engine.search(aRequest('', { near, order: 'NEAREST' }));
    expect(hits.map(({ id, distance }) => [id, Math.round(distance ?? 0)])).toEqual([['gp_1', 253]]);
  });

  test('suggestions and similar records', async () => {
    expect((await engine.suggest('cra', { and: [] }, 5)).map(({ id }) => id).toSorted()).toEqual(['gp_1', 'gp_2']);
    expect(await engine.suggest('summ', { and: [] }, 5)).toEqual([]);
    expect((await engine.similar('gp_1', { and: [] }, 5)).map(({ id }) => id)).toEqual(['gp_2', 'gp_3']);
    expect(await engine.similar('gp_none', { and: [] }, 5)).toEqual([]);
  });

  test('what resolved is done: changes are found, and what is removed is gone', async () => {
    await engine.upsert([aDocument('gp_2', 'A music fair'), aDocument('gp_4', 'A craft school')]);
    expect(await idsOf(engine, 'craft')).toEqual(['gp_1', 'gp_4']);
    await engine.remove(['gp_4', 'gp_none']);
    expect(await idsOf(engine, 'craft')).toEqual(['gp_1']);
    expect(await inventoryOf(engine)).toEqual({
      gp_1: 'hash of Incubators for crafts',
      gp_2: 'hash of A music fair',
      gp_3: 'hash of Botteghe artigiane',
    });
  });

  test('a rebuild that dies leaves the live index whole, and the next one takes its place', async () => {
    async function* dying() {
      yield [aDocument('gp_9', 'Half of it')];
      throw new Error('killed');
    }
    await expect(engine.rebuild(dying())).rejects.toThrow('killed');
    expect(Object.keys(await inventoryOf(engine))).toEqual(['gp_1', 'gp_2', 'gp_3']);
    await engine.rebuild(inPages([aDocument('gp_9', 'All of it')]));
    expect(Object.keys(await inventoryOf(engine))).toEqual(['gp_9']);
    const { client, live } = meilisearchServer(address, prefix);
    const { results } = await client.getRawIndexes({ limit: 1_000 });
    expect(results.map(({ uid }) => uid).filter((uid) => uid.startsWith(prefix))).toEqual([live]);
  });

  test('a document that the server refuses is a fault of its batch', async () => {
    await expect(engine.upsert([aDocument('no id at all', 'Refused')])).rejects.toMatchObject({ kind: 'REFUSED' });
  });

  test('a wrong key is told, and not which one it was', async () => {
    const stranger = meilisearchEngine({ address: { ...address, key: 'wrong-key' }, stemming });
    const { reason } = await stranger.health();
    expect(reason).toContain('MEILI_KEY must be a key');
    expect(reason).not.toContain('wrong-key');
  });
});
