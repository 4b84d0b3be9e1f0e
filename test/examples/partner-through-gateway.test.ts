import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { urlOf } from '../support/app.js';
import { aDatabase } from '../support/database.js';
import { goodgraph, runs, type Running } from '../support/process.js';

const example = fileURLToPath(new URL('../../examples/partner-subgraph/', import.meta.url));
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const folder = await mkdtemp(join(tmpdir(), 'goodgraph-with-partner-'));
const running: Running[] = [];
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  await rm(folder, { recursive: true });
});

function started(each: Running): Running {
  running.push(each);
  return each;
}

/** The example as its partner starts it, and the address that it says. */
async function aPartner(port: string): Promise<{ partner: Running; url: string }> {
  const partner = started(runs(process.execPath, [join(example, 'server.js')], { PORT: port }));
  const [, url = ''] = await partner.says(/answer at (http:\S+)/);
  return { partner, url };
}

/** The example's own list, with the address where the partner really is. */
async function aGateway(url: string): Promise<string> {
  const list = await readFile(join(example, 'subgraphs.yaml'), 'utf8');
  expect(list).toContain('http://127.0.0.1:4001/graphql');
  const file = join(folder, 'subgraphs.yaml');
  await cp(join(example, 'workshops.graphql'), join(folder, 'workshops.graphql'));
  await writeFile(file, list.replace('http://127.0.0.1:4001/graphql', url));
  const words = ['start', '--gateway', file, '--port', '0', '--seed', 'none'];
  const gateway = started(goodgraph(words, { DATABASE_URL: urlOf(await aDatabase('seeded')) }));
  const [, address = ''] = await gateway.says(/answers at (http:[^"\s]+)\/graphql/);
  return address;
}

/** What step 4 of the README asks, and the answer that it prints. */
const section = readme.slice(readme.indexOf('## Plug in your own subgraph'), readme.indexOf('## Your own PostgreSQL'));
const step = section.slice(section.indexOf('\n4. '));
const [, query = ''] = /```gql\n([^`]*)```/.exec(step) ?? [];
const [, printed = ''] = /```json\n([^`]*)```/.exec(step) ?? [];

test('a query over our records and the workshops of a partner answers as printed, without the partner in part, and again whole', async () => {
  const { partner, url } = await aPartner('0');
  const address = await aGateway(url);
  const ask = async () => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: object; errors?: object[] };
    return { status: response.status, data, errors };
  };
  const readiness = async () => (await fetch(`${address}/readyz`)).json();

  const { data: whole } = JSON.parse(printed) as { data: { goodPractice: object; workshopsFrom: object[] } };
  const answered = { status: 200, data: whole, errors: undefined };
  expect(await ask()).toEqual(answered);

  partner.child.kill('SIGTERM');
  await partner.ended;
  const unavailable = (...path: string[]) => ({
    message: 'Subgraph workshops does not answer; its fields are null. Try again later.',
    path,
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  });
  expect(await ask()).toEqual({
    status: 200,
    data: { goodPractice: { ...whole.goodPractice, workshops: null }, workshopsFrom: null },
    errors: expect.arrayContaining([
      expect.objectContaining(unavailable('goodPractice', 'workshops')),
      expect.objectContaining(unavailable('workshopsFrom')),
    ]) as object[],
  });
  expect(await readiness()).toEqual({ status: 'ready', subgraphs: { workshops: 'up' } });

  await aPartner(new URL(url).port);
  expect(await ask()).toEqual(answered);
});
