import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { inProcess, parityData } from '../support/parity.js';
import { parityRun, report } from '../support/parity-run.js';
import { plannedGraph } from '../support/planned.js';

const count = Number(process.env['PARITY_COUNT']);

test(`${count} random operations have the same answer fused and behind the planner`, async () => {
  const fused = fusedGraph(subgraphs);
  const planned = await plannedGraph();
  const data = await parityData(fused);
  const sides = [inProcess(data.database, fused), inProcess(data.database, planned)] as const;
  const run = await parityRun({ ...data, schema: fused.executor.schema, sides, count });
  process.stdout.write(report(run));
  expect(run.difference).toBeNull();
  expect(run.errors).toEqual([]);
  if (count >= 10_000) tellInReadme(report(run));
});

const readme = new URL('../../README.md', import.meta.url);
const told = /(<!-- parity: written by npm run parity -->\n)[\s\S]*(<!-- \/parity -->)/;

function tellInReadme(text: string): void {
  const before = readFileSync(readme, 'utf8');
  if (!told.test(before)) throw new Error('The README has lost the place of the figure.');
  writeFileSync(
    readme,
    before.replace(told, (_all, start: string, end: string) => `${start}${text}${end}`),
  );
}
