import { expect, test } from 'vitest';
import { pruneChanges, startPruning } from '../../../../../src/subgraphs/discovery/search/upkeep/prune.js';
import { startRelay } from '../../../../../src/subgraphs/discovery/search/upkeep/relay.js';
import { aDatabase, execute, type TestDatabase } from '../../../../support/database.js';
import { aPractice } from '../../../../support/factories.js';
import { engineOf, found, relayAll, soon } from '../../../../support/search-upkeep.js';

const changed = async (database: TestDatabase) =>
  (await execute<{ id: string }>(database, 'select record_id as id from change order by id')).map(({ id }) => id);

const age = (database: TestDatabase, id: string, days: number) =>
  execute(database, `update change set at = now() - interval '${days} days' where record_id = '${id}'`);

const targets = (database: TestDatabase) =>
  execute<{ name: string; isFollowed: boolean }>(
    database,
    `select name, xid is not null as "isFollowed" from search_target order by name`,
  );

/** Practices whose changes are a year, 92, 91 and 89 days old. */
async function aged(database: TestDatabase): Promise<string[]> {
  await execute(database, 'delete from change');
  const ids = [];
  for (const days of [365, 92, 91, 89]) {
    const { id } = await aPractice(database, { title: `Glass of ${days}` });
    await age(database, id, days);
    ids.push(id);
  }
  return ids;
}

test('changes are kept for 90 days, and engines that have them go on', async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  const ids = await aged(database);
  await relayAll(database, engine);
  const gone = await pruneChanges(database.em());
  const left = await changed(database);
  expect(left).not.toContain(ids[0]);
  expect(left).not.toContain(ids[1]);
  // Whoever has followed as far as the last of those that are too old has missed nothing.
  expect(left).toEqual(expect.arrayContaining([ids[2], ids[3]]));
  expect(gone).toBeGreaterThanOrEqual(2);
  expect(await targets(database)).toEqual([{ name: 'postgresql', isFollowed: true }]);
  const { id } = await aPractice(database, { title: 'Enamel' });
  await relayAll(database, engine);
  expect(await found(engine, 'enamel')).toEqual([id]);
  expect(await pruneChanges(database.em())).toBe(0);
});

test('a younger change keeps its place, even between older ones', async () => {
  const database = await aDatabase();
  const ids = await aged(database);
  await age(database, ids[0] as string, 1);
  await pruneChanges(database.em());
  expect(await changed(database)).toEqual(expect.arrayContaining([ids[0], ids[3]]));
  expect(await changed(database)).not.toContain(ids[1]);
});

test('an engine that did not come that far in 90 days is followed no more, and filled anew while its relay runs', async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  await relayAll(database, engine);
  const ids = await aged(database);
  await pruneChanges(database.em());
  expect(await targets(database)).toEqual([{ name: 'postgresql', isFollowed: false }]);
  expect(await found(engine, 'glass')).toEqual([]);
  const relay = startRelay({ em: database.em(), engine, log: () => undefined, isFilled: true });
  try {
    await soon(async () => expect(await found(engine, 'glass')).toEqual(ids.toSorted()));
  } finally {
    await relay.close();
  }
});

test('where searches are kept up, old changes go by themselves, and it is told', async () => {
  const database = await aDatabase();
  const ids = await aged(database);
  await relayAll(database, engineOf(database));
  const told: string[] = [];
  const pruning = startPruning(database.em(), (message) => told.push(message));
  try {
    await soon(async () => expect(await changed(database)).not.toContain(ids[0]));
  } finally {
    await pruning.close();
  }
  expect(told).toEqual([expect.stringMatching(/^\d+ changes older than 90 days are deleted$/)]);
});
