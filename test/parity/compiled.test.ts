import { describe, expect, test } from 'vitest';
import { compiledExecutor } from '../../src/graph/compiled/executor.js';
import type { Knowledge, Source } from '../../src/graph/compiled/knowledge.js';
import { fusedExecutor } from '../../src/graph/executor.js';
import { fuse } from '../../src/graph/fuse.js';
import { fusedGraph, knowledgeIn } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { inProcess, parityData } from '../support/parity.js';
import { parityRun } from '../support/parity-run.js';

const graph = fusedGraph(subgraphs);
const data = await parityData(graph);
const { database } = data;
const fused = fusedExecutor(fuse(graph));
const knowledge = knowledgeIn(subgraphs, graph.subgraphs);

/** Compares what is compiled with what is executed; `left` counts what the former leaves to the latter. */
async function compared(told: Knowledge, count: number) {
  let left = 0;
  const compiled = compiledExecutor(
    {
      ...fused,
      execute: (operation) => {
        left += 1;
        return fused.execute(operation);
      },
    },
    told,
  );
  const sides = [
    inProcess(database, { ...graph, executor: fused }),
    inProcess(database, { ...graph, executor: compiled }),
  ] as const;
  const run = await parityRun({ ...data, schema: fused.schema, sides, count });
  return { ...run, left };
}

test('300 random operations, of nobody and of a partner, have the same answer executed and compiled', async () => {
  const run = await compared(knowledge, 300);
  expect(run.difference).toBeNull();
  expect(run.errors).toEqual([]);
  expect(run.compared).toBe(300);
  console.log(run);
}, 120_000);
