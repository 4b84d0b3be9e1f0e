import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { shapesFor } from '../../../src/cli/export/shape.js';
import { anonymous } from '../../../src/graph/context.js';
import { openSearch, rebuildSearch } from '../../../src/subgraphs/discovery/search/open.js';
import { records } from '../../../src/subgraphs/records.js';
import { aDatabase, execute, type TestDatabase } from '../../support/database.js';
import { addAwkward, awkward } from '../../support/exported-records.js';
import { aFolder, differing, exported, heldOf, linesOf, restored } from '../../support/exports.js';
import { aGraph } from '../../support/graph.js';
import { plant, planted } from '../../support/leaks.js';
import { nameOf, trustedOperations } from '../../support/trusted-operations.js';

const original = await aDatabase('demonstration');
await plant(original);
const made = await addAwkward(original);
const folder = await aFolder();
const publicly = await exported(original, 'PUBLIC', join(folder, 'public'));
const wholly = await exported(original, 'ADMIN', join(folder, 'admin'));
const again = { PUBLIC: await restored(join(folder, 'public')), ADMIN: await restored(join(folder, 'admin')) };

const byId = (lines: readonly Record<string, unknown>[], { id }: { id: string }) =>
  lines.find((line) => line['id'] === id);

describe('an export of everything', () => {
  test('is the same, byte by byte, after it was brought back', async () => {
    expect(differing(await exported(again.ADMIN, 'ADMIN'), wholly)).toEqual([]);
  });

  test('holds what is hidden, who did it, and what became of deleted records; and no token', () => {
    const practice = byId(linesOf(wholly, 'GoodPractice'), made.practice);
    expect(practice).toMatchObject({
      title: awkward,
      keywords: [awkward, '', 'NULL', '{}'],
      costAmount: '1200.50',
      ownerId: made.hiddenPartner.id,
      inspiredBy: [made.hiddenPractice.id],
      steps: [{ position: 0, fromStatus: 'DRAFT', toStatus: 'SUBMITTED', note: 'Only for reviewers.' }],
      translations: [{ field: 'title', language: 'it', text: awkward, origin: 'HUMAN' }],
    });
    expect(byId(linesOf(wholly, 'Partner'), made.partner)).toMatchObject({
      contactEmails: [{ position: 0, email: 'press@hidden.example.org' }],
    });
    expect(byId(linesOf(wholly, 'Partner'), made.person)).toMatchObject({
      isNaturalPerson: true,
      person: [{ said: { slug: 'jane-doe', name_original: 'Jane Doe' } }],
    });
    expect(linesOf(wholly, 'ImportMatch')).toEqual([{ id: made.partner.id, partnerId: made.partner.id }]);
    const [account] = linesOf(wholly, 'Account');
    expect(account).toMatchObject({ role: 'ADMIN', label: 'backups' });
    const revisions = linesOf(wholly, 'Revision');
    const own = revisions.filter(({ recordId }) => recordId === made.practice.id);
    expect(own.map(({ accountId, note }) => [accountId, note])).toEqual(
      own.map(() => [account?.['id'], 'Only for the office.']),
    );
    expect(own.length).toBeGreaterThan(3);
    expect(heldOf(wholly, ['"cost_amount": [1000.00, 1200.50]'])).toHaveLength(1);
    expect(revisions.filter(({ recordId }) => recordId === made.gone.id)).toMatchObject([
      { kind: 'CREATED' },
      { kind: 'DELETED' },
    ]);
    expect(heldOf(wholly, [made.token.slice(0, 11), 'last_used', 'lastUsed'])).toEqual([]);
  });
});

describe('an export of what is public', () => {
  test('is the same, byte by byte, after it was brought back', async () => {
    expect(differing(await exported(again.PUBLIC, 'PUBLIC'), publicly)).toEqual([]);
  });

  test('tells of hidden records neither themselves nor their ids', () => {
    const ids = [made.hiddenPartner, made.hiddenPractice, made.hiddenRegion, made.broader].map(({ id }) => id);
    const words = [
      'hidden-',
      'hidden.example.org',
      'Nascosta',
      'Only for',
      'accountId',
      'introducedBy',
      'contactEmails',
    ];
    const secrets = [planted.secret, planted.mail];
    expect(heldOf(publicly, [...ids, ...words, ...secrets, 'gg_'])).toEqual([]);
    expect(heldOf(wholly, secrets)).toEqual(secrets);
    expect(byId(linesOf(publicly, 'GoodPractice'), made.practice)).toMatchObject({
      title: awkward,
      ownerId: null,
      identifiedInId: null,
      inspiredBy: [],
    });
    expect(heldOf(publicly, ['"cost_amount": [1000.00, 1200.50]'])).toHaveLength(1);
    expect(byId(linesOf(publicly, 'Theme'), made.theme)).toMatchObject({ slug: 'below-a-draft', broaderId: null });
  });

  test('leaves out what cannot be without a hidden record, and what is said of it', () => {
    expect(byId(linesOf(publicly, 'Transfer'), made.transfer)).toBeUndefined();
    const ids = [made.transfer, made.project, made.claim].map(({ id }) => id);
    expect(heldOf(publicly, ids)).toEqual([]);
    expect(heldOf(wholly, ids)).toHaveLength(3);
  });
});

describe('a database that an export was brought back into', () => {
  test('answers every trusted document as the first one does', async () => {
    const ask = async (database: TestDatabase) => {
      const graph = await aGraph(database);
      const answers: [string, unknown][] = [];
      for (const { query, variables } of trustedOperations) {
        const { data, errors } = await graph.run(query, variables);
        answers.push([nameOf(query), { data, errors }]);
      }
      return answers;
    };
    await rebuildSearch(openSearch(original), original);
    await rebuildSearch(openSearch(again.ADMIN), again.ADMIN);
    const before = await ask(original);
    expect(before.length).toBeGreaterThan(15);
    expect(await ask(again.ADMIN)).toEqual(before);
  });

  test('tells each record as new, once, at the version that it has', async () => {
    const tables = Object.values(records).map(({ table }) => `select id, version from ${table}`);
    const [found] = await execute(
      again.ADMIN,
      `select count(*)::int as records, (select count(*)::int from change) as changes, count(*) filter (where
         (select array_agg(kind || version) from change c where c.record_id = r.id) = array['CREATED' || version])::int as told
       from (${tables.join(' union all ')}) r`,
    );
    expect(found).toEqual({ records: found?.['changes'], changes: found?.['told'], told: found?.['records'] });
  });

  test('tells everyone of those records that everyone sees', async () => {
    const told = (database: TestDatabase) =>
      execute(database, `select record_id, origin from change where is_open order by record_id`);
    const tables = Object.values(records).map(({ table }) => `select id as record_id, origin from ${table}`);
    for (const database of Object.values(again)) {
      const seen = await database.readAs(anonymous)(sql.raw(`${tables.join(' union all ')} order by record_id`));
      expect(await told(database)).toEqual(seen);
    }
  });

  test('counts on: versions, revisions and changes', async () => {
    const [before] = await execute<{ version: number; id: string }>(
      again.ADMIN,
      `select version, (select max(id) from revision)::text as id from good_practice where id = $1`,
      [made.practice.id],
    );
    await execute(again.ADMIN, `update good_practice set summary = 'More' where id = $1`, [made.practice.id]);
    const [after] = await execute<{ version: number; id: string }>(
      again.ADMIN,
      `select g.version, r.id::text as id, c.kind from good_practice g join revision r on r.record_id = g.id and r.version = g.version
         join change c on c.record_id = g.id and c.version = g.version where g.id = $1`,
      [made.practice.id],
    );
    expect(after).toMatchObject({ version: Number(before?.version) + 1, kind: 'UPDATED' });
    expect(Number(after?.id)).toBeGreaterThan(Number(before?.id));
  });

  test('is guarded as before: indexes, constraints, policies and triggers', async () => {
    expect(await execute(again.ADMIN, guards)).toEqual(await execute(await aDatabase(), guards));
  });

  test('keeps the paths of themes that came before the one above them', async () => {
    const paths = `select slug, path from theme order by slug`;
    expect(await execute(again.ADMIN, paths)).toEqual(await execute(original, paths));
    expect(await execute(again.PUBLIC, `select path from theme where slug = 'narrower'`)).toEqual([
      { path: 'above/narrower/' },
    ]);
    const [below] = await execute(again.PUBLIC, `select path from theme where slug = 'below-a-draft'`);
    expect(below).toEqual({ path: 'below-a-draft/' });
  });
});

const guards = `
  select pg_get_indexdef(indexrelid) as guard from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
  union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
    from pg_constraint where connamespace = 'public'::regnamespace
  union all select relname || ' ' || relrowsecurity || ' ' || relforcerowsecurity from pg_class
    where relnamespace = 'public'::regnamespace
  union all select pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger where not tgisinternal order by guard`;

test('every table of the schema is in an export, or it is known why not', async () => {
  const tables = await execute<{ name: string }>(
    original,
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  );
  const pool = await original.em().getConnection().getNativeClient();
  const shapes = await shapesFor(pool as never, 'ADMIN');
  const held = new Set(shapes.flatMap(({ table, parts }) => [table, ...parts.map((part) => part.table)]));
  expect(tables.map(({ name }) => name).filter((name) => !held.has(name))).toEqual([
    'action_plan_search',
    'change',
    'event_search',
    'good_practice_search',
    'mikro_orm_migrations',
    'mutation_key',
    'output_search',
    'partner_search',
    'project_search',
    'search_quarantine',
    'search_target',
    'source_search',
    'task_search',
    'token',
    'transfer_search',
  ]);
  expect(shapes.filter(({ isRecord }) => !isRecord).map(({ type }) => type)).toEqual([
    'Account',
    'ImportMatch',
    'Revision',
  ]);
});
