import { readFile, writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { examples } from '../../src/http/examples.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp, type TestApp } from '../support/app.js';

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

const documents = Object.values(
  JSON.parse(await readFile(new URL('../../schema/trusted-documents.json', import.meta.url), 'utf8')) as Record<
    string,
    string
  >,
);
const nameOf = (query: string) => /^query (\w+)/m.exec(query)?.[1] ?? '';
const variables = new Map(examples.map((each) => [nameOf(each.query), JSON.parse(each.variables ?? '{}') as object]));
variables.set('PartnerPractices', { partner: 'design-and-crafts-council-of-ireland', first: 3 });

async function ask(app: TestApp, query: string, counted = app): Promise<{ answer: unknown; statements: number }> {
  counted.statements.length = 0;
  const body = JSON.stringify({ query, variables: variables.get(nameOf(query)) });
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return { answer: data, statements: counted.statements.length };
}

test('every trusted document has the same answer in every mode, and the statements that are written down', async () => {
  const lines: string[] = [];
  for (const query of documents.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))) {
    const one = await ask(fused, query);
    const two = await ask(inProcess, query);
    const three = await ask(overHttp, query, apart);
    expect(two.answer).toEqual(one.answer);
    expect(three.answer).toEqual(one.answer);
    lines.push(
      `${nameOf(query)}: ${one.statements} fused, ${two.statements} behind the planner, ${three.statements} in subgraphs apart`,
    );
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('statements.snapshot');
});
