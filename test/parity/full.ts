import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countedCompiler, executedGraph, notingFaults } from '../support/compiled.js';
import { inProcess, parityData } from '../support/parity.js';
import { parityRun, report } from '../support/parity-run.js';
import { plannedGraph } from '../support/planned.js';

const count = Number(process.env['PARITY_COUNT']);

test(`${count} random operations have the same answer executed, compiled and behind the planner`, async () => {
  const executed = executedGraph();
  const planned = await plannedGraph();
  const data = await parityData(executed);
  const { schema } = executed.executor;
  const { readAs, faults } = notingFaults(data.database);
  const { executor, left } = countedCompiler(executed.executor, executed.knowledge);
  const side = inProcess(data.database, executed);
  const compiled = inProcess({ readAs }, { ...executed, executor });
  const runs = [];
  for (const other of [compiled, inProcess(data.database, planned)])
    runs.push(await parityRun({ ...data, schema, sides: [side, other], count }));
  const texts = [
    `Compiled, against executed field by field: ${report(runs[0] as never)}${(count - left.count).toLocaleString('en')} of them were answered by one statement.`,
    `Behind the planner: ${report(runs[1] as never)}`,
  ];
  const text = texts.join('\n\n');
  process.stdout.write(text);
  for (const run of runs) {
    expect(run.difference).toBeNull();
    expect(run.errors).toEqual([]);
  }
  expect(faults).toEqual([]);
  if (count >= 10_000) tellInReadme(text);
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
