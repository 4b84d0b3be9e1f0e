import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, execute } from '../../support/database.js';
import { aPartner, aPlace, aPolicyInstrument, aPractice, aRegion } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { admin, changedBy, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
let other = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
  const origin = await aRegion(database, 'XA', { iso_country_code: 'XA' });
  const destination = await aRegion(database, 'XB', { iso_country_code: 'XB' });
  await aPractice(database, { slug: 'school' });
  await aPlace(database, { slug: 'there', region_id: destination.id });
  await aPlace(database, { slug: 'here', region_id: origin.id });
  await aPolicyInstrument(database, { slug: 'the-fund' });
});
const editor = () => editorOf(own, 'acc-own');
const run = (verb: string, input: object, asked?: string, viewer = editor()) =>
  send(graph, viewer, `transfer${verb}`, input, asked);

const page = 'https://example.org/opening';
const outcome = { indicator: 'Learners', unit: 'people', baseline: '0', target: '30', achieved: '40', on: '2023' };
const whole = {
  title: 'A school there',
  practices: ['school'],
  origins: ['XA'],
  destination: 'XB',
  destinationPlace: 'there',
  receiver: 'own',
  outcomes: [
    outcome,
    { ...outcome, indicator: 'Dropouts', direction: 'DECREASE', baseline: '9', target: '3', achieved: '4' },
  ],
};
const asked = `id slug version status publicationStatus title owner { id } practices { slug } origins { code } destination { code }
  outcomes { achieved targetReached indicator { slug } } statusHistory { status on note sourceUrl }`;
const begun = async () => (await run('Create', { ...whole, outcomes: [] }, 'id version')).record as { id: string };

describe('a transfer', () => {
  test('is entered as an interest, with its outcomes, and moved on to where it is at work', async () => {
    const { record, userErrors, errors } = await run('Create', whole, asked);
    expect(errors).toEqual([]);
    expect(userErrors).toEqual([]);
    expect(record).toMatchObject({
      slug: 'a-school-there',
      version: 1,
      status: 'INTEREST',
      publicationStatus: 'DRAFT',
      owner: { id: own },
      practices: [{ slug: 'school' }],
      origins: [{ code: 'XA' }],
      destination: { code: 'XB' },
      outcomes: [
        { achieved: '40', targetReached: true, indicator: { slug: 'learners' } },
        { achieved: '4', targetReached: false, indicator: { slug: 'dropouts' } },
      ],
    });
    const { id } = record;
    const steps: [verb: string, said: object][] = [
      ['Assess', { on: '2021', note: 'By a workshop.' }],
      ['Plan', {}],
      ['Hold', { note: 'The hall burnt down.' }],
      ['Resume', {}],
      ['Start', { on: '2022-03' }],
      ['Implement', { on: '2023-01', source: page }],
      ['Mainstream', { policyInstrument: 'the-fund' }],
      ['Publish', {}],
    ];
    let version = 1;
    for (const [verb, said] of steps) {
      const taken = await run(verb, { id, expectedVersion: version, ...said }, 'version');
      expect(taken).toMatchObject({ record: { version: version + 1 }, userErrors: [], errors: [] });
      version += 1;
    }
    const history = (account = {}) => ({
      status: 'MAINSTREAMED',
      publicationStatus: 'PUBLISHED',
      statusHistory: [
        { status: 'INTEREST', on: null, note: null, sourceUrl: null, ...account },
        { status: 'ASSESSED', on: '2021-01-01', note: 'By a workshop.', sourceUrl: null, ...account },
        { status: 'PLANNED', on: null, note: null, sourceUrl: null, ...account },
        { status: 'ON_HOLD', on: null, note: 'The hall burnt down.', sourceUrl: null, ...account },
        { status: 'PLANNED', on: null, note: null, sourceUrl: null, ...account },
        { status: 'IN_PROGRESS', on: '2022-03-01', note: null, sourceUrl: null, ...account },
        { status: 'IMPLEMENTED', on: '2023-01-01', note: null, sourceUrl: page, ...account },
        { status: 'MAINSTREAMED', on: null, note: null, sourceUrl: null, ...account },
      ],
    });
    const read = async (viewer?: typeof reviewer, wanted = asked) =>
      (await graph.run(`query ($id: ID!) { transfer(id: $id) { ${wanted} } }`, { id }, viewer)).data['transfer'];
    expect(await read()).toMatchObject(history());
    expect(await read(editor())).toMatchObject(history());
    const told = asked.replace('sourceUrl', 'sourceUrl account');
    expect(await read(admin, told)).toMatchObject(history({ account: 'acc-own' }));
  });

  test('is changed where something is given, and what is held against each other is read together', async () => {
    const { id } = await begun();
    const { record, userErrors } = await run('Update', { id, expectedVersion: 1, lessons: 'Begin small.' }, asked);
    expect(userErrors).toEqual([]);
    expect(record).toMatchObject({ version: 2, origins: [{ code: 'XA' }], practices: [{ slug: 'school' }] });
    const stray = await run('Update', { id, expectedVersion: 2, originPlaces: ['here', 'there'] });
    expect(stray.userErrors).toMatchObject([{ field: ['originPlaces', '1'], code: 'CONFLICT' }]);
    expect(await run('Update', { id, expectedVersion: 2, originPlaces: ['here'] })).toMatchObject({
      record: { version: 3 },
      userErrors: [],
    });
    expect((await run('Update', { id, expectedVersion: 3, destination: 'XA' })).userErrors).toMatchObject([
      { field: ['destinationPlace'], code: 'CONFLICT' },
    ]);
  });

  test('is moved on by the organisation that keeps it and by admins alone', async () => {
    const { id } = await begun();
    await run('Publish', { id, expectedVersion: 1 });
    const changed = await changedBy(database, async () => {
      for (const viewer of [editorOf(other), reviewer])
        expect((await run('Assess', { id, expectedVersion: 2 }, 'id', viewer)).errors).toMatchObject([
          { code: 'FORBIDDEN' },
        ]);
    });
    expect(changed).toEqual({});
    expect(await run('Assess', { id, expectedVersion: 2 }, 'status', admin)).toMatchObject({
      record: { status: 'ASSESSED' },
    });
  });
});

describe('nothing is stored of', () => {
  const forms: [what: string, input: object, errors: object[]][] = [
    [
      'a destination that does not exist',
      { ...whole, destination: 'XZ', destinationPlace: null },
      [{ field: ['destination'], code: 'NOT_FOUND', message: "No region has the code 'XZ'. Did you mean 'XA'?" }],
    ],
    [
      'a transfer of nothing to nowhere',
      { title: 'Nothing' },
      [
        { field: ['practices'], code: 'INVALID', message: 'It is empty. Name the practices that are transferred.' },
        { field: ['origins'], code: 'INVALID', message: 'It is empty. Name the regions that the practices come from.' },
        { field: ['destination'], code: 'REQUIRED', message: 'It is missing. Add it.' },
      ],
    ],
    [
      'an outcome without a unit',
      { ...whole, outcomes: [{ ...outcome, unit: null }] },
      [{ field: ['outcomes', '0', 'unit'], code: 'REQUIRED', message: 'It is missing. Add it.' }],
    ],
    [
      'a target on the wrong side of the baseline',
      { ...whole, outcomes: [{ ...outcome, direction: 'INCREASE', baseline: '50' }] },
      [
        {
          field: ['outcomes', '0', 'target'],
          code: 'INVALID',
          message: 'The figure is to rise, so its target lies above its baseline of 50. Correct one of them.',
        },
      ],
    ],
  ];

  test.each(forms)('%s', async (_, input, userErrors) => {
    const changed = await changedBy(database, async () => {
      expect(await run('Create', input)).toMatchObject({ record: null, userErrors, errors: [] });
    });
    expect(changed).toEqual({});
  });

  const steps: [what: string, verb: string, said: object, error: object][] = [
    [
      'a leap',
      'Implement',
      { on: '2021', source: page },
      {
        field: ['status'],
        code: 'IMPOSSIBLE',
        message: 'IMPLEMENTED cannot follow INTEREST. Possible from here: ASSESSED, ON_HOLD, ABANDONED, NOT_FEASIBLE.',
      },
    ],
    ['a day that is none', 'Assess', { on: 'soon' }, { field: ['on'], code: 'INVALID' }],
    ['a page that is none', 'Assess', { source: 'the wall' }, { field: ['source'], code: 'INVALID' }],
    [
      'an instrument that is not there',
      'Assess',
      { policyInstrument: 'no-fund' },
      { field: ['policyInstrument'], code: 'NOT_FOUND' },
    ],
    ['a withdrawal of a draft', 'Withdraw', { note: 'Why not.' }, { field: ['publicationStatus'], code: 'IMPOSSIBLE' }],
    ['a stale version', 'Assess', { expectedVersion: 7 }, { field: ['expectedVersion'], code: 'VERSION_CONFLICT' }],
  ];

  test.each(steps)('%s', async (_, verb, said, error) => {
    const { id } = await begun();
    const changed = await changedBy(database, async () => {
      expect(await run(verb, { id, expectedVersion: 1, ...said })).toMatchObject({ record: null, userErrors: [error] });
    });
    expect(changed).toEqual({});
  });
});

test('the database keeps a history as it was told', async () => {
  const { id } = await begun();
  const rewrite = database.writeAs(editor(), undefined, async (em) =>
    em
      .getConnection()
      .execute(
        `update transfer_status set status = 'MAINSTREAMED' where transfer_id = '${id}'`,
        [],
        'run',
        em.getTransactionContext(),
      ),
  );
  await expect(rewrite).rejects.toThrow('permission denied');
  expect(await execute(database, 'select status from transfer_status where transfer_id = $1', [id])).toEqual([
    { status: 'INTEREST' },
  ]);
});
