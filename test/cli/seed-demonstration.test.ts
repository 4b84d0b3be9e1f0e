import { expect, test } from 'vitest';
import { seedDatabase } from '../../src/cli/seed.js';
import { OutputStatus } from '../../src/subgraphs/activities/output-update.fields.js';
import { TaskStatus } from '../../src/subgraphs/activities/task.fields.js';
import { WorkflowStatus } from '../../src/subgraphs/practices/good-practice-workflow.fields.js';
import { Maturity, Scope, ValidationLevel } from '../../src/subgraphs/practices/good-practice.fields.js';
import { PublicationStatus } from '../../src/subgraphs/record.fields.js';
import { records } from '../../src/subgraphs/records.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { TransferKind, TransferMechanism, TransferStatus } from '../../src/subgraphs/transfers/transfer.fields.js';
import { aDatabase, execute, type TestDatabase } from '../support/database.js';
import { count } from './tiny-seeds.js';

const tables = Object.values(records).map(({ table }) => table);
const database = await aDatabase('demonstration');

async function recordsOf(of: TestDatabase) {
  const selects = tables.map((table) => `select '${table}' as table, id, version, origin from ${table}`);
  return execute<{ table: string; id: string; version: number; origin: string }>(of, selects.join(' union all '));
}

test('every record that the demonstration adds is one of it, and no real one is, or has changed', async () => {
  const [real, all] = await Promise.all([aDatabase('seeded').then(recordsOf), recordsOf(database)]);
  const known = new Map(real.map((row) => [row.id, row]));
  expect(all.filter(({ id }) => known.has(id)).length).toBe(real.length);
  expect(all.filter((row) => known.has(row.id) && row.version !== known.get(row.id)?.version)).toEqual([]);
  const added = all.filter(({ id }) => !known.has(id));
  expect(added.filter(({ origin }) => origin !== 'DEMONSTRATION')).toEqual([]);
  expect(real.filter(({ origin }) => origin === 'DEMONSTRATION')).toEqual([]);
  const counts = Object.fromEntries(
    [...Map.groupBy(added, (row) => row.table)].map(([table, rows]) => [table, rows.length]),
  );
  expect(counts).toEqual({
    source: 3,
    place: 3,
    programme: 1,
    partner: 12,
    project: 3,
    participation: 15,
    good_practice: 21,
    indicator: 14,
    measurement: 12,
    policy_instrument: 2,
    transfer: 15,
    outcome: 10,
    event: 5,
    session: 4,
    event_role: 13,
    output: 6,
    output_update: 8,
    task: 7,
    action_plan: 3,
    action: 4,
    claim: 6,
  });
});

test('what is made up refers to regions and themes, and to nothing else that is real; nothing real refers to it', async () => {
  const keys = await execute<{ from: string; column: string; to: string }>(
    database,
    `select c.conrelid::regclass::text as "from", a.attname as "column", c.confrelid::regclass::text as "to"
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace`,
  );
  const isRecord = (table: string) => tables.some((each) => each === table);
  const edges = Map.groupBy(
    keys.filter(({ from }) => !isRecord(from)),
    ({ from }) => from,
  );
  // A record's own keys, and the two ends of each row of an edge table.
  const pairs = [
    ...keys
      .filter(({ from, to }) => isRecord(from) && isRecord(to))
      .map(({ from, column, to }) => ({
        to,
        sql: `from ${from} a join ${to} b on b.id = a.${column}`,
      })),
    ...[...edges].flatMap(([table, ends]) =>
      ends.flatMap((one) =>
        ends
          .filter((other) => other !== one && isRecord(one.to) && isRecord(other.to))
          .map((other) => ({
            to: other.to,
            sql: `from ${table} e join ${one.to} a on a.id = e.${one.column} join ${other.to} b on b.id = e.${other.column}`,
          })),
      ),
    ),
  ];
  expect(pairs.length).toBeGreaterThan(60);
  const mixed = [];
  for (const { to, sql } of pairs) {
    const allowed = to === 'region' || to === 'theme' ? 'false' : `a.origin = 'DEMONSTRATION'`;
    const rows = await execute(
      database,
      `select a.id ${sql} where (a.origin = 'DEMONSTRATION') <> (b.origin = 'DEMONSTRATION') and
         (${allowed} or (b.origin = 'DEMONSTRATION' and a.id !~ '^(rgn|thm)_'))`,
    );
    if (rows.length > 0) mixed.push(sql);
  }
  expect(mixed).toEqual([]);
});

test('sources and claims are as made up as the records that they are of', async () => {
  const selects = tables.map((table) => `select id, origin from ${table}`).join(' union all ');
  const mixed = await execute(
    database,
    `with every as (${selects})
     select j.record_id from record_source j join every r on r.id = j.record_id join source s on s.id = j.source_id
       where (r.origin = 'DEMONSTRATION') <> (s.origin = 'DEMONSTRATION')
     union all select c.id from claim c join every r on r.id = c.record_id
       where (r.origin = 'DEMONSTRATION') <> (c.origin = 'DEMONSTRATION')`,
  );
  expect(mixed).toEqual([]);
  const unsourced = await execute(
    database,
    `with every as (${selects}) select id from every where origin = 'DEMONSTRATION' and id !~ '^(src|clm|ind)_'
       and not exists (select from record_source j where j.record_id = every.id)`,
  );
  expect(unsourced).toEqual([]);
});

test('every slug of it begins with demo, every name of an organisation says Demonstration', async () => {
  const slugged = [
    'programme',
    'project',
    'partner',
    'place',
    'good_practice',
    'transfer',
    'policy_instrument',
    'event',
    'output',
    'task',
    'action_plan',
    'source',
  ];
  const slugs = slugged.map((table) => `select slug from ${table} where origin = 'DEMONSTRATION'`).join(' union all ');
  expect(await execute(database, `select slug from (${slugs}) s where slug !~ '^demo(-|$)'`)).toEqual([]);
  expect(
    await execute(
      database,
      `select slug from partner where origin = 'DEMONSTRATION' and coalesce(name_english, name_original) !~ '^Demonstration '
       union all select slug from indicator where origin = 'DEMONSTRATION' and name !~ ' \\(demonstration\\)$'`,
    ),
  ).toEqual([]);
});

test.each([
  ['transfer', 'status', TransferStatus],
  ['transfer', 'kind', TransferKind],
  ['transfer', 'mechanisms', TransferMechanism],
  ['good_practice', 'maturity', Maturity],
  ['good_practice', 'scope', Scope],
  ['good_practice', 'validation_level', ValidationLevel],
  ['good_practice', 'workflow_status', WorkflowStatus],
  ['good_practice', 'publication_status', PublicationStatus],
  ['output_update', 'status', OutputStatus],
  ['task', 'status', TaskStatus],
])('%s.%s has every value in it', async (table, column, values) => {
  const value = column === 'mechanisms' ? `unnest(${column})` : column;
  const rows = await execute<{ value: string }>(
    database,
    `select distinct ${value} as value from ${table} where origin = 'DEMONSTRATION' and ${column} is not null`,
  );
  expect(rows.map((row) => row.value).toSorted()).toEqual(Object.keys(values).toSorted());
});

test('it shows costs on both sides of 50,000 EUR and practices on both sides of two years', async () => {
  const rows = await execute(
    database,
    `select cost_amount < 50000 as cheap, (coalesce(end_date, ongoing_as_of) - start_date) > 730 as long, count(*)::int
     from good_practice where origin = 'DEMONSTRATION' and cost_currency = 'EUR' group by 1, 2 order by 1, 2`,
  );
  expect(rows).toEqual([
    { cheap: false, long: true, count: 5 },
    { cheap: true, long: false, count: 2 },
    { cheap: true, long: true, count: 5 },
  ]);
});

test('drafts and what was taken back show their owner how they came there', async () => {
  const rows = await execute(
    database,
    `select g.slug, g.publication_status, g.withdrawn_reason, s.position, s.from_status, s.to_status, s.note
     from good_practice g left join good_practice_step s on s.practice_id = g.id
     where g.slug in ('demo-dye-garden', 'demo-lamp-cooperative') order by g.slug, s.position`,
  );
  const archived = {
    slug: 'demo-lamp-cooperative',
    publication_status: 'WITHDRAWN',
    withdrawn_reason: 'The cooperative has parted.',
  };
  const step = (position: number, from: string, to: string, note: string | null = null) => ({
    ...archived,
    position,
    from_status: from,
    to_status: to,
    note,
  });
  const none = { withdrawn_reason: null, position: null, from_status: null, to_status: null, note: null };
  expect(rows).toEqual([
    { slug: 'demo-dye-garden', publication_status: 'DRAFT', ...none },
    step(1, 'DRAFT', 'SUBMITTED'),
    step(2, 'SUBMITTED', 'ACCEPTED_BY_PROJECT'),
    step(3, 'ACCEPTED_BY_PROJECT', 'ARCHIVED', 'The cooperative has parted.'),
  ]);
});

test('loading it again changes nothing, and neither does loading the real seeds beside it', async () => {
  const before = await count(database, 'change');
  const steps = () => execute(database, 'select * from good_practice_step order by practice_id, position');
  const stepsBefore = await steps();
  const files = await seedDatabase({ em: database.em(), subgraphs, seed: 'demo' });
  expect(files.at(-1)).toEqual({ file: 'demonstration/claims.yaml', entries: 3 });
  await seedDatabase({ em: database.em(), subgraphs });
  expect(await count(database, 'change')).toBe(before);
  expect(await steps()).toEqual(stepsBefore);
});
