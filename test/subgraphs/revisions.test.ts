import { beforeAll, expect, test } from 'vitest';
import { saveProgrammes } from '../../src/subgraphs/directory/programme.service.js';
import { programmeInput } from '../../src/subgraphs/directory/programme.inputs.js';
import type { Viewer } from '../../src/graph/context.js';
import { aDatabase, execute } from '../support/database.js';
import {
  aClaim,
  aMeasurement,
  anIndicator,
  aPartner,
  aPractice,
  aProgramme,
  aProject,
  aRegion,
  aSource,
  draft,
  link,
  withdrawn,
} from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);
const office = { role: 'REVIEWER', partnerId: null, accountId: null } as const;

const history = `query ($id: ID!) { node(id: $id) {
  ... on Project { revisions(orderBy: OLDEST) { nodes { kind version changes { field before after } } } }
  ... on GoodPractice { revisions(orderBy: OLDEST) { nodes { kind version changes { field before after } } } }
  ... on Programme { revisions(orderBy: OLDEST) { nodes { kind version changes { field before after } } } } } }`;

async function revisionsOf(id: string, viewer?: Viewer): Promise<unknown[]> {
  const { data, errors } = await graph.run(history, { id }, viewer);
  expect(errors).toEqual([]);
  return data['node'].revisions.nodes as unknown[];
}

const created = { kind: 'CREATED', version: 1, changes: [] };

test('an update by SQL leaves what each field was and became', async () => {
  const { id: programme_id } = await aProgramme(database);
  const { id } = await aProject(database, { programme_id });
  await execute(
    database,
    `update project set title = 'New', start_date = '2012-05-01', start_date_precision = 'MONTH', budget_amount = 20.5, budget_currency = 'EUR', sectors = '{crafts}', source_url = 'https://example.org' where id = $1`,
    [id],
  );
  const [first, second] = (await revisionsOf(id)) as [unknown, { changes: { before: unknown }[] }];
  expect(first).toEqual(created);
  expect(second).toEqual({
    kind: 'UPDATED',
    version: 2,
    changes: [
      { field: 'budget.amount', before: null, after: '20.50' },
      { field: 'budget.currency', before: null, after: 'EUR' },
      { field: 'sectors', before: '[]', after: '["crafts"]' },
      { field: 'sources', before: null, after: 'https://example.org' },
      { field: 'startDate', before: null, after: '2012-05-01' },
      { field: 'startDatePrecision', before: null, after: 'MONTH' },
      { field: 'title', before: expect.stringMatching(/^Project \d+$/), after: 'New' },
    ],
  });
});

test('an update that changes nothing leaves no revision', async () => {
  const { id } = await aProgramme(database);
  await execute(database, 'update programme set name = name where id = $1', [id]);
  expect(await revisionsOf(id)).toEqual([created]);
});

test('a service leaves the same as SQL', async () => {
  const entry = { slug: 'interreg', name: 'Interreg', source: 'https://example.org/interreg', confidence: 'STATED' };
  const save = (input: object) =>
    database.em().transactional((em) => saveProgrammes(em, [programmeInput.parse({ ...entry, ...input })]));
  expect(await save({})).toEqual([]);
  await save({ name: 'Interreg Europe' });
  await save({ name: 'Interreg Europe' });
  const [programme] = await execute<{ id: string }>(database, `select id from programme where slug = 'interreg'`);
  expect(await revisionsOf(programme?.id ?? '')).toEqual([
    created,
    { kind: 'UPDATED', version: 2, changes: [{ field: 'name', before: 'Interreg', after: 'Interreg Europe' }] },
  ]);
});

test('a changed part of a record is a revision without fields', async () => {
  const { id } = await aPractice(database);
  const region = await aRegion(database, 'XA');
  await link(database, 'good_practice_region', { good_practice_id: id, region_id: region.id });
  expect(await revisionsOf(id)).toEqual([created, { kind: 'UPDATED', version: 2, changes: [] }]);
});

test('a deletion keeps what was deleted for good, and takes claims and links to sources along', async () => {
  const { id } = await aPractice(database, { title: 'Gone' });
  const source = await aSource(database);
  const claim = await aClaim(database, { record_id: id, source_id: source.id });
  await link(database, 'record_source', { record_id: id, source_id: source.id });
  await execute(database, 'delete from good_practice where id = $1', [id]);
  const kept = await execute(
    database,
    `select kind, version, changes -> 'title' as title from revision where record_id = $1 order by id`,
    [id],
  );
  expect(kept).toEqual([
    { kind: 'CREATED', version: 1, title: null },
    { kind: 'DELETED', version: 1, title: ['Gone', null] },
  ]);
  expect(await execute(database, 'select from record_source where record_id = $1', [id])).toEqual([]);
  expect(await execute(database, `select kind from revision where record_id = $1 order by id`, [claim.id])).toEqual([
    { kind: 'CREATED' },
    { kind: 'DELETED' },
  ]);
});

test('what changed since a day is asked by that day (question 7)', async () => {
  const { id } = await aProgramme(database);
  await execute(database, `update programme set name = 'New' where id = $1`, [id]);
  await execute(database, `update revision set at = '2026-01-31T23:59:59Z' where record_id = $1 and version = 1`, [id]);
  await execute(database, `update revision set at = '2026-02-01T00:00:00Z' where record_id = $1 and version = 2`, [id]);
  const since = `query ($id: ID!, $day: Date!) { programme(id: $id) {
    revisions(where: { at: { gte: $day } }) { totalCount nodes { at changes { field after } } } } }`;
  const { data, statements } = await graph.run(since, { id, day: '2026-02-01' });
  expect(data['programme'].revisions).toEqual({
    totalCount: 1,
    nodes: [{ at: '2026-02-01T00:00:00.000Z', changes: [{ field: 'name', after: 'New' }] }],
  });
  // the programme; its revisions, their number
  expect(statements).toHaveLength(3);
  expect((await graph.run(since, { id, day: '2026-01-31' })).data['programme'].revisions.totalCount).toBe(2);
});

test('revisions come in pages, the last first', async () => {
  const { id } = await aProgramme(database);
  for (const name of ['A', 'B', 'C'])
    await execute(database, `update programme set name = $2 where id = $1`, [id, name]);
  const page = `query ($id: ID!, $after: String) { programme(id: $id) {
    revisions(first: 3, after: $after) { nodes { version } pageInfo { hasNextPage endCursor } } } }`;
  const first = (await graph.run(page, { id })).data['programme'].revisions;
  expect(first.nodes).toEqual([{ version: 4 }, { version: 3 }, { version: 2 }]);
  const second = (await graph.run(page, { id, after: first.pageInfo.endCursor })).data['programme'].revisions;
  expect(second.nodes).toEqual([{ version: 1 }]);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

test('what was written while a record was a draft stays with those who may see drafts', async () => {
  const { id } = await aPractice(database, { ...draft, title: 'Secret' });
  await execute(database, `update good_practice set title = 'Half' where id = $1`, [id]);
  await execute(database, `update good_practice set publication_status = 'PUBLISHED' where id = $1`, [id]);
  await execute(database, `update good_practice set title = 'Open' where id = $1`, [id]);
  const open = { kind: 'UPDATED', version: 4, changes: [{ field: 'title', before: 'Half', after: 'Open' }] };
  expect(await revisionsOf(id)).toEqual([open]);
  expect(await revisionsOf(id, office)).toEqual([
    created,
    { kind: 'UPDATED', version: 2, changes: [{ field: 'title', before: 'Secret', after: 'Half' }] },
    { kind: 'UPDATED', version: 3, changes: [{ field: 'publicationStatus', before: 'DRAFT', after: 'PUBLISHED' }] },
    open,
  ]);
});

test('an owner sees what was written of a record, and of its parts, while it was a draft; another partner does not', async () => {
  const { id: owner_id } = await aPartner(database);
  const { id: other } = await aPartner(database);
  const { id } = await aPractice(database, { ...draft, owner_id });
  const { id: indicator_id } = await anIndicator(database);
  const { id: measurement } = await aMeasurement(database, { practice_id: id, indicator_id });
  await execute(database, `update good_practice set publication_status = 'PUBLISHED' where id = $1`, [id]);
  const count =
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on GoodPractice { revisions { totalCount } } ... on Measurement { revisions { totalCount } } } }';
  const seen = async (partnerId: string) => {
    const { data } = await graph.run(
      count,
      { ids: [id, measurement] },
      { role: 'PARTNER', partnerId, accountId: null },
    );
    return (data['nodes'] as { revisions: { totalCount: number } }[]).map(({ revisions }) => revisions.totalCount);
  };
  expect(await seen(owner_id)).toEqual([3, 1]);
  expect(await seen(other)).toEqual([0, 0]);
});

test('what was written of a part while its record was a draft stays there as well', async () => {
  const { id: practice_id } = await aPractice(database, draft);
  const { id: indicator_id } = await anIndicator(database);
  const { id } = await aMeasurement(database, { practice_id, indicator_id });
  await execute(database, `update measurement set note = 'Doubtful' where id = $1`, [id]);
  await execute(database, `update good_practice set publication_status = 'PUBLISHED' where id = $1`, [practice_id]);
  await execute(database, `update measurement set note = null where id = $1`, [id]);
  const versions = 'query ($id: ID!) { node(id: $id) { ... on Measurement { revisions { nodes { version } } } } }';
  const seen = async (viewer?: typeof office) =>
    (await graph.run(versions, { id }, viewer)).data['node'].revisions.nodes as unknown;
  expect(await seen()).toEqual([{ version: 3 }]);
  expect(await seen(office)).toEqual([{ version: 3 }, { version: 2 }, { version: 1 }]);
});

test('a revision does not tell the id of a record that the viewer may not see', async () => {
  const hidden = await aPartner(database, draft);
  const shown = await aPartner(database);
  const { id } = await aPractice(database);
  for (const owner of [hidden, shown])
    await execute(database, 'update good_practice set owner_id = $2 where id = $1', [id, owner.id]);
  const changes = (rows: unknown[]) => (rows as { changes: unknown[] }[]).flatMap((row) => row.changes);
  expect(changes(await revisionsOf(id))).toEqual([
    { field: 'owner', before: null, after: null },
    { field: 'owner', before: null, after: shown.id },
  ]);
  expect(changes(await revisionsOf(id, office))).toEqual([
    { field: 'owner', before: null, after: hidden.id },
    { field: 'owner', before: hidden.id, after: shown.id },
  ]);
});

const about: Record<string, string> = {};
beforeAll(async () => {
  const [open, closed, gone] = [
    await aPractice(database),
    await aPractice(database, draft),
    await aPractice(database, withdrawn),
  ];
  const [source, hiddenSource] = [await aSource(database), await aSource(database, draft)];
  for (const [name, { id }] of Object.entries({ open, closed, gone })) {
    about[name] = id;
    await link(database, 'record_source', { record_id: id, source_id: source.id });
    await link(database, 'record_source', { record_id: id, source_id: hiddenSource.id });
    about[`${name}Claim`] = (await aClaim(database, { record_id: id, source_id: hiddenSource.id })).id;
  }
  about['draftClaim'] = (await aClaim(database, { record_id: open.id, source_id: source.id, ...draft })).id;
  about['hiddenSource'] = hiddenSource.id;
});

test('sources, claims and revisions of hidden records are hidden, and hidden ones of an open record', async () => {
  const ids = ['open', 'closed', 'gone'].map((name) => about[name]);
  const reference =
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on GoodPractice { sources { id } claims { id source { id } } revisions { totalCount } } } }';
  const { data } = await graph.run(reference, { ids });
  expect(data['nodes']).toEqual([
    { sources: [expect.anything()], claims: [{ id: about['openClaim'], source: null }], revisions: { totalCount: 1 } },
    null,
    null,
  ]);
  const nodes = ['closedClaim', 'goneClaim', 'draftClaim', 'hiddenSource'].map((name) => about[name]);
  const hidden = await graph.run('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: nodes });
  expect(hidden.data['nodes']).toEqual(nodes.map(() => null));
  const all = await graph.run('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: nodes }, office);
  expect(all.data['nodes']).toEqual(nodes.map((id) => ({ id })));
});

test('the anonymous role reads nothing about hidden records, whatever SQL it runs', async () => {
  const { sql } = await import('kysely');
  const read = database.readAs({ role: 'ANONYMOUS', partnerId: null });
  const hidden = [about['closed'], about['gone']];
  for (const table of ['record_source', 'claim', 'revision'])
    expect(await read(sql`select 1 from ${sql.table(table)} where record_id = any(${hidden}::text[])`)).toEqual([]);
  expect(await read(sql`select 1 from source where id = ${about['hiddenSource']}`)).toEqual([]);
  await expect(read(sql`update revision set is_public = true`)).rejects.toThrow('permission denied');
});

test('the database itself refuses two selected claims of one field', async () => {
  const { id: record_id } = await aPractice(database);
  const { id: source_id } = await aSource(database);
  const selected = { record_id, source_id, is_selected: true };
  await aClaim(database, selected);
  await aClaim(database, { ...selected, subject: 'its end' });
  await expect(aClaim(database, selected)).rejects.toThrow('claim_selected');
});
