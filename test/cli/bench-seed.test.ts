import { beforeAll, expect, test } from 'vitest';
import { seedForBench } from '../../src/cli/bench/load.js';
import { refusalsOf } from '../../src/subgraphs/transfers/transfer-status.fields.js';
import type { TransferStatus } from '../../src/subgraphs/transfers/transfer.fields.js';
import { aDatabase, execute, type TestDatabase } from '../support/database.js';
import { aPartner } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

let first: TestDatabase;
let rows: Record<string, number>;

beforeAll(async () => {
  first = await aDatabase('seeded');
  rows = await seedForBench({ em: first.em(), practices: 200 });
});

/** A fingerprint of every row of these tables, whatever their order. */
async function fingerprints(database: TestDatabase): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of Object.keys(rows)) {
    const [row] = await execute<{ hash: string }>(
      database,
      `select md5(string_agg(line, chr(10) order by line)) as hash
       from (select to_jsonb(t)::text as line from ${table} t where coalesce(to_jsonb(t) ->> 'origin', 'DEMONSTRATION')
         not in ('REPORTED', 'ENTERED')) lines`,
    );
    found[table] = String(row?.hash);
  }
  return found;
}

test('the same number of practices makes the same rows in two databases', async () => {
  const second = await aDatabase('seeded');
  expect(await seedForBench({ em: second.em(), practices: 200 })).toEqual(rows);
  expect(await fingerprints(second)).toEqual(await fingerprints(first));
});

test('a practice comes with what a programme has of everything else', () => {
  expect(rows).toMatchObject({ good_practice: 200, transfer: 400, partner: 40, project: 8, event: 67, claim: 40 });
  expect(Object.keys(rows)).toHaveLength(36);
  expect(Math.min(...Object.values(rows))).toBeGreaterThan(0);
});

test('every generated record says that it is a demonstration, is at its first version, and has one change', async () => {
  const tables = await execute<{ table: string }>(
    first,
    `select c.relname as table from pg_trigger t join pg_class c on c.oid = t.tgrelid where tgname = 'record_insert'`,
  );
  for (const { table } of tables.filter((each) => each.table in rows)) {
    const [made] = await execute(
      first,
      `select count(*)::int as made, count(*) filter (where version = 1)::int as first, (
         select count(*)::int from change c join ${table} r on r.id = c.record_id
         where r.origin = 'DEMONSTRATION' and c.kind = 'CREATED' and c.version = 1) as changes
       from ${table} where origin = 'DEMONSTRATION'`,
    );
    expect({ table, ...made }).toEqual({ table, made: rows[table], first: rows[table], changes: rows[table] });
  }
});

const guards = `
    select pg_get_indexdef(indexrelid) as guard from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relnamespace = 'public'::regnamespace
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select relname || ' ' || relrowsecurity || ' ' || relforcerowsecurity from pg_class
      where relnamespace = 'public'::regnamespace
    union all select pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger where not tgisinternal order by guard`;

test('indexes, constraints, policies and triggers are afterwards as before', async () => {
  const before = await execute(await aDatabase('seeded'), guards);
  expect(before.length).toBeGreaterThan(500);
  expect(await execute(first, guards)).toEqual(before);
});

test('a run that is cut off leaves nothing, and another one begins anew', async () => {
  const database = await aDatabase('seeded');
  const before = [await execute(database, guards), await execute(database, 'select * from change order by id')];
  const onProgress = ({ rows: written }: { rows: number }) => {
    if (written > 1_000) throw new Error('Cut off.');
  };
  await expect(seedForBench({ em: database.em(), practices: 100, onProgress })).rejects.toThrow('Cut off.');
  expect([await execute(database, guards), await execute(database, 'select * from change order by id')]).toEqual(
    before,
  );
  expect(await execute(database, `select id from partner where origin = 'DEMONSTRATION'`)).toEqual([]);
  await seedForBench({ em: database.em(), practices: 100 });
  expect(await execute(database, guards)).toEqual(before[0]);
});

test('what triggers look up for others is as they would find it', async () => {
  const wrong = await execute(
    first,
    `select t.id from transfer t join region r on r.id = t.destination_id where destination_code is distinct from r.code
     union all select id from good_practice g where publication_status = 'PUBLISHED'
       and not exists (select from good_practice_search s where s.id = g.id and s.keywords = g.keywords)
     union all select id from theme where path is null`,
  );
  expect(wrong).toEqual([]);
});

test('transfers keep to the rules of their course, and their dates to its order', async () => {
  const histories = await execute<{
    status: TransferStatus;
    statuses: TransferStatus[];
    days: string[];
    sources: (string | null)[];
    policy: boolean;
    reported: string;
  }>(
    first,
    `select t.status, array_agg(s.status order by s.position) as statuses, t.reported_on::text as reported,
       array_agg(s.changed_on::text order by s.position) as days, array_agg(s.source_url order by s.position) as sources,
       t.policy_instrument_id is not null as policy
     from transfer t join transfer_status s on s.transfer_id = t.id where t.origin = 'DEMONSTRATION' group by t.id`,
  );
  expect(histories).toHaveLength(400);
  expect(new Set(histories.map(({ status }) => status)).size).toBeGreaterThan(6);
  for (const { status, statuses, days, sources, policy, reported } of histories) {
    expect([statuses.at(-1), days.at(-1)]).toEqual([status, reported]);
    expect(days).toEqual(days.toSorted());
    for (const [index, to] of statuses.entries())
      expect(
        refusalsOf({
          history: statuses.slice(0, index),
          to,
          hasDate: true,
          hasSource: sources[index] !== null,
          hasPolicyInstrument: policy,
          fundingIsLasting: false,
        }),
      ).toEqual([]);
  }
});

const COUNTS = /* GraphQL */ `
  query {
    goodPractices {
      totalCount
    }
    italian: goodPractices(where: { region: { within: "IT" } }) {
      totalCount
    }
    transfers {
      totalCount
    }
    partners {
      totalCount
    }
    events {
      totalCount
    }
  }
`;

const totals = (data: Record<string, { totalCount: number }>) =>
  Object.fromEntries(Object.entries(data).map(([name, { totalCount }]) => [name, totalCount]));

test('everybody finds the published records, and no draft', async () => {
  const graph = await aGraph(first);
  const { data, errors } = await graph.run(COUNTS);
  expect(errors).toEqual([]);
  const found = totals(data);
  const [visible] = await execute<Record<string, number>>(
    first,
    `select (select count(*)::int from good_practice where publication_status = 'PUBLISHED') as "goodPractices",
       (select count(*)::int from transfer where publication_status = 'PUBLISHED') as transfers,
       (select count(*)::int from partner where publication_status = 'PUBLISHED') as partners,
       (select count(*)::int from event where publication_status = 'PUBLISHED') as events,
       (select count(distinct g.id)::int from good_practice g join good_practice_region j on j.good_practice_id = g.id
          join region r on r.id = j.region_id where r.country_code = 'IT' and g.publication_status = 'PUBLISHED') as italian,
       (select count(*)::int from good_practice where publication_status <> 'PUBLISHED') as hidden`,
  );
  const { hidden, ...published } = visible ?? {};
  expect(found).toEqual(published);
  expect(hidden).toBeGreaterThan(0);
  expect(found['italian']).toBeGreaterThan(10);
});

test('a second set is refused, and changes nothing', async () => {
  const before = await execute(first, 'select count(*) from change');
  await expect(seedForBench({ em: first.em(), practices: 200 })).rejects.toThrow(
    /holds generated records already; it takes no second set\. Name an empty database/,
  );
  expect(await execute(first, 'select count(*) from change')).toEqual(before);
});

test('a database that people have written to is refused', async () => {
  const database = await aDatabase('seeded');
  await aPartner(database);
  await expect(seedForBench({ em: database.em(), practices: 1 })).rejects.toThrow(/people entered \(partner\)/);
});

test('a database without regions is refused', async () => {
  const database = await aDatabase('migrated');
  await expect(seedForBench({ em: database.em(), practices: 1 })).rejects.toThrow(/Load the seeds first/);
});
