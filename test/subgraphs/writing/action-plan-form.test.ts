import { describe, expect, test } from 'vitest';
import { aDatabase } from '../../support/database.js';
import { aGraph } from '../../support/graph.js';
import { aPartnership } from '../../support/partnership.js';
import { mistaken, outcome, refused } from '../../support/refused.js';
import { admin } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
const { as, sends, create, stepper } = await aPartnership(database, graph);

describe('an action plan', () => {
  const plan = { title: 'Plan', project: 'crafts', actions: [{ title: 'One' }, { title: 'Two' }] };

  test('is entered and changed by its proposer, with its actions', async () => {
    const asked = 'version status proposedBy { slug } actions { title sources { url } }';
    const source = 'https://example.org/plan';
    const input = { ...plan, title: 'Entered', sources: [source] };
    const { record } = await create('actionPlan', input, `id ${asked}`);
    const sources = [{ url: source }];
    expect(record).toMatchObject({
      version: 1,
      status: 'PROPOSED',
      proposedBy: { slug: 'own' },
      actions: [
        { title: 'One', sources },
        { title: 'Two', sources },
      ],
    });
    const update = { id: record.id, expectedVersion: 1, actions: [{ title: 'Two' }, { title: 'Three' }] };
    expect((await sends('actionPlanUpdate', update, asked)).record).toMatchObject({
      version: 2,
      actions: [
        { title: 'Two', sources },
        { title: 'Three', sources },
      ],
    });
  });

  test('goes its way once others of its project endorse it', async () => {
    const step = await stepper('actionPlan', { ...plan, title: 'Endorsed' }, 'status statusOn endorsedBy { slug }');
    expect(await outcome(database, () => step('Endorse', {}, as('other')))).toEqual(refused('NOT_FOUND'));
    await step('Publish');
    expect(await outcome(database, () => step('Support'))).toEqual(
      mistaken([
        'endorsedBy',
        'IMPOSSIBLE',
        'Nobody endorses it yet. Other partners of its project do so by `actionPlanEndorse`.',
      ]),
    );
    expect(await outcome(database, () => step('Endorse'))).toEqual(
      mistaken(['endorsedBy', 'IMPOSSIBLE', 'You propose it yourself. Others endorse it.']),
    );
    expect(await outcome(database, () => step('Endorse', {}, admin))).toEqual(
      mistaken(['endorsedBy', 'IMPOSSIBLE', 'Organisations endorse plans: their editors do.']),
    );
    expect(await outcome(database, () => step('Endorse', {}, as('stranger')))).toEqual(refused('FORBIDDEN'));
    expect((await step('Endorse', {}, as('other'))).record).toMatchObject({
      version: 3,
      status: 'PROPOSED',
      endorsedBy: [{ slug: 'other' }],
    });
    expect(await outcome(database, () => step('Endorse', {}, as('other')))).toEqual(
      mistaken(['endorsedBy', 'IMPOSSIBLE', 'You endorse it already.']),
    );
    expect(await outcome(database, () => step('Support', {}, as('other')))).toEqual(refused('FORBIDDEN'));
    expect((await step('Support', { on: '2022-02-01' })).record).toMatchObject({
      status: 'SUPPORTED',
      statusOn: '2022-02-01',
    });
    expect(await outcome(database, () => step('Approve', { on: '2022-01-31' }))).toEqual(
      mistaken(
        ['on', 'CONFLICT', 'It lies before 2022-02-01, when the plan became SUPPORTED. Correct it.'],
        ['source', 'REQUIRED', 'Name a page that shows who approved it.'],
      ),
    );
    const approved = await step('Approve', { on: '2022-03-01', source: 'https://example.org/approval' });
    expect(approved.record).toMatchObject({ status: 'APPROVED' });
    expect(await outcome(database, () => step('Complete'))).toEqual(
      mistaken([
        'status',
        'IMPOSSIBLE',
        'The action plan is APPROVED and cannot become COMPLETED. From there it goes to IN_IMPLEMENTATION.',
      ]),
    );
    expect((await step('Start')).record).toMatchObject({ status: 'IN_IMPLEMENTATION' });
    expect((await step('Complete')).record).toMatchObject({ status: 'COMPLETED' });
    expect(await outcome(database, () => step('Endorse', {}, as('lead')))).toEqual(
      mistaken(['endorsedBy', 'IMPOSSIBLE', 'The plan is COMPLETED. Plans are endorsed before they are approved.']),
    );
  });
});
