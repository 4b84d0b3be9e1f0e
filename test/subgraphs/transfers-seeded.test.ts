import { expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const interest = { status: 'INTEREST', on: '2021-09-30', onPrecision: 'DAY' };

const database = await aDatabase('seeded');
const graph = await aGraph(database);

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
