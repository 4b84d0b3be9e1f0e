import { beforeAll, describe, expect, test } from 'vitest';
import { claimsInput } from '../../../src/subgraphs/provenance/claim.inputs.js';
import { saveClaims } from '../../../src/subgraphs/provenance/claim.service.js';
import { aDatabase, execute } from '../../support/database.js';
import { aPartner, aPractice, aProgramme, aProject, aSource, draft } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { expectMistakes, expectRefusal } from '../../support/refused.js';
import { changedBy, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
let other = '';
let project = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
  const programme = await aProgramme(database);
  const money = { budget_amount: '100.00', budget_currency: 'EUR' };
  project = (await aProject(database, { programme_id: programme.id, slug: 'craft', owner_id: own, ...money })).id;
  await aSource(database, { slug: 'report', url: 'https://example.org/report' });
});
const editor = () => editorOf(own);
const enter = (input: object, viewer = editor(), asked = 'id version value') =>
  send(
    graph,
    viewer,
    'claimCreate',
    { record: project, field: 'budget', source: 'report', confidence: 'STATED', ...input },
    asked,
  );
const select = (id: string, expectedVersion: number, viewer = editor()) =>
  send(graph, viewer, 'claimSelect', { id, expectedVersion }, 'version isSelected');
const amount = (value: string) => ({ amount: { amount: value, currency: 'EUR' } });

test('where a figure comes from, and what else is claimed, is one query', async () => {
  const one = (await enter(amount('100'))).record;
  const input = { ...amount('120.5'), source: 'https://example.org/news', confidence: 'UNCERTAIN', qualifier: 'ABOUT' };
  const { record: two, userErrors, errors } = await enter({ ...input, sourceNote: 'Page 3.' }, reviewer);
  expect([errors, userErrors]).toEqual([[], []]);
  expect(await select(one.id, 1)).toMatchObject({ record: { version: 2, isSelected: true } });
  const asked = `{ project(slug: "craft") { budget { amount } sources { url }
    claims(field: "budget") { value money { amount } qualifier confidence sourceNote isSelected origin source { url } }
    revisions { nodes { version changes { field before after } } } } }`;
  const { data } = await graph.run(asked);
  const claim = { qualifier: 'EXACT', confidence: 'STATED', sourceNote: null, isSelected: true, origin: 'ENTERED' };
  const about = { qualifier: 'ABOUT', confidence: 'UNCERTAIN', sourceNote: 'Page 3.', isSelected: false };
  expect(data['project']).toEqual({
    budget: { amount: '100.00' },
    sources: [],
    claims: [
      { ...claim, value: '100.00 EUR', money: { amount: '100.00' }, source: { url: 'https://example.org/report' } },
      {
        ...claim,
        ...about,
        value: '120.50 EUR',
        money: { amount: '120.50' },
        source: { url: 'https://example.org/news' },
      },
    ],
    revisions: { nodes: [{ version: 1, changes: [] }] },
  });

  // Another one is shown from now on: by the reviewer, and the history tells it.
  expect(await select(two.id, 1, reviewer)).toMatchObject({ record: { version: 2, isSelected: true } });
  const told = await graph.run(`{ project(slug: "craft") { claims { isSelected
    revisions(orderBy: NEWEST, first: 1) { nodes { version changes { field before after } } } } } }`);
  const turned = (version: number, before: string, after: string) => ({
    nodes: [{ version, changes: [{ field: 'isSelected', before, after }] }],
  });
  expect(told.data['project'].claims).toEqual([
    { isSelected: false, revisions: turned(3, 'true', 'false') },
    { isSelected: true, revisions: turned(2, 'false', 'true') },
  ]);
});

test('of two that are selected at one moment one is shown', async () => {
  const subject = 'at once';
  const [one, two] = [await enter({ value: 'x', subject }), await enter({ value: 'y', subject })];
  const answers = await Promise.all([select(one.record.id, 1), select(two.record.id, 1)]);
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  const where = 'where subject = $1 and is_selected';
  expect(await execute(database, `select count(*)::int as count from claim ${where}`, [subject])).toEqual([
    { count: 1 },
  ]);
});

test('a claim that was sent again is entered once', async () => {
  const input = { value: 'Once', idempotencyKey: 'once' };
  const { record } = await enter(input);
  const changed = await changedBy(database, async () => {
    expect((await enter(input)).record).toEqual(record);
  });
  expect(changed).toEqual({});
});

test('what is taken back is neither shown nor selected, and seed files leave alone what people entered', async () => {
  const practice = await aPractice(database, { owner_id: own, slug: 'school' });
  const about = { record: practice.id, field: 'title' };
  const wrong = (await enter({ ...about, value: 'Wrong' })).record;
  const right = (await enter({ ...about, value: 'Right' })).record;
  await select(wrong.id, 1);
  const withdraw = (input: object) => send(graph, editor(), 'claimWithdraw', input, 'publicationStatus isSelected');
  await expectMistakes(database, () => withdraw({ id: wrong.id, expectedVersion: 2 }), [
    'note',
    'REQUIRED',
    'It is missing. Add it.',
  ]);
  expect(await withdraw({ id: wrong.id, expectedVersion: 2, note: 'It says nothing of the kind.' })).toMatchObject({
    record: { publicationStatus: 'WITHDRAWN', isSelected: false },
  });
  await select(right.id, 1);
  const seeded = (selected: boolean) =>
    claimsInput.parse({
      kind: 'GoodPractice',
      slug: 'school',
      field: 'title',
      values: [{ value: 'Seeded', source: 'report', confidence: 'STATED', selected }],
    });
  const shown = async () => {
    const { data } = await graph.run('{ goodPractice(slug: "school") { claims { value isSelected } } }');
    return data['goodPractice'].claims.map(({ value, isSelected }: Record<string, unknown>) => [value, isSelected]);
  };
  expect(await database.em().transactional((em) => saveClaims(em, [seeded(false)]))).toEqual([]);
  expect((await shown()).toSorted()).toEqual([
    ['Right', true],
    ['Seeded', false],
  ]);
  expect(await database.em().transactional((em) => saveClaims(em, [seeded(true)]))).toEqual([]);
  expect((await shown()).toSorted()).toEqual([
    ['Right', false],
    ['Seeded', true],
  ]);
  await expectMistakes(database, () => select(wrong.id, 3, reviewer), [
    'id',
    'IMPOSSIBLE',
    'This claim was taken back. Enter it anew.',
  ]);
});

test('a source that a claim about a draft brings in is open with the first record that names it', async () => {
  const practice = await aPractice(database, { owner_id: own, workflow_status: 'DRAFT', origin: 'ENTERED', ...draft });
  const source = 'https://example.org/planted';
  const claim = 'id source { url }';
  expect(
    (await enter({ record: practice.id, field: 'title', value: 'X', source }, editor(), claim)).record,
  ).toMatchObject({
    source: { url: source },
  });
  const open = async (viewer?: ReturnType<typeof editor>) =>
    JSON.stringify((await graph.run('{ sources(first: 100) { nodes { url } } }', {}, viewer)).data).includes('planted');
  expect([await open(), await open(editorOf(other)), await open(editor())]).toEqual([false, false, true]);
  await execute(
    database,
    `update good_practice set workflow_status = 'ACCEPTED_BY_PROJECT', publication_status = 'PUBLISHED' where id = $1`,
    [practice.id],
  );
  expect(await open()).toBe(true);
});

describe('nothing is stored of', () => {
  const mistakes: [what: string, input: object, path: string, code: string, message: string][] = [
    [
      'a claim about no field',
      { field: 'budgett', value: 'X' },
      'field',
      'NOT_FOUND',
      "A Project has no field 'budgett'. Did you mean 'budget'?",
    ],
    [
      'a claim about how a row is kept',
      { field: 'version', value: '7' },
      'field',
      'NOT_FOUND',
      expect.stringContaining("A Project has no field 'version'.") as never,
    ],
    [
      'a claim that says nothing',
      {},
      'value',
      'REQUIRED',
      'It is missing. Add what the source says, here or as amount.',
    ],
    [
      'a claim that says it twice',
      { value: 'X', ...amount('1') },
      'value',
      'CONFLICT',
      'An amount says it already. Take one of them out.',
    ],
    [
      'a claim of nobody',
      { value: 'X', source: 'no-report' },
      'source',
      'NOT_FOUND',
      "No source has the slug 'no-report'. Give its address, or correct the slug.",
    ],
    ['a claim with markup', { value: '<i>X</i>' }, 'value', 'INVALID', 'It holds markup, `<i>`. Write plain text.'],
    [
      'a claim that nobody says how sure it is',
      { value: 'X', confidence: null },
      'confidence',
      'REQUIRED',
      'It is missing. Choose one of STATED, DERIVED, UNCERTAIN, DISPUTED.',
    ],
  ];
  test.each(mistakes)('%s', async (_, input, ...mistake) => {
    await expectMistakes(database, () => enter(input), mistake);
  });

  test('a claim about what is not there, or not to be seen', async () => {
    const hidden = (await aPractice(database, { owner_id: other, ...draft })).id;
    const never = 'gp_01h455vb4pex5vsknk084sn02q';
    for (const record of [hidden, never])
      await expectMistakes(database, () => enter({ record, field: 'title', value: 'X' }), [
        'record',
        'NOT_FOUND',
        `No record that you may see has the id '${record}'.`,
      ]);
  });

  test('who may not: another organisation, and nobody at all', async () => {
    const { record } = await enter({ value: 'Guarded' });
    const nobody = { role: 'ANONYMOUS', partnerId: null, accountId: null } as never;
    await expectRefusal(database, () => enter({ value: 'X' }, editorOf(other)), 'FORBIDDEN');
    await expectRefusal(database, () => select(record.id, 1, editorOf(other)), 'FORBIDDEN');
    await expectRefusal(database, () => enter({ value: 'X' }, nobody), 'UNAUTHENTICATED');
    await expectMistakes(database, () => select(record.id, 7), [
      'expectedVersion',
      'VERSION_CONFLICT',
      'It has changed since: it is at version 1, not 7. Read it again, then decide.',
    ]);
  });
});
