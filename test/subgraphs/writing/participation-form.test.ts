import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase } from '../../support/database.js';
import { aParticipation, aPartner, aProgramme, aProject } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { mistaken, outcome, refused, type Mistake } from '../../support/refused.js';
import { admin, editorOf, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
const partners: Record<string, string> = {};
let project = '';
beforeAll(async () => {
  const programme = await aProgramme(database);
  const span = {
    start_date: '2012-01-01',
    start_date_precision: 'DAY',
    end_date: '2014-12-31',
    end_date_precision: 'DAY',
  };
  project = (await aProject(database, { programme_id: programme.id, slug: 'crafts', ...span })).id;
  await aProject(database, { programme_id: programme.id, slug: 'second' });
  for (const slug of ['lead', 'own', 'other', 'third']) partners[slug] = (await aPartner(database, { slug })).id;
  await aParticipation(database, { project_id: project, partner_id: partners['lead'] as string, role: 'LEAD_PARTNER' });
});
const as = (slug: string) => editorOf(partners[slug] as string);
const asked = `id version publicationStatus role position startDate budget { amount } project { slug } partner { slug }
  replacedBy { partner { slug } }`;
const create = (input: object, viewer = as('own')) =>
  send(graph, viewer, 'participationCreate', { language: 'en', project: 'crafts', role: 'PARTNER', ...input }, asked);
const change = (input: object, viewer = as('own')) => send(graph, viewer, 'participationUpdate', input, asked);
const step = (verb: string, input: object, viewer = as('own')) =>
  send(graph, viewer, `participation${verb}`, input, asked);

test('a partner says that it takes part; the lead partner confirms it, and may enter it itself', async () => {
  const { record, userErrors, errors } = await create({
    order: 2,
    startDate: '2012-05',
    budget: { amount: '5', currency: 'EUR' },
  });
  expect([errors, userErrors]).toEqual([[], []]);
  const after = {
    id: record.id,
    version: 1,
    publicationStatus: 'DRAFT',
    role: 'PARTNER',
    position: 2,
    startDate: '2012-05-01',
    budget: { amount: '5.00' },
    project: { slug: 'crafts' },
    partner: { slug: 'own' },
    replacedBy: null,
  };
  expect(record).toEqual(after);
  const { id } = record;
  expect((await change({ id, expectedVersion: 1, order: null })).record).toEqual({
    ...after,
    version: 2,
    position: null,
  });
  expect(await outcome(database, () => step('Publish', { id, expectedVersion: 2 }))).toEqual(refused('FORBIDDEN'));
  expect(await outcome(database, () => step('Publish', { id, expectedVersion: 2 }, as('other')))).toEqual(
    refused('NOT_FOUND'),
  );
  expect((await step('Publish', { id, expectedVersion: 2 }, as('lead'))).record).toMatchObject({
    version: 3,
    publicationStatus: 'PUBLISHED',
  });
  expect((await change({ id, expectedVersion: 3, order: 3 })).record).toMatchObject({ version: 4, position: 3 });
  const theirs = await create({ partner: 'other', role: 'ASSOCIATED' }, as('lead'));
  expect(theirs.record).toMatchObject({ partner: { slug: 'other' }, publicationStatus: 'DRAFT' });
});

describe('nobody gives rights to itself', () => {
  let third: string | undefined;
  test.each([
    ['as lead partner, entered so', (_id: string) => create({ role: 'LEAD_PARTNER', project: 'second' }, as('third'))],
    [
      'as lead partner, when confirmed as another',
      (id: string) => change({ id, expectedVersion: 1, role: 'LEAD_PARTNER' }, as('third')),
    ],
    [
      'in another project than the one confirmed',
      (id: string) => change({ id, expectedVersion: 1, project: 'second' }, as('third')),
    ],
  ])('%s', async (_, attempt) => {
    const role = { project_id: project, partner_id: partners['third'] as string, role: 'PARTNER' };
    third ??= (await aParticipation(database, role)).id;
    expect(await outcome(database, () => attempt(third as string))).toEqual(refused('FORBIDDEN'));
  });
});

test('a part is taken over by another of the same project, and never in a circle', async () => {
  const enter = async (partner: string) => (await create({ partner, role: 'EXPERT' }, admin)).record.id as string;
  const [first, second] = [await enter('own'), await enter('other')];
  const taken = await change({ id: first, expectedVersion: 1, replacedBy: 'other' }, admin);
  expect(taken.record).toMatchObject({ version: 2, replacedBy: { partner: { slug: 'other' } } });
  const kept = await change({ id: first, expectedVersion: 2, order: 7 }, admin);
  expect(kept.record).toMatchObject({ version: 3, position: 7, replacedBy: { partner: { slug: 'other' } } });
  expect(
    await outcome(database, () => change({ id: second, expectedVersion: 1, replacedBy: partners['own'] }, admin)),
  ).toEqual(
    mistaken([
      'replacedBy',
      'CYCLE',
      '`replacedBy` leads back to it: crafts/other/EXPERT, crafts/own/EXPERT, crafts/other/EXPERT. Take one of them out.',
    ]),
  );
  expect(await outcome(database, () => change({ id: second, expectedVersion: 1, replacedBy: 'third' }, admin))).toEqual(
    mistaken([
      'replacedBy',
      'NOT_FOUND',
      "'third' has no entry as EXPERT of crafts that takes over from this one. Add it, or correct the slug.",
    ]),
  );
});

describe('nothing is stored of', () => {
  const mistakes: [what: string, input: object, ...mistakes: Mistake[]][] = [
    [
      'a form without what it needs',
      { project: null, role: null },
      ['project', 'REQUIRED', 'It is missing. Add it.'],
      [
        'role',
        'REQUIRED',
        'It is missing. Choose one of LEAD_PARTNER, PARTNER, ASSOCIATED, TECHNICAL, THIRD_PARTY, EXPERT.',
      ],
    ],
    [
      'an end before its start, and markup',
      { startDate: '2013', endDate: '2012', roleLabel: '<b>' },
      ['roleLabel', 'INVALID', 'It holds markup, `<b>`. Write plain text.'],
      [
        'endDate',
        'INVALID',
        'It lies before the start. Correct one of them, or give the end as precisely as the start.',
      ],
    ],
    [
      'dates outside of its project',
      { role: 'TECHNICAL', startDate: '2011', endDate: '2015-01-01' },
      ['startDate', 'CONFLICT', 'It lies before the start of crafts. Correct one of them.'],
      ['endDate', 'CONFLICT', 'It lies after the end of crafts. Correct one of them.'],
    ],
    [
      'a project that is not there',
      { project: 'craft' },
      ['project', 'NOT_FOUND', "No project has the slug 'craft'. Did you mean 'crafts'?"],
    ],
    [
      'a part of another organisation',
      { partner: 'other' },
      ['partner', 'FORBIDDEN', "You write for 'own' alone. Leave this out, or name that organisation."],
    ],
  ];
  test.each(mistakes)('%s', async (_, input, ...expected) => {
    expect(await outcome(database, () => create(input))).toEqual(mistaken(...expected));
  });

  test('a part that is there already, nor of a part that becomes one', async () => {
    const message = "'own' takes part in crafts as THIRD_PARTY already. Change that record.";
    await create({ role: 'THIRD_PARTY' });
    expect(await outcome(database, () => create({ role: 'THIRD_PARTY' }))).toEqual(
      mistaken(['role', 'DUPLICATE', message]),
    );
    const { record } = await create({ role: 'ASSOCIATED' });
    expect(await outcome(database, () => change({ id: record.id, expectedVersion: 1, role: 'THIRD_PARTY' }))).toEqual(
      mistaken(['role', 'DUPLICATE', message]),
    );
  });
});
