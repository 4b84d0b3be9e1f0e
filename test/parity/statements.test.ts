import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp, type TestApp } from '../support/app.js';
import type { RandomOperation } from '../support/random-operation.js';
import { nameOf, trustedOperations } from '../support/trusted-operations.js';

const names = subgraphs.map(({ name }) => name);
const fused = await anApp('demonstration');
const shared = { shared: fused.database };
const secret = { ROUTER_SECRET: 'between us' };
const apart = await anApp('demonstration', { SUBGRAPHS: names.join(), ...secret }, undefined, shared);

const folder = await mkdtemp(join(tmpdir(), 'goodgraph-gateway-'));
afterAll(() => rm(folder, { recursive: true }));
const elsewhere = join(folder, 'subgraphs.yaml');
await writeFile(
  elsewhere,
  `subgraphs:\n${names.map((name) => `  ${name}: { url: "${apart.url}/${name}/graphql" }\n`).join('')}`,
);
const gateway = (file: string) => anApp('demonstration', { GATEWAY: file, ...secret }, undefined, shared);
const inProcess = await gateway('examples/gateway/subgraphs.yaml');
const overHttp = await gateway(elsewhere);

const plans = await readFile(new URL('plans.snapshot', import.meta.url), 'utf8');

/** As its plan is written down. */
const fetchesOf = (name: string) => Number(new RegExp(`^${name}: .* (\\d+) fetches`, 'm').exec(plans)?.[1]);

async function ask(
  app: TestApp,
  operation: RandomOperation,
  counted = app,
): Promise<{ answer: unknown; statements: number }> {
  counted.statements.length = 0;
  const body = JSON.stringify(operation);
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return { answer: data, statements: counted.statements.length };
}

test('every trusted document has the same answer in every mode, and the statements written down: one more a fetch at most', async () => {
  const lines: string[] = [];
  for (const operation of trustedOperations) {
    // The first search with a word asks for its stems and synonyms too, which each process then knows.
    for (const app of [fused, inProcess, overHttp]) await ask(app, operation);
    const one = await ask(fused, operation);
    const two = await ask(inProcess, operation);
    const three = await ask(overHttp, operation, apart);
    expect(two.answer).toEqual(one.answer);
    expect(three.answer).toEqual(one.answer);
    const most = one.statements + fetchesOf(nameOf(operation.query));
    expect(Math.max(two.statements, three.statements)).toBeLessThanOrEqual(most);
    lines.push(
      `${nameOf(operation.query)}: ${one.statements} fused, ${two.statements} behind the planner, ${three.statements} in subgraphs apart`,
    );
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('statements.snapshot');
});
