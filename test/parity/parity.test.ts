import type { ApolloGraphQLObjectTypeExtensions } from '@apollo/subgraph';
import { isObjectType, type GraphQLSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/graph/compose.js';
import { fusedExecutor } from '../../src/graph/executor.js';
import { anonymous } from '../../src/graph/context.js';
import { fuse } from '../../src/graph/fuse.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { inProcess, parityData, patiently, type Told } from '../support/parity.js';
import { parityRun } from '../support/parity-run.js';
import { aPlace, plannedGraph } from '../support/planned.js';
import { leavesIn } from '../support/shrink.js';

const fused = fusedGraph(subgraphs);
const planned = await plannedGraph();
const data = await parityData(fused);
const { database } = data;
const { schema } = fused.executor;

const compared = (schemaOfFuse: GraphQLSchema, count: number, gateway = planned) =>
  parityRun({
    ...data,
    schema,
    sides: [inProcess(database, { ...fused, executor: fusedExecutor(schemaOfFuse) }), inProcess(database, gateway)],
    count,
  });

test('300 random operations, of nobody and of a partner, have the same answer fused and behind the planner', async () => {
  const run = await compared(schema, 300);
  expect(run.difference).toBeNull();
  expect(run.errors).toEqual([]);
  expect(run.compared).toBe(300);
  expect(run.told).toBeGreaterThan(200);
}, 120_000);

test('a gateway that compiles what its subgraphs here declare, and plans the rest, has them too', async () => {
  // Elsewhere first, so not compiled; here after all.
  const elsewhere = ['practices', 'provenance'].map((name) =>
    aPlace({ name, url: 'http://127.0.0.1:1/graphql', isLocal: true }),
  );
  const gateway = await plannedGraph(elsewhere, undefined, undefined, true);
  const run = await compared(schema, 300, gateway);
  expect(run.difference).toBeNull();
  expect(run.errors).toEqual([]);
  expect(run.compared).toBe(300);
}, 120_000);

test('a router that is busy for a moment is asked again, and one that stays so is told', async () => {
  const busy: Told = { data: 'null', errors: ['undefined SERVICE_UNAVAILABLE: Ask again.'] };
  const answer: Told = { data: '{"a":1}', errors: [] };
  const answers = [busy, busy, answer, ...Array.from({ length: 6 }, () => busy)];
  const asked = patiently(async () => answers.shift() ?? answer, 0);
  const operation = { query: '{ a }', variables: {} };
  expect(await asked(operation, anonymous)).toEqual(answer);
  expect(await asked(operation, anonymous)).toEqual(busy);
  expect(answers).toHaveLength(1);
});

describe('a wrong fuse is caught, and the operation that shows it is small', () => {
  const built = () => subgraphs.map((manifest) => manifest.build());
  const fuseOf = (members: ReturnType<typeof built>) =>
    fuse({ publicSdl: compose(members).publicSdl, subgraphs: members });

  test('a reference that is not hydrated', async () => {
    const members = built();
    const partner = members.find(({ name }) => name === 'directory')?.schema.getType('Partner');
    const extensions = partner?.extensions as ApolloGraphQLObjectTypeExtensions;
    Object.assign(extensions.apollo?.subgraph ?? {}, { resolveReference: (reference: object) => reference });
    const { difference } = await compared(fuseOf(members), 2_000);
    expect(leavesIn(difference?.operation.query ?? '').length).toBeLessThan(4);
    expect(difference?.actual.data).not.toBe(difference?.expected.data);
  }, 120_000);

  test('two resolvers in each other’s place', async () => {
    const wrong = fuseOf(built());
    const region = wrong.getType('Region');
    const fields = isObjectType(region) ? region.getFields() : {};
    const { transfersIn, transfersOut } = fields;
    if (!transfersIn?.resolve || !transfersOut?.resolve) throw new Error('Region has lost its transfers.');
    [transfersIn.resolve, transfersOut.resolve] = [transfersOut.resolve, transfersIn.resolve];
    const { difference } = await compared(wrong, 2_000);
    expect(difference?.operation.query).toMatch(/transfers(In|Out)/);
    expect(leavesIn(difference?.operation.query ?? '').length).toBeLessThan(4);
  }, 120_000);
});
