import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { readInWaves } from '../../../src/graph/context.js';
import { fusedExecutor, type GraphExecutor } from '../../../src/graph/executor.js';
import { fuse } from '../../../src/graph/fuse.js';
import { gatewayGraph } from '../../../src/subgraphs/gateway.js';
import { fusedGraph, subgraphGraph, type Graph } from '../../../src/subgraphs/graph.js';
import { practices } from '../../../src/subgraphs/practices/index.js';
import { subgraphs } from '../../../src/subgraphs/subgraphs.js';
import { aDatabase } from '../../support/database.js';
import { aPartner, aRegion } from '../../support/factories.js';
import { editorOf } from '../../support/writing.js';

const database = await aDatabase();
const viewer = editorOf((await aPartner(database, { slug: 'own', name_english: 'Own' })).id);
await aRegion(database, 'XA');
await aRegion(database, 'XB');

const places = subgraphs.map(({ name }) => ({
  name,
  isLocal: true,
  isTrusted: true,
  timeout: 2_000,
  url: undefined,
  sdl: undefined,
}));
const fused = fusedGraph(subgraphs);

async function ask(
  { executor, contextFor }: { executor: GraphExecutor; contextFor: Graph['contextFor'] },
  query: string,
  variables: Record<string, unknown>,
) {
  const stop = new AbortController();
  const read = readInWaves(database.readAs(viewer, stop.signal), stop);
  const write = <Result>(work: Parameters<typeof database.writeAs<Result>>[2]) =>
    database.writeAs(viewer, stop.signal, work);
  const context = { stop, ...contextFor({ viewer, read, write }) };
  const { data, errors } = await executor.execute({ document: parse(query), variables, context });
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data)) as Record<string, { [name: string]: unknown }>;
}

const modes: [name: string, make: () => Promise<{ executor: GraphExecutor; contextFor: Graph['contextFor'] }>][] = [
  ['fused', async () => fused],
  ['fused, nothing compiled', async () => ({ ...fused, executor: fusedExecutor(fuse(fused)) })],
  ['a gateway', () => gatewayGraph({ manifests: subgraphs, places, log: () => undefined })],
];

test.each(modes)(
  'in %s mutations of two subgraphs follow each other, and the answers cross them',
  async (name, make) => {
    const slug = `school-${name.replaceAll(/[^a-z]+/g, '-')}`;
    const data = await ask(
      await make(),
      `mutation ($slug: String!) {
      entered: goodPracticeCreate(input: { slug: $slug, title: "School", language: "en" }) {
        goodPractice { slug owner { name goodPractices { nodes { slug } } } transfers { totalCount } }
        userErrors { code } }
      carried: transferCreate(input: { title: "There", practices: [$slug], origins: ["XA"], destination: "XB" }) {
        transfer { practices { slug transfers { totalCount } } destination { code } statusHistory { status } }
        userErrors { code } }
      refused: transferCreate(input: { title: "There" }) { transfer { id } userErrors { field code } } }`,
      { slug },
    );
    expect(data).toEqual({
      entered: {
        goodPractice: {
          slug,
          owner: { name: 'Own', goodPractices: { nodes: expect.arrayContaining([{ slug }]) } },
          transfers: { totalCount: 0 },
        },
        userErrors: [],
      },
      carried: {
        transfer: {
          practices: [{ slug, transfers: { totalCount: 1 } }],
          destination: { code: 'XB' },
          statusHistory: [{ status: 'INTEREST' }],
        },
        userErrors: [],
      },
      refused: {
        transfer: null,
        userErrors: [
          { field: ['practices'], code: 'INVALID' },
          { field: ['origins'], code: 'INVALID' },
          { field: ['destination'], code: 'REQUIRED' },
        ],
      },
    });
  },
);

test('a subgraph alone writes too, and reads what it wrote', async () => {
  const data = await ask(
    subgraphGraph(practices),
    `mutation ($input: GoodPracticeCreateInput!) {
      one: goodPracticeCreate(input: $input) { goodPractice { slug owner { id goodPractices { totalCount } } } }
      two: goodPracticeCreate(input: $input) { goodPractice { owner { goodPractices { totalCount } } } } }`,
    { input: { title: 'Alone', language: 'en' } },
  );
  type Counted = { goodPractice: { owner: { goodPractices: { totalCount: number } } } };
  const [one, two] = [data['one'], data['two']] as [Counted, Counted];
  expect(one).toMatchObject({ goodPractice: { slug: 'alone', owner: { id: viewer.partnerId } } });
  const before = one.goodPractice.owner.goodPractices.totalCount;
  expect(two.goodPractice.owner.goodPractices.totalCount).toBe(before + 1);
});
