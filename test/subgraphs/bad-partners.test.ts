import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { checkSubgraph } from '../../src/cli/subgraph-check.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp } from '../support/app.js';
import { badAnswers, badSdls, badServices, patience, shadows, type BadAnswer } from '../support/bad-partners.js';
import { aService, fuse, handmade, pairing, probed, sdl } from '../support/partner-service.js';

const folder = await mkdtemp(join(tmpdir(), 'goodgraph-bad-partners-'));
afterAll(() => rm(folder, { recursive: true }));

/** The answers of the partner that may join; each test chooses. */
let bad: BadAnswer['entities'] | undefined;
let badService: (typeof badServices)[number] | undefined;
const partner = await aService((_request, response, body) => {
  if (badService) return badService.answer(response);
  const { query, variables } = JSON.parse(body) as { query: string; variables: { representations: never } };
  const right: BadAnswer['entities'] = (wanted) =>
    JSON.stringify({ _entities: wanted.map(({ id }) => (id === fuse ? handmade : null)) });
  const data = query.includes('_service')
    ? JSON.stringify({ _service: { sdl } })
    : (bad ?? right)(variables.representations);
  return response.setHeader('content-type', 'application/json').end(`{"data":${data}}`);
});
beforeEach(() => {
  bad = undefined;
  badService = undefined;
});

/** One graph with every bad partner that there is, and one that begins well. */
const logged: string[] = [];
const log = pino({ level: 'warn' }, { write: (line) => void logged.push((JSON.parse(line) as { msg: string }).msg) });
const badAtStart = badServices.filter(({ name }) => /^(times-out|answers-html|answers-10-mb)$/.test(name));
const urls = new Map<string, URL>();
for (const { name, answer } of badServices) urls.set(name, (await aService((_, response) => answer(response))).url);
const urlOf = ({ name }: { name: string }) => urls.get(name) ?? partner.url;
for (const { name, sdl: text } of [...badSdls, { name: 'workshops', sdl }])
  await writeFile(join(folder, `${name}.graphql`), text);
const file = join(folder, 'subgraphs.yaml');
await writeFile(
  file,
  [
    'subgraphs:',
    ...subgraphs.map(({ name }) => `  ${name}: { local: true }`),
    ...badSdls.map(({ name }) => `  ${name}: { url: "${partner.url.href}", sdl: ${name}.graphql }`),
    ...badAtStart.map((each) => `  ${each.name}: { url: "${urlOf(each)}", timeout: ${patience.gateway} }`),
    `  workshops: { url: "${partner.url.href}", timeout: ${patience.gateway}, sdl: workshops.graphql }`,
  ].join('\n'),
);
const app = await anApp('seeded', { GATEWAY: file }, undefined, { log });
const told = [...logged];
const ofSubgraphs = () => logged.filter((line) => line.startsWith('subgraph '));

const query = '{ goodPractice(slug: "fuse") { title owner { acronym } workshops { title } } }';
const ours = { title: 'FUSE', owner: { acronym: 'DCCI' } };
const whole = { data: { goodPractice: { ...ours, workshops: [{ title: pairing.title }] } } };

async function ask() {
  const response = await fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`);
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  return { data, ...(errors !== undefined && { errors }) };
}

/** How a gateway answers without a partner whose fields it cannot have. */
const without = () => ({
  data: { goodPractice: { ...ours, workshops: null } },
  errors: [
    {
      message: 'Subgraph workshops does not answer; its fields are null. Try again later.',
      locations: expect.any(Array) as object[],
      path: expect.arrayContaining(['goodPractice', 'workshops']) as string[],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    },
  ],
});

describe('a partner that may not join', () => {
  test('is left out, each of them: the graph is ours and the one that may', async () => {
    const schema = await (await fetch(`${app.url}/schema.graphql`)).text();
    const workshop = /\n\n"""A workshop."""\ntype Workshop \{[^}]*\}/;
    expect(schema).toMatch(workshop);
    const rest = schema.replace(workshop, '').replace(/\n\n {2}"""Where it is taught\."""\n.*workshops: .*/, '');
    expect(rest).toBe(await readFile(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
    expect(await ask()).toEqual(whole);
    const left = [...badSdls, ...badAtStart].map(({ name }) => [name, 'left out']);
    expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({
      status: 'ready',
      subgraphs: { ...Object.fromEntries(left), workshops: 'up' },
    });
  });

  test.each(badSdls)('$name: the check says why, and so does the gateway', async ({ name, says, logged: reason }) => {
    const { passed, findings } = await checkSubgraph({ file: join(folder, `${name}.graphql`) });
    expect(passed).toBe(false);
    const [first] = findings.filter(({ level }) => level === 'fault');
    expect(`${first?.check}: ${first?.message}`.slice(0, says.length)).toBe(says);
    expect(first?.mend).toMatch(/\w/);
    const line = `subgraph ${name} is left out: ${reason}`;
    expect(told.filter((each) => each.startsWith(line))).toHaveLength(1);
  });

  test.each(badAtStart)('$name: the gateway says why', ({ name, logged: reason }) => {
    expect(told.filter((each) => each.startsWith(`subgraph ${name} `))).toEqual([
      `subgraph ${name} ${reason}`,
      `subgraph ${name} is left out: its schema cannot be had at \`_service\``,
    ]);
  });

  test.each(badServices)('$name: the check says why', async (service) => {
    const limits = service.isEndless ? { deadline: patience.check } : {};
    expect(await probed({ url: urlOf(service) }, limits)).toEqual([`fault: ${service.says}`]);
  });
});

describe('a partner that began well costs its own fields and nothing else', () => {
  test.each(badServices)('when it $name', async (service) => {
    // Whoever answers is up, however often it failed before.
    expect(await ask()).toEqual(whole);
    logged.length = 0;
    badService = service;
    expect(await ask()).toEqual(without());
    expect(ofSubgraphs()).toEqual([`subgraph workshops ${service.logged}`]);
  });

  test.each(badAnswers)('when it answers $name', async ({ entities, says, logged: reason }) => {
    expect(await ask()).toEqual(whole);
    logged.length = 0;
    bad = entities;
    expect(await ask()).toEqual(without());
    expect(ofSubgraphs()).toEqual([`subgraph workshops ${reason}`]);
    expect((await probed(partner))[0]?.replace('fault: ', '')).toMatch(says);
  });

  test.each(shadows)('and nothing at all when it answers $name beside', async ({ entities, says }) => {
    bad = entities;
    expect(await ask()).toEqual(whole);
    expect((await probed(partner))[0]?.replace('fault: ', '')).toMatch(says);
  });
});
