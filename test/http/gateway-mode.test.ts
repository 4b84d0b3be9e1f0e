import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { GatewayFault } from '../../src/graph/gateway/gateway-fault.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp, type TestApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPartner, aPractice } from '../support/factories.js';
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

describe('what is declared by subgraphs of ours', () => {
  const query = '{ goodPractices { nodes { title updatedAt owner { slug } } } }';
  const updatedAt: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const asked = async (file: string, lines: string[]) => {
    const app = await anApp('migrated', { GATEWAY: await aFile(file, lines) });
    const owner = await aPartner(app.database, { slug: 'owner' });
    await aPractice(app.database, { title: 'Looms', owner_id: owner.id });
    partner.requests.length = 0;
    app.statements.length = 0;
    const response = await fetch(`${app.url}/graphql?query=${query}`);
    expect(await response.json()).toMatchObject({
      data: { goodPractices: { nodes: [{ title: 'Looms', updatedAt, owner: { slug: 'owner' } }] } },
    });
    return { statements: app.statements.length, requests: partner.requests.length };
  };

  test('is read by one statement where all of it runs here', async () => {
    partner.mood = 'well';
    const lines = [...here, `workshops: { url: "${partner.url}" }`];
    expect(await asked('compiled.yaml', lines)).toEqual({ statements: 1, requests: 0 });
  });

  test('is asked elsewhere where one of them may run there', async () => {
    partner.mood = 'unwell';
    const lines = here.map((line) => line.replace('practices: {', `practices: { url: "${partner.url}",`));
    expect(await asked('planned.yaml', lines)).toEqual({ statements: 2, requests: 2 });
  });
});

describe('a gateway whose subgraphs are all elsewhere', () => {
  const secret = { ROUTER_SECRET: 'between us' };
  const names = subgraphs.map(({ name }) => name);
  /** Started with a database that there is not. */
  const aGateway = async (file: string, urlOf: (name: string) => string) => {
    const GATEWAY = await aFile(
      file,
      names.map((name) => `${name}: { url: "${urlOf(name)}" }`),
    );
    return anApp('migrated', { GATEWAY, ...secret, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nowhere' });
  };
  const readyz = async ({ url }: TestApp) => {
    const response = await fetch(`${url}/readyz`);
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const each = (state: string) => Object.fromEntries(names.map((name) => [name, state]));

  test('opens no database, answers, and says what records are made up', async () => {
    const apart = await anApp('demonstration', { SUBGRAPHS: names.join(), ...secret });
    const gateway = await aGateway('elsewhere.yaml', (name) => `${apart.url}/${name}/graphql`);
    const response = await fetch(`${gateway.url}/graphql?query={project(slug:"innocrafts"){acronym}}`);
    expect(await response.json()).toMatchObject({ data: { project: { acronym: 'INNOCRAFTS' } } });
    expect(await readyz(gateway)).toEqual({ status: 200, body: { status: 'ready', subgraphs: each('up') } });
    const page = async () => (await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } })).text();
    expect(await page()).toContain('This database holds demonstration records');
    await execute(apart.database, `update source set origin = 'ENTERED' where origin = 'DEMONSTRATION'`);
    expect(await page()).not.toContain('id="notice"');
  });

  test('is ready as long as one of them answers', async () => {
    const subgraph = await aPartnerSubgraph(() => practice);
    const gateway = await aGateway('one.yaml', (name) => (name === 'directory' ? subgraph.url : 'http://127.0.0.1:1/'));
    expect((await readyz(gateway)).status).toBe(200);
    subgraph.mood = 'unwell';
    expect(await readyz(gateway)).toEqual({ status: 503, body: { status: 'waiting', reason: 'No subgraph answers.' } });
    subgraph.mood = 'well';
    expect((await readyz(gateway)).status).toBe(200);
  });
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
