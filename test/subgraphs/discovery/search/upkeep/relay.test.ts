import { describe, expect, test } from 'vitest';
import { EngineFault } from '../../../../../src/subgraphs/discovery/search/engine.js';
import { rebuildSearch, openSearch } from '../../../../../src/subgraphs/discovery/search/open.js';
import { redrive } from '../../../../../src/subgraphs/discovery/search/upkeep/redrive.js';
import { relayOnce, startRelay } from '../../../../../src/subgraphs/discovery/search/upkeep/relay.js';
import { aDatabase, execute } from '../../../../support/database.js';
import {
  aParticipation,
  aPartner,
  aPractice,
  aProgramme,
  aProject,
  aSession,
  anEvent,
} from '../../../../support/factories.js';
import {
  engineOf,
  forever,
  found,
  refusing,
  relayAll,
  soon,
  untilReadable,
  watched,
} from '../../../../support/search-upkeep.js';

const cursorOf = (database: Awaited<ReturnType<typeof aDatabase>>) =>
  execute(database, `select xid::text, change_id::text as id, replay_xid from search_target where name = 'postgresql'`);
const quarantined = (database: Awaited<ReturnType<typeof aDatabase>>) =>
  execute(database, 'select target, record_id as id, reason from search_quarantine order by 2');

test('a new record is found, a withdrawn and a deleted one are not', async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  const { id } = await aPractice(database, { title: 'Basketry' });
  const other = await aPractice(database, { title: 'Basketry too' });
  await relayAll(database, engine);
  expect(await found(engine, 'basketry')).toEqual([id, other.id].toSorted());
  await execute(
    database,
    `update good_practice set publication_status = 'WITHDRAWN', withdrawn_reason = 'Entered twice.' where id = $1`,
    [id],
  );
  await execute(database, 'delete from good_practice where id = $1', [other.id]);
  await relayAll(database, engine);
  expect(await found(engine, 'basketry')).toEqual([]);
});

test("a partner's new name is found at its practices", async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  const partner = await aPartner(database, { name_original: 'Guild' });
  const practice = await aPractice(database, { owner_id: partner.id });
  await relayAll(database, engine);
  await execute(database, `update partner set name_original = 'Brotherhood' where id = $1`, [partner.id]);
  await relayAll(database, engine);
  expect(await found(engine, 'brotherhood')).toEqual([partner.id, practice.id].toSorted());
  expect(await found(engine, 'guild')).toEqual([]);
});

test('what is taken out of a record, or moves to another one, is no longer found at it', async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  const event = await anEvent(database);
  const other = await anEvent(database);
  const session = await aSession(database, { event_id: event.id, subject: 'Glazing' });
  const programme = await aProgramme(database);
  const project = await aProject(database, { programme_id: programme.id, acronym: 'OVENS' });
  const partner = await aPartner(database);
  const part = await aParticipation(database, { project_id: project.id, partner_id: partner.id });
  await relayAll(database, engine);
  expect(await found(engine, 'glazing')).toEqual([event.id]);
  expect(await found(engine, 'ovens')).toEqual([partner.id, project.id].toSorted());
  await execute(database, 'update session set event_id = $1 where id = $2', [other.id, session.id]);
  await execute(database, 'delete from participation where id = $1', [part.id]);
  await relayAll(database, engine);
  expect(await found(engine, 'glazing')).toEqual([other.id]);
  expect(await found(engine, 'ovens')).toEqual([project.id]);
});

test('many changes of a record are one document', async () => {
  const database = await aDatabase();
  const { engine, upserted } = watched(engineOf(database));
  const { id } = await aPractice(database);
  for (const title of ['One', 'Two', 'Three'])
    await execute(database, 'update good_practice set title = $1 where id = $2', [title, id]);
  await relayAll(database, engine);
  expect(upserted).toEqual([[id]]);
});

const sorted = (numbers: readonly number[]) => numbers.toSorted((one, other) => one - other);

test('a batch holds at most 1,000 documents and 8 MB', async () => {
  const database = await aDatabase();
  await execute(
    database,
    `insert into good_practice (id, slug, title)
     select 'gp_0' || lpad(n::text, 25, '0'), 'bulk-' || n, 'Bulk ' || n from generate_series(1, 1751) n`,
  );
  const { engine, upserted } = watched({ ...engineOf(database), upsert: async () => {} });
  await relayAll(database, engine);
  // Which of the batches comes first is left open: they are under way at once.
  expect(sorted(upserted.map((ids) => ids.length))).toEqual([751, 1_000]);
  await execute(
    database,
    `update good_practice set description = repeat('word ', 600000) where slug in ('bulk-1', 'bulk-2', 'bulk-3')`,
  );
  await relayAll(database, engine);
  expect(upserted.slice(2).map((ids) => ids.length)).toEqual([2, 1]);
});

describe('two relays on one database', () => {
  test('write each change once, and the other goes on when one dies', async () => {
    const database = await aDatabase();
    const one = watched(engineOf(database));
    const two = watched(engineOf(database));
    const log = () => {};
    const relays = [one, two].map(({ engine }) => startRelay({ em: database.em(), engine, log, isFilled: true }));
    const ids: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      ids.push((await aPractice(database, { title: `Loom ${n}` })).id);
      await soon(async () => expect(await found(one.engine, 'loom')).toHaveLength(n + 1));
    }
    expect([...one.upserted, ...two.upserted].flat().toSorted()).toEqual(ids.toSorted());
    await relays[0]?.close();
    const before = one.upserted.length;
    const { id } = await aPractice(database, { title: 'Spindle' });
    await soon(async () => expect(await found(two.engine, 'spindle')).toEqual([id]));
    expect(one.upserted).toHaveLength(before);
    await relays[1]?.close();
  });

  test('do not work at the same time', async () => {
    const database = await aDatabase();
    const one = watched(engineOf(database));
    const two = watched(engineOf(database));
    await aPractice(database);
    await untilReadable(database);
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    one.before = () => {
      begin();
      return gate;
    };
    const first = relayOnce({ em: database.em(), engine: one.engine });
    await begun;
    expect(await relayOnce({ em: database.em(), engine: two.engine })).toBe(false);
    expect(two.upserted).toEqual([]);
    open();
    await first;
    expect(one.upserted).toHaveLength(1);
  });
});

test('who is stopped after the documents went in and before the cursor moved does no harm: they go in once more', async () => {
  const database = await aDatabase();
  const real = engineOf(database);
  const { id } = await aPractice(database, { title: 'Felting' });
  await untilReadable(database);
  const before = await cursorOf(database);
  const stop = new AbortController();
  const { promise: written, resolve: tell } = Promise.withResolvers<void>();
  const engine = {
    ...real,
    async upsert(documents: Parameters<typeof real.upsert>[0]) {
      await real.upsert(documents);
      tell();
      await forever();
    },
  };
  const killed = relayOnce({ em: database.em(), engine, signal: stop.signal });
  await written;
  stop.abort(new Error('Killed.'));
  await expect(killed).rejects.toThrow('Killed.');
  expect(await found(real, 'felting')).toEqual([id]);
  expect(await cursorOf(database)).toEqual(before);
  const again = watched(real);
  await relayAll(database, again.engine);
  expect(again.upserted).toEqual([[id]]);
  expect(await found(real, 'felting')).toEqual([id]);
  expect(await cursorOf(database)).not.toEqual(before);
});

test('an engine that is away loses no change, and the relay says so once', async () => {
  const database = await aDatabase();
  const seen = watched(engineOf(database));
  let isAway = true;
  let tries = 0;
  seen.before = () => {
    tries += 1;
    if (isAway) throw new EngineFault('UNAVAILABLE', 'It is away.');
  };
  const said: string[] = [];
  const relay = startRelay({
    em: database.em(),
    engine: seen.engine,
    log: (message) => said.push(message),
    isFilled: true,
  });
  const { id } = await aPractice(database, { title: 'Tanning' });
  await soon(async () => expect(tries).toBeGreaterThan(1));
  expect(await quarantined(database)).toEqual([]);
  isAway = false;
  await soon(async () => expect(await found(seen.engine, 'tanning')).toEqual([id]));
  await soon(async () => expect(said).toHaveLength(2));
  expect(said).toEqual([
    'postgresql is not kept up with the records for now: It is away.',
    'postgresql is kept up with the records again',
  ]);
  await relay.close();
});

test('while an engine says that it is down, nothing is made ready for it', async () => {
  const database = await aDatabase();
  const seen = watched(engineOf(database));
  let [tries, looks, isDown] = [0, 0, true];
  seen.before = () => {
    tries += 1;
    if (isDown) throw new EngineFault('UNAVAILABLE', 'It is away.');
  };
  const health = async () => {
    looks += 1;
    return isDown ? { isReady: false, reason: 'It is down.', documents: 0, version: '' } : seen.engine.health();
  };
  const relay = startRelay({ em: database.em(), engine: { ...seen.engine, health }, log: () => {}, isFilled: true });
  const { id } = await aPractice(database, { title: 'Tanning' });
  await soon(async () => expect(looks).toBeGreaterThan(2));
  expect(tries).toBe(1);
  isDown = false;
  await soon(async () => expect(await found(seen.engine, 'tanning')).toEqual([id]));
  await relay.close();
});

test('a document that is refused waits in quarantine with its reason, alone, until it is taken', async () => {
  const database = await aDatabase();
  const seen = watched(engineOf(database));
  const ids: string[] = [];
  for (let n = 0; n < 7; n += 1) ids.push((await aPractice(database, { title: `Dyeing ${n}` })).id);
  const poison = ids[3] ?? '';
  seen.before = refusing(poison);
  await relayAll(database, seen.engine);
  expect(await found(seen.engine, 'dyeing')).toEqual(ids.filter((id) => id !== poison).toSorted());
  const held = [{ target: 'postgresql', id: poison, reason: 'There is poison in it.' }];
  expect(await quarantined(database)).toEqual(held);

  const writing = { em: database.em(), engine: seen.engine };
  expect(await redrive(writing)).toEqual({
    written: [],
    refused: [{ recordId: poison, reason: 'There is poison in it.' }],
  });
  expect(await quarantined(database)).toEqual(held);
  seen.before = undefined;
  expect(await redrive(writing)).toEqual({ written: [poison], refused: [] });
  expect(await quarantined(database)).toEqual([]);
  expect(await found(seen.engine, 'dyeing')).toEqual(ids.toSorted());
});

test('a quarantined record that changes is tried again by itself', async () => {
  const database = await aDatabase();
  const seen = watched(engineOf(database));
  const { id } = await aPractice(database, { title: 'Gilding' });
  seen.before = refusing(id);
  await relayAll(database, seen.engine);
  expect(await quarantined(database)).toHaveLength(1);
  seen.before = undefined;
  await execute(database, `update good_practice set title = 'Gilding again' where id = $1`, [id]);
  await relayAll(database, seen.engine);
  expect(await quarantined(database)).toEqual([]);
  expect(await found(seen.engine, 'gilding')).toEqual([id]);
});

test('a relay reads by connections of services alone, and as the public', async () => {
  const database = await aDatabase();
  const engine = engineOf(database);
  await rebuildSearch(openSearch(database), database);
  await aPractice(database, { title: 'Secret weaving', publication_status: 'DRAFT' });
  await untilReadable(database);
  database.statements.length = 0;
  await relayOnce({ em: database.em(), engine });
  expect(database.statements).toEqual([]);
  expect(await found(engine, 'weaving')).toEqual([]);
});

test('a relay stops at once where its engine does not even say how it is', async () => {
  const database = await aDatabase();
  const asked = Promise.withResolvers<void>();
  const health = () => {
    asked.resolve();
    return new Promise<never>(() => undefined);
  };
  const relay = startRelay({ em: database.em(), engine: { ...engineOf(database), health }, log: () => undefined });
  await asked.promise;
  await expect(relay.close()).resolves.toBeUndefined();
});
