import { expect, test } from 'vitest';
import { openSearch } from '../../../../../src/subgraphs/discovery/search/open.js';
import { fillIfSmall } from '../../../../../src/subgraphs/discovery/search/upkeep/fill.js';
import { startRelay } from '../../../../../src/subgraphs/discovery/search/upkeep/relay.js';
import { aDatabase, execute } from '../../../../support/database.js';
import { aPractice } from '../../../../support/factories.js';
import { aGraph } from '../../../../support/graph.js';
import { engineOf, found, soon } from '../../../../support/search-upkeep.js';

/** A database as one that comes from a version without a search: with two practices, and without an index. */
async function upgraded() {
  const database = await aDatabase();
  await execute(database, 'drop schema goodgraph_search cascade');
  await execute(database, 'delete from search_target');
  const ids = [(await aPractice(database, { title: 'Enamel' })).id, (await aPractice(database, { title: 'Lace' })).id];
  const told: string[] = [];
  const engine = engineOf(database);
  return {
    database,
    engine,
    ids,
    told,
    missing: { em: database.em(), engine, log: (line: string) => told.push(line) },
  };
}

test('a small index is there before the first answer', async () => {
  const { engine, ids, told, missing } = await upgraded();
  expect(await fillIfSmall(missing, 2)).toBe(true);
  expect(await found(engine, 'enamel')).toEqual([ids[0]]);
  expect(told).toEqual(['the search index of postgresql is built: 2 documents']);
  expect(await fillIfSmall(missing, 0)).toBe(true);
});

test('a large one is built while others are served, who learn why they find nothing', async () => {
  const { database, engine, ids, told, missing } = await upgraded();
  expect(await fillIfSmall(missing, 1)).toBe(false);
  expect(told).toEqual([
    'the search index of postgresql is built while this process answers; until then it finds nothing',
  ]);
  const graph = await aGraph(database, { search: openSearch(database) });
  const asked = await graph.run('{ search(query: "lace") { totalCount } goodPractice(slug: "none") { id } }');
  expect(asked.data).toEqual({ search: null, goodPractice: null });
  expect(asked.errors).toContainEqual(
    expect.objectContaining({
      code: 'SERVICE_UNAVAILABLE',
      message: 'The search index is being built. Try again in a few minutes.',
    }),
  );
  const relay = startRelay({ ...missing, isFilled: false });
  try {
    await soon(async () => expect(await found(engine, 'lace')).toEqual([ids[1]]));
  } finally {
    await relay.close();
  }
  expect((await graph.run('{ search(query: "lace") { totalCount } }')).data).toEqual({ search: { totalCount: 1 } });
});

test('the index of another version answers nothing that it does not mean, and is built anew', async () => {
  const database = await aDatabase();
  const { id } = await aPractice(database, { title: 'Enamel' });
  const engine = engineOf(database);
  await execute(database, 'update goodgraph_search.index_state set form = 0');
  await expect(found(engine, 'enamel')).rejects.toMatchObject({ kind: 'UNFILLED' });
  expect(await fillIfSmall({ em: database.em(), engine, log: () => undefined })).toBe(true);
  expect(await found(engine, 'enamel')).toEqual([id]);
});
