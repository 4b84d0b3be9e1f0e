import { parse, validate } from 'graphql';
import { openSearch, rebuildSearch } from '../../src/subgraphs/discovery/search/open.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase } from './database.js';
import { fill } from './filled.js';
import { aGraph } from './graph.js';
import { valuesOf } from './graph-values.js';
import { randomOperation } from './random-operation.js';

export interface PriceRatio {
  seed: number;
  query: string;
  cost: number;
  /** Scalars, enums, nulls, and lists and objects without anything in them. */
  leaves: number;
}

export function leavesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + leavesOf(each), 0) || 1;
}

/** Runs so many random operations on a filled graph; those that are too dear are left out. */
export async function priceRatios(count: number): Promise<PriceRatio[]> {
  const database = await aDatabase();
  await fill(database);
  await rebuildSearch(openSearch(database), database);
  const graph = await aGraph(database);
  const { schema } = fusedGraph(subgraphs).executor;
  const values = await valuesOf(schema, async (query) => (await graph.run(query)).data as never);
  const ratios: PriceRatio[] = [];
  for (let seed = 0; seed < count; seed += 1) {
    const { query, variables } = randomOperation({ schema, values, seed, filters: 0 });
    const invalid = validate(schema, parse(query));
    if (invalid.length > 0) throw new Error(`Random operation ${seed} is not valid: ${invalid.join(' ')}\n${query}`);
    const { data, errors, cost } = await graph.run(query, variables);
    // Such as an order that needs a filter.
    if (errors.some(({ code }) => code !== 'COST_EXCEEDED' && code !== 'BAD_USER_INPUT'))
      throw new Error(`${JSON.stringify(errors)}\n${query}`);
    if (cost && errors.length === 0) ratios.push({ seed, query, cost: cost.requested, leaves: leavesOf(data) });
  }
  return ratios;
}
