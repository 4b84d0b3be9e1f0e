import { expect, test } from 'vitest';
import { upkeepOf } from '../../../../../src/subgraphs/discovery/search/upkeep/freshness.js';
import { fillMissing, rebuild } from '../../../../../src/subgraphs/discovery/search/upkeep/fill.js';
import { reconcile } from '../../../../../src/subgraphs/discovery/search/upkeep/reconcile.js';
import { aDatabase, execute, type TestDatabase } from '../../../../support/database.js';
import { aPractice } from '../../../../support/factories.js';
import { aDocument } from '../documents.js';
import { engineOf, forever, found, relayAll, untilReadable, watched } from '../../../../support/search-upkeep.js';

const silent = () => {};

/** An engine whose rebuilds wait, all read and nothing swapped, until they are let go. */
function held(database: TestDatabase) {
  const real = engineOf(database);
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  const { promise: gate, resolve: release } = Promise.withResolvers<void>();
  const engine: typeof real = {
    ...real,
    rebuild: (documents) =>
      real.rebuild(
        (async function* all() {
          yield* documents;
          reach();
          await gate;
        })(),
      ),
  };
  return { engine, reached, release };
}

test('what is written while an index is built is found before it takes its place, and after', async () => {
  const database = await aDatabase();
  const { engine, reached, release } = held(database);
  const old = await aPractice(database, { title: 'Glass of old' });
  await relayAll(database, engine);
  const building = rebuild({ em: database.em(), engine });
  await reached;
  const fresh = await aPractice(database, { title: 'Glass of new' });
  await relayAll(database, engine);
  expect(await found(engine, 'glass')).toEqual([old.id, fresh.id].toSorted());
  release();
  expect(await building).toBe(1);
  await relayAll(database, engine);
  expect(await found(engine, 'glass')).toEqual([old.id, fresh.id].toSorted());
});

test('a rebuild that is killed leaves the live index whole, and the relay goes over what came meanwhile', async () => {
  const database = await aDatabase();
  const real = engineOf(database);
  const old = await aPractice(database, { title: 'Glass of old' });
  await relayAll(database, real);
  const { engine, reached } = held(database);
  const stop = new AbortController();
  const killed = rebuild({ em: database.em(), engine, signal: stop.signal });
  await reached;
  const fresh = await aPractice(database, { title: 'Glass of new' });
  await relayAll(database, real);
  stop.abort(new Error('Killed.'));
  await expect(killed).rejects.toThrow('Killed.');
  expect(await found(real, 'glass')).toEqual([old.id, fresh.id].toSorted());
  const again = watched(real);
  await relayAll(database, again.engine);
  expect(again.upserted).toEqual([[fresh.id]]);
  expect(await reconcile({ em: database.em(), engine: real })).toMatchObject({ missing: [], stale: [], leftOver: [] });
});

test('a rebuild that is killed once its index is live loses nothing either', async () => {
  const database = await aDatabase();
  const real = engineOf(database);
  await relayAll(database, real);
  const { engine, reached, release } = held(database);
  const stop = new AbortController();
  const { promise: swapped, resolve: swap } = Promise.withResolvers<void>();
  const dying: typeof real = {
    ...real,
    rebuild: async (documents) => {
      await engine.rebuild(documents);
      swap();
      await forever();
    },
  };
  const killed = rebuild({ em: database.em(), engine: dying, signal: stop.signal });
  await reached;
  const { id } = await aPractice(database, { title: 'Glass' });
  await relayAll(database, real);
  expect(await found(real, 'glass')).toEqual([id]);
  release();
  await swapped;
  expect(await found(real, 'glass')).toEqual([]);
  stop.abort(new Error('Killed.'));
  await expect(killed).rejects.toThrow('Killed.');
  await relayAll(database, real);
  expect(await found(real, 'glass')).toEqual([id]);
});

test('after a rebuild no change is left to follow, however many a transaction made', async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  for (let count = 0; count < 11; count += 1) await aPractice(database);
  await execute(database, 'update good_practice set title = title || $$ again$$');
  await untilReadable(database);
  await rebuild({ em: database.em(), engine });
  const [left] = await execute(
    database,
    `select count(*)::int as count from change c, search_target t where (c.xid, c.id) > (t.xid, t.change_id)`,
  );
  expect(left).toEqual({ count: 0 });
});

test('an index that is not there is filled once, by one of those who miss it, and not again', async () => {
  const database = await aDatabase();
  await execute(database, 'drop schema goodgraph_search cascade');
  await execute(database, 'delete from search_target');
  const { id } = await aPractice(database, { title: 'Enamel' });
  const real = engineOf(database);
  let rebuilds = 0;
  const engine: typeof real = {
    ...real,
    rebuild: (documents) => {
      rebuilds += 1;
      return real.rebuild(documents);
    },
  };
  await Promise.all([1, 2, 3].map(() => fillMissing({ em: database.em(), engine, log: silent })));
  expect(await found(engine, 'enamel')).toEqual([id]);
  await fillMissing({ em: database.em(), engine, log: silent });
  expect(rebuilds).toBe(1);
});

test('an index that nobody knows to be followed is filled anew', async () => {
  const database = await aDatabase();
  await execute(database, 'delete from search_target');
  const { id } = await aPractice(database, { title: 'Enamel' });
  const engine = engineOf(database);
  await fillMissing({ em: database.em(), engine, log: silent });
  expect(await found(engine, 'enamel')).toEqual([id]);
});

test('a comparison tells what is missing, out of date and left over', async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  const [kept, missing, stale] = [await aPractice(database), await aPractice(database), await aPractice(database)];
  await relayAll(database, engine);
  expect(await reconcile({ em: database.em(), engine })).toEqual({
    documents: 3,
    missing: [],
    stale: [],
    leftOver: [],
  });
  const gone = aDocument('Gone');
  await engine.remove([missing.id]);
  await engine.upsert([gone, aDocument('As it was', { id: stale.id })]);
  expect(await reconcile({ em: database.em(), engine })).toEqual({
    documents: 3,
    missing: [missing.id],
    stale: [stale.id],
    leftOver: [gone.id],
  });
  expect(kept.id).not.toBe(missing.id);
});

test('the lag is the age of the oldest change that is not in', async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  const upkeep = () => upkeepOf(database.em().getKysely<unknown>());
  await relayAll(database, engine);
  expect(await upkeep()).toEqual([{ target: 'postgresql', lag: 0, quarantined: 0 }]);
  await aPractice(database);
  await execute(database, `update change set at = now() - interval '1 hour'`);
  expect((await upkeep())[0]?.lag).toBeGreaterThanOrEqual(3_600);
  await untilReadable(database);
  await relayAll(database, engine);
  expect(await upkeep()).toEqual([{ target: 'postgresql', lag: 0, quarantined: 0 }]);
});
