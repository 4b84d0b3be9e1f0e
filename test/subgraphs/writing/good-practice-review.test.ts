import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, execute } from '../../support/database.js';
import { aPartner, aRegion, anIndicator } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { admin, changedBy, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
let other = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
  await aRegion(database, 'XA');
});
const editor = () => editorOf(own, 'acc-own');
const run = (
  viewer: typeof reviewer,
  verb: string,
  input: object,
  asked = 'id version workflowStatus publicationStatus',
) => send(graph, viewer, `goodPractice${verb}`, input, asked);

let made = 0;
const written = { language: 'en', summary: 'It teaches.', evidence: 'It works.', regions: ['XA'] };
/** A draft that may be submitted, or taken so far by these steps; its id and its version. */
async function aPractice(...verbs: ('Submit' | 'Accept')[]): Promise<{ id: string; expectedVersion: number }> {
  const { record } = await run(editor(), 'Create', { ...written, title: `School ${(made += 1)}` });
  const { id } = record;
  for (const [index, verb] of verbs.entries())
    await run(verb === 'Submit' ? editor() : reviewer, verb, { id, expectedVersion: index + 1 });
  return { id, expectedVersion: verbs.length + 1 };
}

test('a practice goes from draft to validated, is withdrawn, published again and archived; who did it is for admins', async () => {
  const { id } = await aPractice();
  const way: [viewer: typeof reviewer, verb: string, said: object, workflow: string, publication: string][] = [
    [editor(), 'Submit', { note: 'Ready.' }, 'SUBMITTED', 'DRAFT'],
    [reviewer, 'RequestChanges', { note: 'Say for whom.' }, 'CHANGES_REQUESTED', 'DRAFT'],
    [editor(), 'Submit', {}, 'SUBMITTED', 'DRAFT'],
    [reviewer, 'Accept', { source: 'https://example.org/minutes' }, 'ACCEPTED_BY_PROJECT', 'PUBLISHED'],
    [
      reviewer,
      'Validate',
      { level: 'EXPERT', by: 'other', at: '2024-05', opinion: 'Sound.' },
      'VALIDATED',
      'PUBLISHED',
    ],
    [editor(), 'Withdraw', { note: 'A figure is wrong.' }, 'VALIDATED', 'WITHDRAWN'],
    [reviewer, 'Publish', {}, 'VALIDATED', 'PUBLISHED'],
    [reviewer, 'Archive', { note: 'The school closed.' }, 'ARCHIVED', 'WITHDRAWN'],
  ];
  for (const [index, [viewer, verb, said, workflowStatus, publicationStatus]] of way.entries())
    expect(await run(viewer, verb, { id, expectedVersion: index + 1, ...said })).toMatchObject({
      record: { version: index + 2, workflowStatus, publicationStatus },
      userErrors: [],
      errors: [],
    });
  const asked = `query ($id: ID!) { goodPractice(id: $id) {
    validation { level by { id } at atPrecision opinion }
    workflowHistory { from to note sourceUrl publicationStatus account }
    revisions(first: 20, orderBy: OLDEST) { nodes { version kind account } } } }`;
  const step = (from: string, to: string, publicationStatus: string, account: string, more = {}) => ({
    from,
    to,
    note: null,
    sourceUrl: null,
    publicationStatus,
    account,
    ...more,
  });
  const { data } = await graph.run(asked, { id }, admin);
  expect(data['goodPractice']).toEqual({
    validation: { level: 'EXPERT', by: { id: other }, at: '2024-05-01', atPrecision: 'MONTH', opinion: 'Sound.' },
    workflowHistory: [
      step('DRAFT', 'SUBMITTED', 'DRAFT', 'acc-own', { note: 'Ready.' }),
      step('SUBMITTED', 'CHANGES_REQUESTED', 'DRAFT', 'acc-reviewer', { note: 'Say for whom.' }),
      step('CHANGES_REQUESTED', 'SUBMITTED', 'DRAFT', 'acc-own'),
      step('SUBMITTED', 'ACCEPTED_BY_PROJECT', 'PUBLISHED', 'acc-reviewer', {
        sourceUrl: 'https://example.org/minutes',
      }),
      step('ACCEPTED_BY_PROJECT', 'VALIDATED', 'PUBLISHED', 'acc-reviewer'),
      step('VALIDATED', 'VALIDATED', 'WITHDRAWN', 'acc-own', { note: 'A figure is wrong.' }),
      step('VALIDATED', 'VALIDATED', 'PUBLISHED', 'acc-reviewer'),
      step('VALIDATED', 'ARCHIVED', 'WITHDRAWN', 'acc-reviewer', { note: 'The school closed.' }),
    ],
    revisions: {
      nodes: [
        { version: 1, kind: 'CREATED', account: 'acc-own' },
        ...way.map(([{ accountId }], index) => ({ version: index + 2, kind: 'UPDATED', account: accountId })),
      ],
    },
  });
  for (const viewer of [editor(), reviewer]) {
    expect((await graph.run(asked, { id }, viewer)).errors).toMatchObject([
      { code: 'FORBIDDEN' },
      { code: 'FORBIDDEN' },
    ]);
    const { data: seen } = await graph.run(asked.replaceAll('account', ''), { id }, viewer);
    expect(seen['goodPractice'].workflowHistory).toHaveLength(8);
    // Whatever SQL they run.
    const hidden = sql<{ account: string | null }>`select goodgraph_account_at(${id}, 1) as account`;
    expect(await database.readAs(viewer)(hidden)).toEqual([{ account: null }]);
  }
});

test('what a practice lacks is told before it is submitted, and when it is', async () => {
  const { record } = await run(editor(), 'Create', { title: 'Bare', language: 'en' }, 'id completeness missing');
  expect(record.completeness).toBe(5);
  expect(record.missing).toHaveLength(19);
  expect(record.missing).toEqual(expect.arrayContaining(['summary', 'evidence', 'regions', 'themes']));
  expect(record.missing).not.toContain('owner');
  const { id } = record;
  const changed = await changedBy(database, async () => {
    expect((await run(editor(), 'Submit', { id, expectedVersion: 1 })).userErrors).toEqual([
      { field: ['summary'], code: 'REQUIRED', message: 'It has no summary. Write one paragraph before you submit it.' },
      {
        field: ['evidence'],
        code: 'REQUIRED',
        message: 'It has no evidence. Say in words why it is good, or add a measurement, before you submit it.',
      },
      {
        field: ['regions'],
        code: 'REQUIRED',
        message: 'It names no region. Say where it is at work before you submit it.',
      },
    ]);
  });
  expect(changed).toEqual({});
  const figure = { indicator: 'Learners', unit: 'people', achieved: '3' };
  const { record: filled } = await run(
    editor(),
    'Update',
    { id, expectedVersion: 1, summary: 'It teaches.', regions: ['XA'], measurements: [figure] },
    'completeness missing',
  );
  expect(filled.completeness).toBe(20);
  expect(await run(editor(), 'Submit', { id, expectedVersion: 2 })).toMatchObject({
    userErrors: [],
    record: { version: 3 },
  });
});

describe('refused, with nothing written:', () => {
  type Case = [
    what: string,
    at: ('Submit' | 'Accept')[],
    viewer: () => typeof reviewer,
    verb: string,
    said: object,
    refusal: object,
  ];
  const cases: Case[] = [
    [
      'a leap, and where it may go is told',
      [],
      () => reviewer,
      'Accept',
      {},
      {
        userErrors: [
          {
            field: ['status'],
            code: 'IMPOSSIBLE',
            message: 'The practice is DRAFT and cannot become ACCEPTED_BY_PROJECT. From there it goes to SUBMITTED.',
          },
        ],
      },
    ],
    [
      'a request for changes without a word',
      ['Submit'],
      () => reviewer,
      'RequestChanges',
      {},
      { userErrors: [{ field: ['note'], code: 'REQUIRED' }] },
    ],
    [
      'a validation by nobody of weight',
      ['Submit', 'Accept'],
      () => reviewer,
      'Validate',
      { level: 'PROJECT' },
      { userErrors: [{ field: ['validation'], code: 'REQUIRED' }] },
    ],
    [
      'a validation by somebody unknown',
      ['Submit', 'Accept'],
      () => reviewer,
      'Validate',
      { level: 'EXPERT', by: 'nobody' },
      { userErrors: [{ field: ['by'], code: 'NOT_FOUND' }] },
    ],
    ['an owner who accepts the own', ['Submit'], editor, 'Accept', {}, { errors: [{ code: 'FORBIDDEN' }] }],
    [
      'an owner who validates the own',
      ['Submit', 'Accept'],
      editor,
      'Validate',
      { level: 'LABEL' },
      { errors: [{ code: 'FORBIDDEN' }] },
    ],
    [
      'somebody else who withdraws it',
      ['Submit', 'Accept'],
      () => editorOf(other),
      'Withdraw',
      { note: 'No.' },
      { errors: [{ code: 'FORBIDDEN' }] },
    ],
    [
      'a stale version',
      ['Submit'],
      () => reviewer,
      'Accept',
      { expectedVersion: 1 },
      { userErrors: [{ code: 'VERSION_CONFLICT' }], currentVersion: 2, conflictingFields: ['workflowStatus'] },
    ],
  ];

  test.each(cases)('%s', async (_, at, viewer, verb, said, refusal) => {
    const practice = await aPractice(...at);
    const changed = await changedBy(database, async () => {
      const told = await run(viewer(), verb, { ...practice, ...said });
      expect(told).toMatchObject(refusal);
      expect(told.record ?? null).toBeNull();
    });
    expect(changed).toEqual({});
  });
});

describe('the database itself lets', () => {
  const sqlAs = (viewer: typeof reviewer, text: string) =>
    database.writeAs(viewer, undefined, (em) =>
      em.getConnection().execute<{ affectedRows: number }>(text, [], 'run', em.getTransactionContext()),
    );
  const affected = async (viewer: typeof reviewer, text: string) => (await sqlAs(viewer, text)).affectedRows;

  test('an editor write the own rows and no others, and judge none', async () => {
    const { id } = await aPractice('Submit');
    expect(await affected(editor(), `update good_practice set title = 'New' where id = '${id}'`)).toBe(1);
    expect(await affected(editorOf(other), `update good_practice set title = 'Taken' where id = '${id}'`)).toBe(0);
    for (const text of [
      `insert into good_practice (id, slug, title, owner_id, publication_status, workflow_status) values ('gp_01h455vb4pex5vsknk084sn02q', 'x', 'X', '${other}', 'DRAFT', 'DRAFT')`,
      `insert into good_practice (id, slug, title, owner_id) values ('gp_01h455vb4pex5vsknk084sn02q', 'x', 'X', '${own}')`,
      `update good_practice set owner_id = '${other}' where id = '${id}'`,
      `update good_practice set workflow_status = 'ACCEPTED_BY_PROJECT', publication_status = 'PUBLISHED' where id = '${id}'`,
      `update good_practice set validation_level = 'LABEL' where id = '${id}'`,
      `delete from good_practice where id = '${id}'`,
      `update good_practice_step set note = 'Never.'`,
      `insert into theme (id, slug, scheme, notation, label) values ('thm_01h455vb4pex5vsknk084sn02q', 'x', 'X', 'X', 'X')`,
      `update revision set is_public = true`,
      `select account_id from revision`,
      `insert into change (record_id, version, kind) values ('${id}', 9, 'UPDATED')`,
    ])
      await expect(sqlAs(editor(), text)).rejects.toMatchObject({ code: '42501' });
    const { id: indicator } = await anIndicator(database);
    const theirs = `insert into measurement (id, practice_id, indicator_id, achieved) values ('mea_01h455vb4pex5vsknk084sn02q', '${id}', '${indicator}', 1)`;
    await expect(sqlAs(editorOf(other), theirs)).rejects.toMatchObject({ code: '42501' });
  });

  test('a reviewer take steps, and an admin write all', async () => {
    const { id } = await aPractice('Submit');
    await expect(sqlAs(reviewer, `update good_practice set title = 'Better' where id = '${id}'`)).rejects.toMatchObject(
      { code: '42501' },
    );
    await expect(
      sqlAs(reviewer, `insert into good_practice_region (good_practice_id, region_id) select '${id}', id from region`),
    ).rejects.toMatchObject({ code: '42501' });
    expect(await affected(reviewer, `update good_practice set workflow_status = 'DECLINED' where id = '${id}'`)).toBe(
      1,
    );
    expect(
      await affected(admin, `update good_practice set title = 'Best', owner_id = '${other}' where id = '${id}'`),
    ).toBe(1);
    expect(await execute(database, 'select title from good_practice where id = $1', [id])).toEqual([{ title: 'Best' }]);
  });
});
