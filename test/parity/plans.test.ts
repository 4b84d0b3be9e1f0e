import { readFile } from 'node:fs/promises';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { createPlanner, type PlanNode } from '../../src/graph/gateway/planner.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';

const plan = await createPlanner(fusedGraph(subgraphs).supergraphSdl);
const file = new URL('../../schema/trusted-documents.json', import.meta.url);
const documents = Object.values(JSON.parse(await readFile(file, 'utf8')) as Record<string, string>);

const inside = (node: PlanNode): PlanNode[] => {
  if (node.kind === 'Sequence' || node.kind === 'Parallel') return node.nodes;
  if (node.kind === 'Flatten') return [node.node];
  if (node.kind === 'Condition') return [node.ifClause, node.elseClause].filter((each) => each !== undefined);
  return [];
};

const fetches = (node: PlanNode): string[] =>
  node.kind === 'Fetch' || node.kind === 'BatchFetch' ? [node.serviceName] : inside(node).flatMap(fetches);

/** How many requests wait for each other. */
function waves(node: PlanNode): number {
  if (node.kind === 'Fetch' || node.kind === 'BatchFetch') return 1;
  const each = inside(node).map(waves);
  return node.kind === 'Sequence' ? each.reduce((sum, one) => sum + one, 0) : Math.max(0, ...each);
}

test('every trusted document is planned in the fetches that are written down, at most four after each other', async () => {
  const budgets = await Promise.all(
    documents.map(async (text) => {
      const { node } = await plan(parse(text));
      if (!node) throw new Error(`There is no plan for ${text}`);
      const name = /^query (\w+)/.exec(text)?.[1];
      return { name, waves: waves(node), fetches: fetches(node) };
    }),
  );
  expect(Math.max(...budgets.map((each) => each.waves))).toBeLessThanOrEqual(4);
  const lines = budgets
    .toSorted((a, b) => String(a.name).localeCompare(String(b.name)))
    .map((each) => `${each.name}: ${each.waves} waves, ${each.fetches.length} fetches: ${each.fetches.join(' ')}`);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('plans.snapshot');
});
