import { beforeAll, expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import {
  anIndicator,
  anOutcome,
  aPartner,
  aPolicyInstrument,
  aPractice,
  aProgramme,
  aProject,
  aRegion,
  aTheme,
  aTransfer,
  draft,
  link,
} from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);
const ids: Record<string, string> = {};

beforeAll(async () => {
  const [here, there, far] = await Promise.all(['XA', 'XB', 'XC'].map((code) => aRegion(database, code)));
  const inside = await aRegion(database, 'XB1', { path: '2024/XB/XB1/', level: 1, country_code: 'XB' });
  const programme = await aProgramme(database, { slug: 'programme' });
  const project = await aProject(database, { slug: 'project', programme_id: programme.id });
  const receiver = await aPartner(database, { slug: 'receiver' });
  const theme = await aTheme(database, { slug: 'theme' });
  const hiddenTheme = await aTheme(database, { slug: 'hidden-theme', ...draft });
  const practice = await aPractice(database, { slug: 'practice' });
  await link(database, 'good_practice_theme', { good_practice_id: practice.id, theme_id: theme.id });
  await link(database, 'good_practice_theme', { good_practice_id: practice.id, theme_id: hiddenTheme.id });
  const instrument = await aPolicyInstrument(database, { slug: 'instrument', region_id: inside.id });
  const hiddenInstrument = await aPolicyInstrument(database, { slug: 'hidden-instrument', ...draft });
  const reached = await aTransfer(database, {
    slug: 'reached',
    title: 'Carried over',
    destination_id: inside.id,
    status: 'MAINSTREAMED',
    kind: 'ADOPTION',
    mechanisms: ['WORKSHOP', 'MENTORING'],
    project_id: project.id,
    receiver_id: receiver.id,
    policy_instrument_id: instrument.id,
    reported_on: '2022-05-01',
    start_date: '2020-01-01',
    start_date_precision: 'YEAR',
  });
  await link(database, 'transfer_practice', { transfer_id: reached.id, practice_id: practice.id });
  await link(database, 'transfer_origin', { transfer_id: reached.id, region_id: here?.id ?? '' });
  const missed = await aTransfer(database, {
    slug: 'missed',
    destination_id: there?.id ?? '',
    status: 'ON_HOLD',
    mechanisms: ['WORKSHOP'],
    policy_instrument_id: hiddenInstrument.id,
    reported_on: '2019-01-01',
    start_date: '2018-03-01',
    start_date_precision: 'MONTH',
  });
  const plain = await aTransfer(database, { slug: 'plain', destination_id: far?.id ?? '' });
  const hidden = await aTransfer(database, { slug: 'hidden', destination_id: far?.id ?? '', ...draft });
  const indicator = await anIndicator(database);
  const outcome = (transfer: { id: string }, columns: object) =>
    anOutcome(database, { transfer_id: transfer.id, indicator_id: indicator.id, ...columns });
  await outcome(reached, { baseline: 10, target: 20, achieved: 20 });
  await outcome(missed, { baseline: 10, target: 20, achieved: 19 });
  await outcome(missed, { ...draft, target: 1, achieved: 2 });
  ids['outcome'] = (await outcome(hidden, { target: 1, achieved: 2 })).id;
  for (const transfer of [reached, plain, hidden])
    await execute(
      database,
      `insert into transfer_status (transfer_id, position, status, source_url) values ($1, 0, 'INTEREST', 'https://example.org')`,
      [transfer.id],
    );
  Object.assign(ids, { reached: reached.id, hidden: hidden.id, hiddenInstrument: hiddenInstrument.id });
});

const slugs = async (args: string) => {
  const { data, errors } = await graph.run(`{ transfers(${args}) { nodes { slug } } }`);
  expect(errors).toEqual([]);
  return data['transfers'].nodes.map(({ slug }: { slug: string }) => slug);
};

test.each([
  ['status: { in: [MAINSTREAMED] }', ['reached']],
  ['kind: { eq: ADOPTION }', ['reached']],
  ['mechanism: { eq: MENTORING }', ['reached']],
  ['mechanism: { in: [WORKSHOP, PEER_REVIEW] }', ['missed', 'reached']],
  ['mechanism: { eq: DOCUMENT }', []],
  ['originRegion: { within: "XA" }', ['reached']],
  ['originCountry: { eq: "XA" }', ['reached']],
  ['destination: { within: "XB" }', ['missed', 'reached']],
  ['destination: { eq: "XB" }', ['missed']],
  ['destinationCountry: { in: ["XB"] }', ['missed', 'reached']],
  ['practice: { eq: "practice" }', ['reached']],
  ['theme: { eq: "theme" }', ['reached']],
  ['theme: { within: "theme" }', ['reached']],
  ['project: { eq: "project" }', ['reached']],
  ['programme: { eq: "programme" }', ['reached']],
  ['receiver: { eq: "receiver" }', ['reached']],
  ['policyInstrument: { eq: "instrument" }', ['reached']],
  ['policyInstrument: { eq: "hidden-instrument" }', []],
  ['reportedOn: { gte: "2019-01-01", lte: "2019-12-31" }', ['missed']],
  ['startDate: { gte: "2020-01-01", lte: "2020-12-31" }', ['reached']],
  ['hasOutcomes: true', ['missed', 'reached']],
  ['hasOutcomes: false', ['plain']],
  ['targetReached: true', ['reached']],
  ['targetReached: false', ['missed', 'plain']],
  ['title: { contains: "CARRIED" }', ['reached']],
])('where { %s } finds %j', async (where, found) => {
  expect((await slugs(`where: { ${where} }`)).toSorted()).toEqual(found);
});

test('a theme that is not public is as unknown as one that is not there', async () => {
  const { errors } = await graph.run('{ transfers(where: { theme: { eq: "hidden-theme" } }) { nodes { slug } } }');
  expect(errors).toMatchObject([
    { code: 'BAD_USER_INPUT', message: "No theme has the slug 'hidden-theme'. Take one that `themes` lists." },
  ]);
});

test.each([
  ['REPORTED_DESC', ['reached', 'missed', 'plain']],
  ['STARTED_DESC', ['reached', 'missed', 'plain']],
  ['DESTINATION_ASC', ['missed', 'reached', 'plain']],
  ['STATUS_ASC', ['plain', 'reached', 'missed']],
  ['UPDATED_DESC', ['plain', 'reached', 'missed']],
])('orderBy %s, walked row by row', async (order, found) => {
  const walked: string[] = [];
  let after: string | null = null;
  do {
    const { data } = await graph.run(
      `query ($after: String) { transfers(orderBy: ${order}, first: 1, after: $after) { nodes { slug } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    const { nodes, pageInfo } = data['transfers'];
    walked.push(nodes[0].slug);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(walked).toEqual(found);
});

test('neither the history nor the outcomes of a draft are open, and a draft outcome is not', async () => {
  const { data, errors } = await graph.run(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { id }
      transfers(orderBy: STATUS_ASC) { nodes { slug policyInstrument { slug } statusHistory { status } outcomes { achieved } } }
      policyInstruments { totalCount } }`,
    { ids: [ids['hidden'], ids['outcome'], ids['hiddenInstrument']] },
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    nodes: [null, null, null],
    transfers: {
      nodes: [
        { slug: 'plain', policyInstrument: null, statusHistory: [{ status: 'INTEREST' }], outcomes: [] },
        {
          slug: 'reached',
          policyInstrument: { slug: 'instrument' },
          statusHistory: [{ status: 'INTEREST' }],
          outcomes: [{ achieved: '20' }],
        },
        { slug: 'missed', policyInstrument: null, statusHistory: [], outcomes: [{ achieved: '19' }] },
      ],
    },
    policyInstruments: { totalCount: 1 },
  });
  const { sql } = await import('kysely');
  const read = database.readAs({ role: 'ANONYMOUS', partnerId: null });
  expect(await read(sql`select from transfer_status where transfer_id = ${ids['hidden']}`)).toEqual([]);
  const office = await graph.run(
    'query ($id: ID!) { transfer(id: $id) { statusHistory { status } outcomes { targetReached } } }',
    { id: ids['hidden'] },
    { role: 'REVIEWER', partnerId: null, accountId: null },
  );
  expect(office.data['transfer']).toEqual({
    statusHistory: [{ status: 'INTEREST' }],
    outcomes: [{ targetReached: true }],
  });
});

test.each([
  ['target above the baseline, reached', { baseline: 10, target: 20, achieved: 20 }, true],
  ['target above the baseline, missed', { baseline: 10, target: 20, achieved: 19.9 }, false],
  ['target below the baseline, reached', { baseline: 10, target: 5, achieved: 5 }, true],
  ['target below the baseline, missed', { baseline: 10, target: 5, achieved: 6 }, false],
  ['target at the baseline, kept', { baseline: 10, target: 10, achieved: 10 }, true],
  ['target at the baseline, not kept', { baseline: 10, target: 10, achieved: 9 }, false],
  ['no baseline, reached', { target: 5, achieved: 6 }, true],
  ['no baseline, missed', { target: 5, achieved: 4 }, false],
  ['no target', { baseline: 1, achieved: 4 }, null],
  ['not measured', { baseline: 1, target: 4, achieved: null }, null],
  ['about the target', { target: 5, achieved: 5, qualifier: 'ABOUT' }, true],
  ['more than the target', { target: 5, achieved: 5, qualifier: 'MORE_THAN' }, true],
  ['more than less than the target', { target: 5, achieved: 4, qualifier: 'MORE_THAN' }, null],
  ['less than the target', { target: 5, achieved: 5, qualifier: 'LESS_THAN' }, false],
  ['less than more than the target', { target: 5, achieved: 6, qualifier: 'LESS_THAN' }, null],
  ['less than a target below', { baseline: 10, target: 5, achieved: 5, qualifier: 'LESS_THAN' }, true],
  ['less than more than a target below', { baseline: 10, target: 5, achieved: 6, qualifier: 'LESS_THAN' }, null],
  ['more than a target below', { baseline: 10, target: 5, achieved: 5, qualifier: 'MORE_THAN' }, false],
  ['more than less than a target below', { baseline: 10, target: 5, achieved: 4, qualifier: 'MORE_THAN' }, null],
])('%s: targetReached', async (_, figures, expected) => {
  const indicator = await anIndicator(database);
  const { id } = await anOutcome(database, {
    transfer_id: ids['reached'] ?? '',
    indicator_id: indicator.id,
    ...figures,
  });
  const { data } = await graph.run('query ($id: ID!) { node(id: $id) { ... on Outcome { targetReached } } }', { id });
  expect(data['node']).toEqual({ targetReached: expected });
  await execute(database, 'delete from outcome where id = $1', [id]);
});

test('outcomes may be asked for by whether they reached their target', async () => {
  const { data } = await graph.run(`{ transfer(slug: "reached") {
    yes: outcomes(targetReached: true) { change changePercent } no: outcomes(targetReached: false) { change } } }`);
  expect(data['transfer']).toEqual({ yes: [{ change: '10', changePercent: '100.0' }], no: [] });
});
