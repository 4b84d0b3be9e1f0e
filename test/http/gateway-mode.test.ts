import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { GatewayFault } from '../../src/graph/gateway/gateway-fault.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp } from '../support/app.js';
import { aPractice } from '../support/factories.js';
import { aPartnerSubgraph } from '../support/partner-subgraph.js';

const folder = await mkdtemp(join(tmpdir(), 'goodgraph-gateway-'));
afterAll(() => rm(folder, { recursive: true }));

let practice = '';
const partner = await aPartnerSubgraph(() => practice);

async function aFile(name: string, lines: string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `subgraphs:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  return file;
}

const here = subgraphs.map(({ name }) => `${name}: { local: true }`);

test('a gateway over HTTP answers with a partner, and stays ready without it', async () => {
  const GATEWAY = await aFile('all.yaml', [...here, `workshops: { url: "${partner.url}" }`]);
  const app = await anApp('migrated', { GATEWAY });
  ({ id: practice } = await aPractice(app.database, { title: 'Looms' }));
  const ask = async () => {
    const query = '{ goodPractices { nodes { title workshops { title } } } }';
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: { extensions: unknown }[] };
    return {
      status: response.status,
      kept: response.headers.get('cache-control'),
      data,
      codes: errors?.map((each) => each.extensions),
    };
  };
  const ready = async () => (await fetch(`${app.url}/readyz`)).json();
  expect(await ask()).toEqual({
    status: 200,
    kept: expect.stringMatching(/^public/) as string,
    data: { goodPractices: { nodes: [{ title: 'Looms', workshops: [{ title: 'Loom weaving' }] }] } },
    codes: undefined,
  });
  expect(await ready()).toEqual({ status: 'ready', subgraphs: { workshops: 'up' } });
  partner.mood = 'html';
  const down = {
    status: 200,
    kept: 'no-store',
    data: { goodPractices: { nodes: [{ title: 'Looms', workshops: null }] } },
    codes: [{ code: 'SUBGRAPH_UNAVAILABLE' }],
  };
  for (let n = 0; n < 5; n += 1) expect(await ask()).toEqual(down);
  expect(await ready()).toEqual({ status: 'ready', subgraphs: { workshops: 'down' } });
});

test('a gateway prices what is asked for by its id as what it is', async () => {
  const app = await anApp('migrated', { GATEWAY: await aFile('local.yaml', here) });
  const query = '{ node(id: "tsk_0") { ... on Task { slug } ... on Partner { slug name acronym website } } }';
  const answer = await (await fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`)).json();
  expect(answer).toMatchObject({ extensions: { cost: { requested: 1 } } });
});

test('a file that says too little stops the start', async () => {
  const GATEWAY = await aFile('some.yaml', here.slice(1));
  await expect(anApp('migrated', { GATEWAY })).rejects.toThrow(GatewayFault);
});
