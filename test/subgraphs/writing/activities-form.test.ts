import { describe, expect, test } from 'vitest';
import { aDatabase } from '../../support/database.js';
import { anEvent, anOutput } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { aPartnership } from '../../support/partnership.js';
import { mistaken, outcome, refused, type Mistake } from '../../support/refused.js';
import { admin, reviewer } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
const { as, sends, create, stepper } = await aPartnership(database, graph);
await anEvent(database, { slug: 'meeting' });

describe('an output', () => {
  test('is entered and changed by the organisation that sees to it', async () => {
    const used = await anOutput(database, { slug: 'platform' });
    const asked = `id slug version publicationStatus title type isMainResult publishedOn languages responsible { slug }
      project { slug } uses { slug } sources { url }`;
    const { record, userErrors } = await create(
      'output',
      {
        title: 'Toolkit',
        type: 'TOOLKIT',
        mainResult: true,
        project: 'crafts',
        published: '2021-11',
        languages: ['en', 'it'],
        uses: [used.id],
        sources: ['https://example.org/toolkit'],
      },
      asked,
    );
    expect(userErrors).toEqual([]);
    const after = {
      id: record.id,
      slug: 'toolkit',
      version: 1,
      publicationStatus: 'DRAFT',
      title: 'Toolkit',
      type: 'TOOLKIT',
      isMainResult: true,
      publishedOn: '2021-11-01',
      languages: ['en', 'it'],
      responsible: { slug: 'own' },
      project: { slug: 'crafts' },
      uses: [{ slug: 'platform' }],
      sources: [{ url: 'https://example.org/toolkit' }],
    };
    expect(record).toEqual(after);
    const input = { id: record.id, expectedVersion: 1, mainResult: null, uses: null };
    const { record: changed } = await sends('outputUpdate', input, asked);
    expect(changed).toEqual({ ...after, version: 2, isMainResult: null, uses: [] });
    await sends('outputPublish', { id: record.id, expectedVersion: 2 });
    const theirs = { ...input, expectedVersion: 3 };
    expect(await outcome(database, () => sends('outputUpdate', theirs, 'id', as('other')))).toEqual(
      refused('FORBIDDEN'),
    );
  });

  test('is told to have come further, day by day, and never back', async () => {
    const step = await stepper(
      'output',
      { title: 'Reported', type: 'GUIDE' },
      'status updates { reportedOn status note event { slug } sources { url } }',
    );
    const { record, userErrors } = await step('Report', {
      on: '2021-11-17',
      status: 'IN_DEVELOPMENT',
      event: 'meeting',
      note: 'Presented.',
      source: 'https://example.org/report',
    });
    expect(userErrors).toEqual([]);
    const first = {
      reportedOn: '2021-11-17',
      status: 'IN_DEVELOPMENT',
      note: 'Presented.',
      event: { slug: 'meeting' },
      sources: [{ url: 'https://example.org/report' }],
    };
    expect(record).toEqual({ version: 2, status: 'IN_DEVELOPMENT', updates: [first] });
    const refusals: [input: object, ...Mistake[]][] = [
      [
        { on: '2021-11-17', status: 'FIRST_VERSION' },
        ['on', 'CONFLICT', 'Its status of 2021-11-17 is told already. Give a later day.'],
      ],
      [
        { on: '2022-01-01', status: 'PLANNED' },
        [
          'status',
          'IMPOSSIBLE',
          'The output is IN_DEVELOPMENT and cannot become PLANNED. From there it goes to IN_DEVELOPMENT or FIRST_VERSION or COMPLETED or DISCONTINUED.',
        ],
      ],
      [{ on: '2022-01-01', status: 'DISCONTINUED' }, ['note', 'REQUIRED', 'Say why it becomes DISCONTINUED.']],
      [
        { on: '2022-01-01', status: 'COMPLETED', event: 'none', source: 'https://' },
        ['source', 'INVALID', 'Write the whole address, from http:// or https:// on.'],
      ],
      [
        { on: '2022-01-01', status: 'COMPLETED', event: 'none' },
        ['event', 'NOT_FOUND', "No event has the slug 'none'. Add it first, or correct the reference."],
      ],
      [{ status: 'COMPLETED' }, ['on', 'REQUIRED', 'It is missing. Add it.']],
    ];
    for (const [input, ...mistakes] of refusals)
      expect(await outcome(database, () => step('Report', input))).toEqual(mistaken(...mistakes));
    const { userErrors: early } = await step('Report', { on: '2999-01-01', status: 'COMPLETED' });
    expect(early).toMatchObject([{ field: ['on'], code: 'INVALID' }]);
    expect((await step('Report', { on: '2022-01-01', status: 'COMPLETED' })).record).toMatchObject({
      version: 3,
      status: 'COMPLETED',
    });
  });
});

describe('a task', () => {
  const asked = 'id version publicationStatus status assignee { slug } assigneeText project { slug }';

  test('is entered by whoever has to do it, or for others by the lead partner', async () => {
    const task = { title: 'Report', project: 'crafts' };
    const { record } = await create('task', task, asked);
    const mine = { publicationStatus: 'DRAFT', status: 'OPEN', assignee: { slug: 'own' }, project: { slug: 'crafts' } };
    expect(record).toMatchObject({ version: 1, ...mine });
    const given = { ...task, assignee: 'other' };
    expect((await create('task', given, asked, as('lead'))).record).toMatchObject({ assignee: { slug: 'other' } });
    const ofAll = { ...task, assignee: null, assigneeText: 'each partner' };
    const { record: everybody } = await create('task', ofAll, asked, as('lead'));
    expect(everybody).toMatchObject({ assignee: null, assigneeText: 'each partner' });
    for (const input of [given, ofAll])
      expect(await outcome(database, () => create('task', input))).toEqual(
        mistaken(['assignee', 'FORBIDDEN', "You write for 'own' alone. Leave this out, or name that organisation."]),
      );
    // The lead partner sees the drafts of its project, and may give the work to somebody else.
    const moved = { id: record.id, expectedVersion: 1, assignee: 'other' };
    expect(await outcome(database, () => sends('taskUpdate', moved))).toEqual(
      mistaken(['assignee', 'FORBIDDEN', "You write for 'own' alone. Leave this out, or name that organisation."]),
    );
    expect((await sends('taskUpdate', moved, asked, as('lead'))).record).toMatchObject({
      version: 2,
      assignee: { slug: 'other' },
    });
    const back = { id: record.id, expectedVersion: 2, title: 'Mine' };
    expect(await outcome(database, () => sends('taskUpdate', back))).toEqual(refused('NOT_FOUND'));
  });

  test('is moved on by the two, each step from where it may be taken', async () => {
    const step = await stepper('task', { title: 'Steps', project: 'crafts' }, 'status publicationStatus');
    expect((await step('Publish')).record).toMatchObject({ publicationStatus: 'PUBLISHED' });
    expect((await step('Start')).record).toMatchObject({ version: 3, status: 'IN_PROGRESS' });
    expect(await outcome(database, () => step('Complete', {}, as('other')))).toEqual(refused('FORBIDDEN'));
    expect(await outcome(database, () => step('Complete', {}, reviewer))).toEqual(refused('FORBIDDEN'));
    expect((await step('Complete', {}, as('lead'))).record).toMatchObject({ status: 'DONE' });
    expect(await outcome(database, () => step('Cancel', { note: 'No.' }))).toEqual(
      mistaken(['status', 'IMPOSSIBLE', 'The task is DONE and cannot become CANCELLED. From there it goes to OPEN.']),
    );
    expect(await outcome(database, () => step('Reopen'))).toEqual(
      mistaken(['note', 'REQUIRED', 'Say why it becomes OPEN.']),
    );
    expect((await step('Reopen', { note: 'Again.' })).record).toMatchObject({ status: 'OPEN' });
  });
});

describe('nothing is stored of', () => {
  const long = 'x'.repeat(300);
  const markup: Mistake = ['title', 'INVALID', 'It holds markup, `<b>`. Write plain text.'];
  const tooLong: Mistake = ['title', 'INVALID', 'It has more than 200 characters. Shorten it.'];
  const noPartner = "No partner has the slug 'nobody'. Add it first, or correct the reference.";
  const mistakes: [type: string, what: string, input: object, ...mistakes: Mistake[]][] = [
    ['output', 'markup', { title: '<b>', type: 'GUIDE' }, markup],
    [
      'output',
      'too long a title and no type',
      { title: long },
      tooLong,
      [
        'type',
        'REQUIRED',
        'It is missing. Choose one of TOOLKIT, TRAINING_PLATFORM, GUIDE, PUBLICATION, NEWSLETTER, OTHER.',
      ],
    ],
    [
      'output',
      'one that builds on itself, or on none',
      { slug: 'a', title: 'A', type: 'GUIDE', uses: ['a', 'none'] },
      ['uses', 'INVALID', 'It names the output itself. Take it out.'],
    ],
    ['task', 'markup, and no project', { title: '<b>' }, markup, ['project', 'REQUIRED', 'It is missing. Add it.']],
    [
      'task',
      'two assignees',
      { title: 'A', project: 'crafts', assigneeText: 'each partner' },
      ['assigneeText', 'INVALID', 'Assignee says it already. Keep one of them.'],
    ],
    [
      'task',
      'what it names that is not there',
      { title: 'A', project: 'craft', reviewedAt: 'none' },
      ['project', 'NOT_FOUND', "No project has the slug 'craft'. Did you mean 'crafts'?"],
      ['reviewedAt', 'NOT_FOUND', "No event has the slug 'none'. Add it first, or correct the reference."],
    ],
    [
      'actionPlan',
      'an action without a title, and one of no transfer',
      { title: 'A', project: 'crafts', actions: [{ transfer: 'none' }, { title: '<b>' }] },
      ['actions.0.title', 'REQUIRED', 'It is missing. Add it.'],
      ['actions.1.title', 'INVALID', markup[2]],
    ],
    [
      'actionPlan',
      'an action of a transfer that is not there',
      { title: 'A', project: 'crafts', actions: [{ title: 'A', transfer: 'none' }] },
      ['actions.0.transfer', 'NOT_FOUND', "No transfer has the slug 'none'. Add it first, or correct the reference."],
    ],
    ['actionPlan', 'too long a title', { title: long, project: 'crafts' }, tooLong],
  ];
  test.each(mistakes)('%s: %s', async (type, _, input, ...expected) => {
    expect(await outcome(database, () => create(type, input))).toEqual(mistaken(...expected));
  });

  test.each([
    ['output', 'responsible', { title: 'A', type: 'GUIDE' }],
    ['task', 'assignee', { title: 'A', project: 'crafts' }],
    ['actionPlan', 'proposedBy', { title: 'A', project: 'crafts' }],
  ])('%s for another organisation, or of nobody', async (type, owner, input) => {
    expect(await outcome(database, () => create(type, { ...input, [owner]: 'other' }))).toEqual(
      mistaken([owner, 'FORBIDDEN', "You write for 'own' alone. Leave this out, or name that organisation."]),
    );
    expect(await outcome(database, () => create(type, { ...input, [owner]: 'nobody' }, 'id', admin))).toEqual(
      mistaken([owner, 'NOT_FOUND', noPartner]),
    );
  });
});
