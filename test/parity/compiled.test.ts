import { describe, expect, test } from 'vitest';
import type { Knowledge } from '../../src/graph/compiled/knowledge.js';
import { inProcess, parityData } from '../support/parity.js';
import { parityRun } from '../support/parity-run.js';
import { leavesIn } from '../support/shrink.js';
import { countedCompiler, executedGraph, notingFaults } from '../support/compiled.js';

const graph = executedGraph();
const data = await parityData(graph);
const { database } = data;
const { schema } = graph.executor;

/** What is executed, and what is compiled from `knowledge`. */
function sidesOf(knowledge: Knowledge) {
  const { readAs, faults } = notingFaults(database);
  const { executor, left } = countedCompiler(graph.executor, knowledge);
  return {
    sides: [inProcess(database, graph), inProcess({ em: database.em, readAs }, { ...graph, executor })] as const,
    left,
    faults,
  };
}

test('300 random operations, of nobody and of a partner, have the same answer executed and compiled', async () => {
  const { sides, left, faults } = sidesOf(graph.knowledge);
  const run = await parityRun({ ...data, schema, sides, count: 300 });
  expect(run.difference).toBeNull();
  expect(run.errors).toEqual([]);
  expect(run.told).toBeGreaterThan(200);
  expect(faults).toEqual([]);
  expect(left.count).toBeLessThan(225);
}, 120_000);

describe('a wrong compile is caught, and the operation that shows it is small', () => {
  const caught = async (knowledge: Knowledge) => {
    const { sides } = sidesOf(knowledge);
    const run = await parityRun({ ...data, schema, sides, count: 2_000 });
    return run.difference?.operation.query ?? '';
  };

  test('lists that forget their parent', async () => {
    const query = await caught({
      ...graph.knowledge,
      source: (type, name) => {
        const source = graph.knowledge.source(type, name);
        return source?.kind === 'list' ? { ...source, parent: null } : source;
      },
    });
    expect(query).toMatch(/^query Random/);
    expect(leavesIn(query).length).toBeLessThan(4);
  }, 120_000);

  test('references that lead nowhere', async () => {
    const query = await caught({
      ...graph.knowledge,
      source: (type, name) => {
        const source = graph.knowledge.source(type, name);
        return source?.kind === 'one' ? { ...source, key: 'id' } : source;
      },
    });
    expect(query).toMatch(/^query Random/);
    expect(leavesIn(query).length).toBeLessThan(4);
  }, 120_000);
});
