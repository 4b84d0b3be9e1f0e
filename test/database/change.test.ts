import { CompiledQuery, type Kysely } from 'kysely';
import { beforeEach, expect, test, vi } from 'vitest';
import { changesAfter, fromTheStart, type Change } from '../../src/database/change.js';
import { aDatabase, execute } from '../support/database.js';
import { aPractice, aTheme, anIndicator, aMeasurement, link } from '../support/factories.js';

const database = await aDatabase();
const db = () => database.em().getKysely<unknown>();

beforeEach(() => execute(database, 'delete from change'));

/** Transactions of other databases in the cluster may hold changes back for a moment. */
const eventually = (count: number) =>
  vi.waitUntil(
    async () => {
      const changes = await changesAfter(db(), fromTheStart, 10);
      return changes.length >= count && changes;
    },
    { timeout: 20_000 },
  );

const told = (changes: Change[]) => changes.map(({ recordId, version, kind }) => ({ recordId, version, kind }));
const run = (on: Kysely<unknown>, text: string, parameters: unknown[] = []) =>
  on.executeQuery(CompiledQuery.raw(text, parameters));

test('every insert, update and delete of a record is one change, whoever makes it', async () => {
  const { id } = await aPractice(database);
  await execute(database, `update good_practice set title = 'Other' where id = $1`, [id]);
  await execute(database, 'delete from good_practice where id = $1', [id]);
  expect(told(await eventually(3))).toEqual([
    { recordId: id, version: 1, kind: 'CREATED' },
    { recordId: id, version: 2, kind: 'UPDATED' },
    { recordId: id, version: 2, kind: 'DELETED' },
  ]);
});

test('an update that changes nothing is no change and no new version', async () => {
  const { id } = await aPractice(database, { title: 'Same' });
  await execute(database, `update good_practice set title = 'Same' where id = $1`, [id]);
  expect(told(await eventually(1))).toEqual([{ recordId: id, version: 1, kind: 'CREATED' }]);
  expect(await execute(database, 'select version from good_practice where id = $1', [id])).toEqual([{ version: 1 }]);
});

test('a part added later changes its record; a record written with its parts changes once', async () => {
  const theme = await aTheme(database);
  const indicator = await anIndicator(database);
  const { id } = await aPractice(database);
  await execute(database, 'delete from change');
  await link(database, 'good_practice_theme', { good_practice_id: id, theme_id: theme.id });
  expect(told(await eventually(1))).toEqual([{ recordId: id, version: 2, kind: 'UPDATED' }]);
  const measurement = await aMeasurement(database, { practice_id: id, indicator_id: indicator.id });
  expect(told(await eventually(3)).slice(1)).toEqual([
    { recordId: measurement.id, version: 1, kind: 'CREATED' },
    { recordId: id, version: 3, kind: 'UPDATED' },
  ]);
  await db()
    .transaction()
    .execute(async (tx) => {
      await run(
        tx,
        `insert into good_practice (id, slug, title) values ('gp_01h455vb4pex5vsknk084sn02q', 'whole', 'Whole')`,
      );
      await run(tx, `insert into good_practice_theme values ('gp_01h455vb4pex5vsknk084sn02q', $1)`, [theme.id]);
    });
  expect(told(await eventually(4)).slice(3)).toEqual([
    { recordId: 'gp_01h455vb4pex5vsknk084sn02q', version: 1, kind: 'CREATED' },
  ]);
});

test('a part that moves changes the record it leaves and the one it comes to; written as it was, none', async () => {
  const theme = await aTheme(database);
  const other = await aTheme(database);
  const ids = [];
  for (const n of [1, 2, 3]) ids.push((await aPractice(database, { title: `Practice ${n}` })).id);
  const [from = '', to = '', bystander = ''] = ids;
  for (const id of [from, bystander])
    await link(database, 'good_practice_theme', { good_practice_id: id, theme_id: theme.id });
  await execute(database, 'delete from change');

  await execute(database, 'update good_practice_theme set theme_id = theme_id');
  await execute(
    database,
    `update good_practice_theme set good_practice_id = case good_practice_id when $1 then $2 else good_practice_id end`,
    [from, to],
  );
  const moved = await eventually(2);
  expect(told(moved).toSorted((a, b) => a.version - b.version)).toEqual([
    { recordId: to, version: 2, kind: 'UPDATED' },
    { recordId: from, version: 3, kind: 'UPDATED' },
  ]);
  await execute(database, 'update good_practice_theme set theme_id = $1 where good_practice_id = $2', [other.id, to]);
  expect(told(await eventually(3)).slice(2)).toEqual([{ recordId: to, version: 3, kind: 'UPDATED' }]);
  expect(
    await execute(database, 'select version, changes from revision where record_id = $1 order by id', [to]),
  ).toEqual([1, 2, 3].map((version) => ({ version, changes: {} })));
});

test('a reader that follows its cursor misses nothing that commits late', async () => {
  const early = await db().startTransaction().execute();
  await run(
    early,
    `insert into theme (id, slug, scheme, notation, label) values ('thm_01h455vb4pex5vsknk084sn02q', 'early', 'TEST', 'E', 'Early')`,
  );
  const late = await aTheme(database, { slug: 'late' });

  const first = await changesAfter(db(), fromTheStart, 10);
  expect(told(first)).toEqual([]);
  await early.commit().execute();
  const second = await eventually(2);
  expect(told(second)).toEqual([
    { recordId: 'thm_01h455vb4pex5vsknk084sn02q', version: 1, kind: 'CREATED' },
    { recordId: late.id, version: 1, kind: 'CREATED' },
  ]);
  expect(await changesAfter(db(), second.at(-1)?.cursor ?? fromTheStart, 10)).toEqual([]);
});

test('concurrent writers and a polling reader: every change is read exactly once', async () => {
  const seen: string[] = [];
  let cursor = fromTheStart;
  const readSome = async () => {
    const changes = await changesAfter(db(), cursor, 7);
    seen.push(...changes.map(({ recordId }) => recordId));
    cursor = changes.at(-1)?.cursor ?? cursor;
  };
  let writing = true;
  const reader = (async () => {
    while (writing) await readSome();
  })();
  const written = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const ids = [];
      for (let n = 0; n < 25; n += 1)
        ids.push((await aTheme(database, { slug: `w-${crypto.randomUUID()}`, notation: crypto.randomUUID() })).id);
      return ids;
    }),
  );
  writing = false;
  await reader;
  await expect.poll(async () => (await readSome(), seen.length), { timeout: 20_000 }).toBe(100);
  await readSome();
  expect(seen.toSorted()).toEqual(written.flat().toSorted());
});
