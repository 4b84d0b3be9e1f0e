import { LockMode } from '@mikro-orm/postgresql';
import { beforeAll, expect, test } from 'vitest';
import { GoodPractice } from '../../src/subgraphs/practices/good-practice.entity.js';
import { advanceGoodPractice } from '../../src/subgraphs/practices/good-practice-workflow.service.js';
import {
  publicationOf,
  refusalsOf,
  transitions,
  WorkflowStatus,
} from '../../src/subgraphs/practices/good-practice-workflow.fields.js';
import { aDatabase, execute } from '../support/database.js';
import { aPartner, aPractice, aRegion, link } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);
const all = Object.keys(WorkflowStatus) as WorkflowStatus[];
let owner = '';
let other = '';
let region = '';
beforeAll(async () => {
  region = (await aRegion(database, 'XA')).id;
  owner = (await aPartner(database)).id;
  other = (await aPartner(database)).id;
});

const allowed = [
  'DRAFT > SUBMITTED',
  'SUBMITTED > ACCEPTED_BY_PROJECT',
  'SUBMITTED > CHANGES_REQUESTED',
  'SUBMITTED > DECLINED',
  'CHANGES_REQUESTED > SUBMITTED',
  'ACCEPTED_BY_PROJECT > VALIDATED',
  'ACCEPTED_BY_PROJECT > CHANGES_REQUESTED',
  'ACCEPTED_BY_PROJECT > ARCHIVED',
  'VALIDATED > ARCHIVED',
  'DECLINED > DRAFT',
];

test.each(all.flatMap((from) => all.map((to) => [`${from} > ${to}`, from, to] as const)))('%s', (name, from, to) => {
  const state = {
    publicationStatus: publicationOf[from],
    workflowStatus: from,
    missing: [],
    validationLevel: 'EXPERT',
  };
  expect(refusalsOf(state, to, 'Because.').map(({ code }) => code)).toEqual(
    allowed.includes(name) ? [] : ['IMPOSSIBLE'],
  );
});

const submitted = {
  publicationStatus: 'DRAFT',
  workflowStatus: 'SUBMITTED',
  missing: [],
  validationLevel: null,
} as const;

test.each([
  [
    'asking for changes without saying which',
    submitted,
    'CHANGES_REQUESTED',
    'note',
    'Say why it becomes CHANGES_REQUESTED.',
  ],
  ['declining without saying why', submitted, 'DECLINED', 'note', 'Say why it becomes DECLINED.'],
  [
    'submitting without a summary',
    { ...submitted, workflowStatus: 'DRAFT', missing: ['summary'] },
    'SUBMITTED',
    'summary',
    'It has no summary. Write one paragraph before you submit it.',
  ],
  [
    'validating what no expert has looked at',
    { ...submitted, publicationStatus: 'PUBLISHED', workflowStatus: 'ACCEPTED_BY_PROJECT', validationLevel: 'PROJECT' },
    'VALIDATED',
    'validation',
    'No validation is recorded. Give its level, EXPERT or LABEL, first.',
  ],
  [
    'moving what others report',
    { ...submitted, publicationStatus: 'PUBLISHED', workflowStatus: null },
    'VALIDATED',
    'status',
    'Others report this practice: it is not in the workflow. Its owner may enter one of its own.',
  ],
  [
    'moving what is withdrawn',
    { ...submitted, publicationStatus: 'WITHDRAWN', workflowStatus: 'VALIDATED' },
    'ARCHIVED',
    'status',
    'The practice is withdrawn. Publish it again first.',
  ],
  [
    'jumping',
    submitted,
    'VALIDATED',
    'status',
    'The practice is SUBMITTED and cannot become VALIDATED. From there it goes to ACCEPTED_BY_PROJECT or CHANGES_REQUESTED or DECLINED.',
  ],
] as const)('%s is refused', (_, state, to, field, message) => {
  expect(refusalsOf(state, to, null)).toMatchObject([{ field: [field], message }]);
});

const aDraft = async () => {
  const practice = await aPractice(database, {
    owner_id: owner,
    summary: 'A summary.',
    evidence: 'Its learners found work.',
    publication_status: 'DRAFT',
    workflow_status: 'DRAFT',
    validation_level: 'EXPERT',
  });
  await link(database, 'good_practice_region', { good_practice_id: practice.id, region_id: region });
  return practice;
};
/** As mutations take it: the practice is held while its step is judged. */
const step = (id: string, to: WorkflowStatus, note: string | null = null) =>
  database.em().transactional(async (em) => {
    const practice = await em.findOneOrFail(GoodPractice, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    return advanceGoodPractice(em, practice, to, { note, source: null });
  });
const statusOf = (id: string) =>
  execute(
    database,
    'select workflow_status, publication_status, withdrawn_reason, version from good_practice where id = $1',
    [id],
  );

test('a practice walks from draft to archive, seen by everyone in between, and leaves its history', async () => {
  const { id } = await aDraft();
  const walk = ['SUBMITTED', 'ACCEPTED_BY_PROJECT', 'VALIDATED'] as const;
  for (const to of walk) expect(await step(id, to)).toEqual([]);
  const query =
    'query ($id: ID!) { goodPractice(id: $id) { workflowStatus publicationStatus workflowHistory { from to note } } }';
  const { data: open } = await graph.run(query, { id });
  expect(open['goodPractice']).toEqual({
    workflowStatus: 'VALIDATED',
    publicationStatus: 'PUBLISHED',
    workflowHistory: [],
  });
  expect(await step(id, 'ARCHIVED', 'Its fund is gone.')).toEqual([]);
  expect(await statusOf(id)).toEqual([
    { workflow_status: 'ARCHIVED', publication_status: 'WITHDRAWN', withdrawn_reason: 'Its fund is gone.', version: 6 },
  ]);
  expect((await graph.run(query, { id })).errors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
  const { data } = await graph.run(query, { id }, { role: 'PARTNER', partnerId: owner, accountId: null });
  expect(data['goodPractice'].workflowHistory).toEqual([
    { from: 'DRAFT', to: 'SUBMITTED', note: null },
    { from: 'SUBMITTED', to: 'ACCEPTED_BY_PROJECT', note: null },
    { from: 'ACCEPTED_BY_PROJECT', to: 'VALIDATED', note: null },
    { from: 'VALIDATED', to: 'ARCHIVED', note: 'Its fund is gone.' },
  ]);
});

test('the history of a published practice is for its owner and reviewers', async () => {
  const { id } = await aDraft();
  await step(id, 'SUBMITTED');
  await step(id, 'ACCEPTED_BY_PROJECT');
  const steps = async (viewer: Parameters<typeof graph.run>[2]) =>
    (await graph.run('query ($id: ID!) { goodPractice(id: $id) { workflowHistory { to } } }', { id }, viewer)).data[
      'goodPractice'
    ].workflowHistory.length as number;
  expect(await steps({ role: 'PARTNER', partnerId: owner, accountId: null })).toBe(2);
  expect(await steps({ role: 'REVIEWER', partnerId: null, accountId: null })).toBe(2);
  expect(await steps({ role: 'PARTNER', partnerId: other, accountId: null })).toBe(0);
});

test('a refused step leaves everything as it was', async () => {
  const { id } = await aDraft();
  expect(await step(id, 'VALIDATED')).toMatchObject([{ code: 'IMPOSSIBLE' }]);
  expect(await statusOf(id)).toMatchObject([{ workflow_status: 'DRAFT', publication_status: 'DRAFT', version: 2 }]);
  expect(await execute(database, 'select from good_practice_step where practice_id = $1', [id])).toEqual([]);
});

test('of two same steps at once one is taken', async () => {
  const { id } = await aDraft();
  const told = await Promise.all([step(id, 'SUBMITTED'), step(id, 'SUBMITTED')]);
  expect(told.map((errors) => errors.length).toSorted()).toEqual([0, 1]);
});

test('the database keeps a status and who sees it together', async () => {
  const { id } = await aDraft();
  const set = (columns: string) => execute(database, `update good_practice set ${columns} where id = $1`, [id]);
  await expect(set(`publication_status = 'PUBLISHED'`)).rejects.toThrow('good_practice_workflow');
  await expect(set(`workflow_status = 'VALIDATED'`)).rejects.toThrow('good_practice_workflow');
  await expect(set(`workflow_status = 'ARCHIVED'`)).rejects.toThrow('good_practice_workflow');
  await set(`publication_status = 'WITHDRAWN', withdrawn_reason = 'Entered twice.'`);
});

test('every status leads somewhere but the last, and all are reached', () => {
  expect(all.filter((status) => transitions[status].length === 0)).toEqual(['ARCHIVED']);
  expect(new Set(Object.values(transitions).flat())).toEqual(new Set(all));
});
