import { fusedGraph, type Graph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';

let graph: Graph | undefined;

/** Our graph as it is served: made once for all tests of a process, because it takes most of a second, and keeps nothing. */
export const wholeGraph = (): Graph => (graph ??= fusedGraph(subgraphs));
