import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anonymous } from '../../src/graph/context.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { urlOf } from '../support/app.js';
import { overHttp, parityData } from '../support/parity.js';
import { parityRun } from '../support/parity-run.js';
import { goodgraph, type Running } from '../support/process.js';

const running: Running[] = [];
const folder = await mkdtemp(join(tmpdir(), 'goodgraph-apart-'));
afterAll(async () => {
  for (const { child } of running) child.kill('SIGTERM');
  await Promise.all(running.map(({ ended }) => ended));
  await rm(folder, { recursive: true });
});

async function starts(words: string[], environment: Record<string, string>): Promise<string> {
  const started = goodgraph(['start', '--port', '0', '--seed', 'none', ...words], {
    ROUTER_SECRET: 'between us',
    ...environment,
  });
  running.push(started);
  const [, url = ''] = await started.says(/GoodGraph answers at (http:[\w.:/]+)/);
  return url;
}

test('300 random operations have the same answer fused and from a gateway with each subgraph in a process of its own', async () => {
  const fused = fusedGraph(subgraphs);
  const data = await parityData(fused);
  const environment = { DATABASE_URL: urlOf(data.database) };
  const lines: string[] = [];
  for (const { name } of subgraphs)
    lines.push(`  ${name}: { url: "${await starts(['--subgraphs', name], environment)}", timeout: 5000 }`);
  const file = join(folder, 'subgraphs.yaml');
  await writeFile(file, `subgraphs:\n${lines.join('\n')}\n`);
  const [whole, gateway] = [await starts([], environment), await starts(['--gateway', file], environment)];
  const run = await parityRun({
    ...data,
    schema: fused.executor.schema,
    viewers: [anonymous, anonymous],
    sides: [overHttp(whole), overHttp(gateway)],
    count: 300,
    depth: 5,
  });
  expect(run.difference).toBeNull();
  expect(run.compared).toBe(300);
  expect(run.told).toBeGreaterThan(150);
}, 280_000);
