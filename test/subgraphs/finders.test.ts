import { beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/graph/context.js';
import { aDatabase } from '../support/database.js';
import {
  anEvent,
  anEventRole,
  aPartner,
  aPractice,
  aRegion,
  aTheme,
  aTransfer,
  draft,
  link,
} from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);
const office: Viewer = { role: 'REVIEWER', partnerId: null, accountId: null };
const ids: Record<string, string> = {};
const idOf = (name: string): string => ids[name] ?? '';

type Columns = Record<string, unknown>;

/** A practice on a theme, at work in regions. */
async function onTheme(theme: string, columns: Columns, regions: string[] = []): Promise<string> {
  const { id } = await aPractice(database, columns);
  await link(database, 'good_practice_theme', { good_practice_id: id, theme_id: idOf(theme) });
  for (const region of regions)
    await link(database, 'good_practice_region', { good_practice_id: id, region_id: idOf(region) });
  return id;
}

interface Case {
  hosts: string;
  owns: string;
  role?: string;
  event?: Columns;
  practice?: Columns;
  region?: string;
}

/** An organisation with a role at an event on one theme, and a practice on one. */
async function organisation(slug: string, { hosts, owns, role = 'HOST', event, practice, region = 'YA1' }: Case) {
  const partner = await aPartner(database, { slug, name_original: slug, region_id: idOf(region) });
  const held = await anEvent(database, event);
  await link(database, 'event_theme', { event_id: held.id, theme_id: idOf(hosts) });
  await anEventRole(database, { event_id: held.id, role, partner_id: partner.id, label: null });
  await onTheme(owns, { ...practice, owner_id: partner.id });
}

beforeAll(async () => {
  for (const slug of ['wide', 'other']) ids[slug] = (await aTheme(database, { slug })).id;
  ids['narrow'] = (await aTheme(database, { slug: 'narrow', broader_id: idOf('wide') })).id;
  for (const path of ['YA', 'YA/YA1', 'YB', 'YB/YB1', 'YC', 'YD', 'YE']) {
    const code = path.split('/').at(-1)!;
    ids[code] = (await aRegion(database, code, { path: `2024/${path}/` })).id;
  }
});

describe('hosts with practices', () => {
  const ask = async (args: string, viewer?: Viewer) => {
    const { data, errors } = await graph.run(`{ hostsWithPractices(${args}) { nodes { slug } } }`, {}, viewer);
    expect(errors).toEqual([]);
    return data['hostsWithPractices'].nodes.map(({ slug }: { slug: string }) => slug);
  };

  beforeAll(async () => {
    await organisation('a-both', { hosts: 'wide', owns: 'wide' });
    await organisation('b-narrower-host', { hosts: 'narrow', owns: 'wide' });
    await organisation('c-narrower-owner', { hosts: 'wide', owns: 'narrow', region: 'YB1' });
    await organisation('d-speaker', { hosts: 'wide', owns: 'wide', role: 'SPEAKER' });
    await organisation('e-host-of-another', { hosts: 'other', owns: 'wide' });
    await organisation('f-owner-of-another', { hosts: 'wide', owns: 'other' });
    await organisation('g-draft-event', { hosts: 'wide', owns: 'wide', event: draft });
    await organisation('h-draft-practice', { hosts: 'wide', owns: 'wide', practice: draft });
  });

  test('did both on the theme or on narrower ones', async () => {
    expect(await ask('theme: "wide"')).toEqual(['a-both', 'b-narrower-host', 'c-narrower-owner']);
    expect(await ask('theme: "narrow"')).toEqual([]);
    expect(await ask('theme: "wide", region: "YB"')).toEqual(['c-narrower-owner']);
  });

  test('do not appear by a draft to those who may not see it', async () => {
    expect(await ask('theme: "wide"')).not.toContain('h-draft-practice');
    expect((await ask('theme: "wide"', office)).slice(3)).toEqual(['g-draft-event', 'h-draft-practice']);
  });

  test('are a connection with cursors and a total, at a statement each', async () => {
    const query = `query ($after: String) { hostsWithPractices(theme: "wide", first: 2, after: $after) {
      totalCount edges { cursor node { name } } pageInfo { hasNextPage endCursor } } }`;
    const { data, errors, statements } = await graph.run(query);
    expect(errors).toEqual([]);
    const { totalCount, edges, pageInfo } = data['hostsWithPractices'];
    expect(totalCount).toBe(3);
    expect(edges.map(({ node }: { node: object }) => node)).toEqual([{ name: 'a-both' }, { name: 'b-narrower-host' }]);
    expect(pageInfo).toEqual({ hasNextPage: true, endCursor: edges[1].cursor });
    // The theme, the page, its total; the partners.
    expect(statements).toHaveLength(4);
    const next = await graph.run(query, { after: pageInfo.endCursor });
    expect(next.data['hostsWithPractices'].edges.map(({ node }: { node: object }) => node)).toEqual([
      { name: 'c-narrower-owner' },
    ]);
    const keys = await graph.run('{ hostsWithPractices(theme: "wide") { nodes { id } } }');
    expect(keys.statements).toHaveLength(2);
  });
});

describe('regions to learn from', () => {
  const ask = async (args: string, viewer?: Viewer) => {
    const { data, errors } = await graph.run(
      `{ regionsToLearnFrom(${args}) { totalCount nodes { code } } }`,
      {},
      viewer,
    );
    expect(errors).toEqual([]);
    return data['regionsToLearnFrom'].nodes.map(({ code }: { code: string }) => code);
  };
  const taken = async (practice: string, status: string) => {
    const { id } = await aTransfer(database, { destination_id: idOf('YA1'), status });
    await link(database, 'transfer_practice', { transfer_id: id, practice_id: practice });
  };

  beforeAll(async () => {
    await aPartner(database, { slug: 'learner', region_id: idOf('YA1') });
    await aPartner(database, { slug: 'nowhere' });
    await onTheme('narrow', {}, ['YB1']);
    await onTheme('other', {}, ['YC']);
    await onTheme('wide', {}, ['YC', 'YA']);
    await onTheme('wide', draft, ['YC']);
    await taken(await onTheme('wide', {}, ['YD']), 'IMPLEMENTED');
    await taken(await onTheme('wide', {}, ['YE']), 'INTEREST');
  });

  test('have what is not at work in mine, around it or inside it, and what no transfer has brought there', async () => {
    expect(await ask('region: "YA1", themes: ["wide"]')).toEqual(['YB1', 'YE']);
    expect(await ask('region: "YA", themes: ["wide"]')).toEqual(['YB1', 'YE']);
    expect(await ask('region: "YB1", themes: ["wide"]')).toEqual(['YA', 'YC', 'YD', 'YE']);
    expect(await ask('region: "YB", themes: ["narrow"]')).toEqual([]);
  });

  test('are asked for several themes, and for the region of an organisation', async () => {
    expect(await ask('partner: "learner", themes: ["narrow", "other"]')).toEqual(['YB1', 'YC']);
  });

  test('do not appear by a draft to those who may not see it', async () => {
    expect(await ask('region: "YA1", themes: ["wide"]', office)).toEqual(['YB1', 'YC', 'YE']);
  });

  test('come each with its practices that mine does not have, in one request', async () => {
    const { data, statements } = await graph.run(`{ regionsToLearnFrom(region: "YA1", themes: ["wide"]) {
      totalCount nodes { code goodPractices(where: { theme: { within: "wide" }, not: { region: { within: "YA" } } }) {
        totalCount } } } }`);
    expect(data['regionsToLearnFrom']).toEqual({
      totalCount: 2,
      nodes: [
        { code: 'YB1', goodPractices: { totalCount: 1 } },
        { code: 'YE', goodPractices: { totalCount: 1 } },
      ],
    });
    // My region; the theme, its id, the page, its total; the regions and, of the practices, theme, region and totals.
    expect(statements).toHaveLength(8);
  });
});

test.each([
  ['hostsWithPractices(theme: "wid")', "No theme has the slug 'wid'. Take one that `themes` lists."],
  [
    'hostsWithPractices(theme: "wide", region: "YAX")',
    "'YAX' is not a code of NUTS 2024. The nearest code is YA (YA).",
  ],
  [
    'regionsToLearnFrom(region: "YAX", themes: ["wide"])',
    "'YAX' is not a code of NUTS 2024. The nearest code is YA (YA).",
  ],
  [
    'regionsToLearnFrom(region: "YA", themes: ["wide", "wid"])',
    "No theme has the slug 'wid'. Take one that `themes` lists.",
  ],
  ['regionsToLearnFrom(region: "YA", themes: [])', '`themes` is empty. Name at least one that `themes` lists.'],
  ['regionsToLearnFrom(themes: ["wide"])', 'Name your region by `region` or by `partner`, one of the two.'],
  [
    'regionsToLearnFrom(region: "YA", partner: "learner", themes: ["wide"])',
    'Name your region by `region` or by `partner`, one of the two.',
  ],
  [
    'regionsToLearnFrom(partner: "nobody", themes: ["wide"])',
    "No partner has the slug 'nobody'. Take one that `partners` lists.",
  ],
  [
    'regionsToLearnFrom(partner: "nowhere", themes: ["wide"])',
    "The region of 'nowhere' is not known here. Name yours by `region`.",
  ],
])('%s is refused', async (field, message) => {
  const { data, errors } = await graph.run(`{ asked: ${field} { nodes { id } } }`);
  expect(data).toEqual({ asked: null });
  expect(errors.map(({ code, message: said }) => [code, said])).toEqual([['BAD_USER_INPUT', message]]);
});
