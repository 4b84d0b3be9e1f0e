import { compiledExecutor } from '../../src/graph/compiled/executor.js';
import type { Knowledge } from '../../src/graph/compiled/knowledge.js';
import { fusedExecutor, type GraphExecutor } from '../../src/graph/executor.js';
import { fuse } from '../../src/graph/fuse.js';
import { fusedGraph, knowledgeIn } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import type { TestDatabase } from './database.js';

/** Our graph with nothing compiled: every field by its resolver. */
export function executedGraph() {
  const graph = fusedGraph(subgraphs);
  return { ...graph, executor: fusedExecutor(fuse(graph)), knowledge: knowledgeIn(subgraphs, graph.subgraphs) };
}

/** An executor that compiles what it can, and counts what it leaves to `executor`. */
export function countedCompiler(executor: GraphExecutor, knowledge: Knowledge) {
  const left = { count: 0 };
  const counting: GraphExecutor = {
    schema: executor.schema,
    execute: (operation) => {
      left.count += 1;
      return executor.execute(operation);
    },
  };
  return { executor: compiledExecutor(counting, knowledge), left };
}

/** A database that notes the statements which fail: nobody else sees it when what was compiled does. */
export function notingFaults(database: Pick<TestDatabase, 'readAs'>) {
  const faults: string[] = [];
  const readAs: TestDatabase['readAs'] = (reader, signal) => {
    const run = database.readAs(reader, signal);
    return (query) =>
      run(query).catch((error: unknown) => {
        faults.push(String(error));
        throw error;
      });
  };
  return { readAs, faults };
}
