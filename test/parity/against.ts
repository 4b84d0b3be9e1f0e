import { inject, expect, test } from 'vitest';
import { anonymous, type Viewer } from '../../src/graph/context.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { openDatabase } from '../../src/database/database.js';
import { limits } from '../../src/graph/limits.js';
import { valuesOf } from '../support/graph-values.js';
import { difference, inProcess, overHttp, patiently } from '../support/parity.js';
import { parityRun, report } from '../support/parity-run.js';
import { trustedOperations } from '../support/trusted-operations.js';

const { PARITY_AGAINST: url = '', PARITY_DATABASE: address = '', PARITY_COUNT: count = '' } = process.env;

test(`the trusted documents and ${count} random operations have the same answer fused and at ${url}`, async () => {
  expect(inject('postgres')).toBeDefined();
  const database = openDatabase({
    address: { url: address },
    entities: subgraphs.flatMap(({ entities }) => [...entities]),
    deadlines: limits.deadline,
  });
  try {
    await database.ping();
    const fused = fusedGraph(subgraphs);
    const sides = [patiently(inProcess(database, fused)), patiently(overHttp(url))] as const;
    const { schema } = fused.executor;
    const trusted = [];
    for (const operation of trustedOperations) {
      const found = await difference(sides, operation, anonymous);
      if (found?.in === 'data') trusted.push(found);
    }
    expect(trusted).toEqual([]);
    // Of hidden records too: asked for by their keys, they must not be found.
    const everything: Viewer = { role: 'ADMIN', partnerId: null, accountId: null };
    const ask = async (query: string) =>
      JSON.parse((await sides[0]({ query, variables: {} }, everything)).data) as never;
    const values = await valuesOf(schema, ask);
    const run = await parityRun({ schema, sides, values, viewers: [anonymous, anonymous], count: Number(count) });
    process.stdout.write(`${trustedOperations.length} trusted documents agree. ${report(run)}`);
    // Routers word their errors in their own way.
    expect(run.difference).toBeNull();
  } finally {
    await database.close();
  }
});
