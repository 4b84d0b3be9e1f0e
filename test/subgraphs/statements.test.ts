import { beforeAll, expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aPartner, aPractice, aRegion, aTheme, aTransfer, link } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database, { isCompiled: false });

beforeAll(async () => {
  const destination = await aRegion(database, 'XD');
  for (let n = 0; n < 20; n += 1) {
    const region = await aRegion(database, `X${String.fromCharCode(65 + n)}R`);
    const owner = await aPartner(database, { region_id: region.id });
    const theme = await aTheme(database);
    const { id } = await aPractice(database, { owner_id: owner.id });
    await link(database, 'good_practice_region', { good_practice_id: id, region_id: region.id });
    await link(database, 'good_practice_theme', { good_practice_id: id, theme_id: theme.id });
    const transfer = await aTransfer(database, { destination_id: destination.id });
    await link(database, 'transfer_practice', { transfer_id: transfer.id, practice_id: id });
  }
});

const deep = `query ($first: Int!) { goodPractices(first: $first) { nodes {
  title owner { name region { name } } regions { name } themes { label }
  transfers(first: 5) { nodes { status destination { name } } } } } }`;

test('twenty practices with owner, region, themes and transfers with destination cost as many statements as one', async () => {
  const one = await graph.run(deep, { first: 1 });
  const twenty = await graph.run(deep, { first: 20 });
  expect(twenty.errors).toEqual([]);
  expect(twenty.data['goodPractices'].nodes).toHaveLength(20);
  expect(
    twenty.data['goodPractices'].nodes.every(
      (node: { transfers: { nodes: { destination: { name: string } }[] } }) =>
        node.transfers.nodes[0]?.destination.name === 'XD',
    ),
  ).toBe(true);
  // practices; their owners, edges to regions, themes, transfers; every region at once
  expect(twenty.statements).toHaveLength(6);
  expect(one.statements).toEqual(twenty.statements);
});

test('connections below twenty parents cost one statement for rows and one for counts', async () => {
  const { data, statements } = await graph.run(
    '{ partners(first: 20) { nodes { goodPractices(first: 2) { totalCount nodes { title } } } } }',
  );
  expect(data['partners'].nodes).toHaveLength(20);
  expect(data['partners'].nodes[0].goodPractices.totalCount).toBe(1);
  expect(statements).toHaveLength(3);
});

test('a reference of which only the key is asked costs no statement', async () => {
  const { data, statements } = await graph.run('{ goodPractices { nodes { owner { id __typename } } } }');
  expect(data['goodPractices'].nodes[0].owner.__typename).toBe('Partner');
  expect(statements).toHaveLength(1);
});

test('nodes of three types cost one statement to find and one a type to fill', async () => {
  const { data } = await graph.run(
    '{ goodPractices(first: 2) { nodes { id } } partners(first: 2) { nodes { id } } regions(first: 2) { nodes { id } } }',
  );
  const ids = ['goodPractices', 'partners', 'regions'].flatMap((list) =>
    data[list].nodes.map(({ id }: { id: string }) => id),
  );
  const { data: found, statements } = await graph.run(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on GoodPractice { title } ... on Partner { name } ... on Region { code } } }',
    { ids },
  );
  expect(found['nodes'].map((node: { __typename: string }) => node.__typename)).toEqual([
    'GoodPractice',
    'GoodPractice',
    'Partner',
    'Partner',
    'Region',
    'Region',
  ]);
  expect(statements).toHaveLength(4);
});
