import { expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const interest = { status: 'INTEREST', on: '2021-09-30', onPrecision: 'DAY' };

const database = await aDatabase('seeded');
const graph = await aGraph(database);

test('question 2: transfers out of Ireland by destination and status, with the outcomes that reached their target', async () => {
  const { data, errors, statements } = await graph.run(`{ region(code: "IE") { name
    transfersOut(orderBy: DESTINATION_ASC) { totalCount nodes {
      destination { code name } status reportedOn practices { slug }
      outcomes(targetReached: true) { indicator { name unit } baseline target achieved targetReached } } }
    reached: transfersOut(where: { targetReached: true }) { totalCount } } }`);
  expect(errors).toEqual([]);
  const bcde = { practices: [{ slug: 'building-craft-and-design-enterprise' }], outcomes: [] };
  const wanted = { status: 'INTEREST', reportedOn: '2021-09-30' };
  expect(data['region']).toEqual({
    name: 'Ireland',
    transfersOut: {
      totalCount: 4,
      nodes: [
        {
          destination: { code: 'BG', name: 'Bulgaria' },
          ...wanted,
          practices: [{ slug: 'trading-online-voucher-scheme' }],
          outcomes: [],
        },
        { destination: { code: 'ES', name: 'Spain' }, status: 'PLANNED', reportedOn: '2023-04-27', ...bcde },
        { destination: { code: 'FI', name: 'Finland' }, ...wanted, ...bcde },
        { destination: { code: 'HU', name: 'Hungary' }, ...wanted, ...bcde },
      ],
    },
    reached: { totalCount: 0 },
  });
  expect(statements).toHaveLength(8);
});

test('question 7: the status history of a transfer', async () => {
  const { data, errors, statements } = await graph.run(`{ transfer(slug: "bcde-to-spain") { status reportedOn
    statusHistory { status on onPrecision note sourceUrl } } }`);
  expect(errors).toEqual([]);
  const [matchmaking, conference] = [
    'https://projects2014-2020.interregeurope.eu/craftscode/news/news-article/14232/crafts-code-matchmaking-event-hosted-by-dcci/',
    'http://projects2014-2020.interregeurope.eu/craftscode/news/news-article/15831/final-conference-spain/',
  ];
  expect(data['transfer']).toEqual({
    status: 'PLANNED',
    reportedOn: '2023-04-27',
    statusHistory: [
      { ...interest, note: 'To go into the action plan.', sourceUrl: matchmaking },
      {
        status: 'PLANNED',
        on: '2023-04-27',
        onPrecision: 'DAY',
        note: 'In the approved action plan.',
        sourceUrl: conference,
      },
    ],
  });
  expect(statements).toHaveLength(2);
});

test('every transfer ends its history with its status', async () => {
  expect(
    await execute(
      database,
      `select t.slug from transfer t where t.status is distinct from (select s.status from transfer_status s
       where s.transfer_id = t.id order by position desc limit 1)`,
    ),
  ).toEqual([]);
});

test('the policy instrument of the Spanish action plan and the two transfers that aim at it', async () => {
  const { data, errors, statements } = await graph.run(`{ policyInstruments { totalCount nodes {
    slug name programmeText region { code } responsible { name } website confidence
    transfers(orderBy: UPDATED_DESC) { totalCount } } }
    transfers(where: { policyInstrument: { eq: "plurirregional-op-spain-2014-2020-ot3" } }, orderBy: DESTINATION_ASC) {
      totalCount nodes { policyInstrument { name } } } }`);
  expect(errors).toEqual([]);
  const name = 'Plurirregional Operational Programme of Spain 2014-2020 OT3';
  expect(data).toEqual({
    policyInstruments: {
      totalCount: 1,
      nodes: [
        {
          slug: 'plurirregional-op-spain-2014-2020-ot3',
          name,
          programmeText: 'Plurirregional Operational Programme of Spain 2014-2020',
          region: { code: 'ES' },
          responsible: null,
          website: null,
          confidence: 'STATED',
          transfers: { totalCount: 2 },
        },
      ],
    },
    transfers: { totalCount: 2, nodes: [{ policyInstrument: { name } }, { policyInstrument: { name } }] },
  });
  // One of them looks up the ids of what `where` names.
  expect(statements).toHaveLength(8);
});

test('what sources say of adaptation, funding and cities, and nothing else', async () => {
  const { data, errors } = await graph.run(`{
    hungary: transfer(slug: "bcde-to-hungary") { adaptation fundingText note statusHistory { status on onPrecision } }
    bulgaria: transfer(slug: "trading-online-voucher-scheme-to-bulgaria") { adaptation fundingText funding { amount } fundingIsLasting }
    florence: transfer(slug: "talleres-abiertos-to-florence") { destination { code } destinationPlace { slug name } originPlaces { slug }
      mechanisms enablers barriers lessons startDate endDate policyInstrument { id } } }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    hungary: { adaptation: 'With micro-loans.', fundingText: null, note: null, statusHistory: [interest] },
    bulgaria: { adaptation: null, fundingText: 'Covid recovery funding.', funding: null, fundingIsLasting: null },
    florence: {
      destination: { code: 'ITI14' },
      destinationPlace: { slug: 'florence', name: 'Florence' },
      originPlaces: [],
      mechanisms: [],
      enablers: null,
      barriers: null,
      lessons: null,
      startDate: null,
      endDate: null,
      policyInstrument: null,
    },
  });
});
