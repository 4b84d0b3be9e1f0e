import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';
import {
  aMeasurement,
  anIndicator,
  anOutcome,
  aPartner,
  aParticipation,
  aPractice,
  aPlace,
  aProgramme,
  aProject,
  aRegion,
  aSource,
  aTheme,
  aTransfer,
  draft,
  link,
  withdrawn,
} from '../support/factories.js';
import { execute } from '../support/connect.js';

const database = await aDatabase();
const graph = await aGraph(database);
const office = { role: 'REVIEWER', partnerId: null, accountId: null } as const;
const hidden: Record<string, string> = {};
const shown: Record<string, string> = {};

beforeAll(async () => {
  const region = await aRegion(database, 'XA');
  const theme = await aTheme(database);
  const hiddenTheme = await aTheme(database, draft);
  const partner = await aPartner(database, { region_id: region.id });
  const hiddenPartner = await aPartner(database, { ...draft, region_id: region.id });
  const programme = await aProgramme(database);
  const project = await aProject(database, { programme_id: programme.id });
  const hiddenProject = await aProject(database, { programme_id: programme.id, ...withdrawn });
  await aParticipation(database, { project_id: project.id, partner_id: partner.id });
  const hiddenPart = await aParticipation(database, { project_id: project.id, partner_id: hiddenPartner.id });
  const practice = await aPractice(database, { owner_id: hiddenPartner.id, identified_in_id: hiddenProject.id });
  const draftPractice = await aPractice(database, { ...draft, owner_id: partner.id });
  const withdrawnPractice = await aPractice(database, { ...withdrawn, owner_id: partner.id });
  const indicator = await anIndicator(database);
  const hiddenMeasurement = await aMeasurement(database, { practice_id: draftPractice.id, indicator_id: indicator.id });
  for (const each of [practice, draftPractice, withdrawnPractice]) {
    await link(database, 'good_practice_region', { good_practice_id: each.id, region_id: region.id });
    await link(database, 'good_practice_theme', { good_practice_id: each.id, theme_id: theme.id });
  }
  await link(database, 'good_practice_theme', { good_practice_id: practice.id, theme_id: hiddenTheme.id });
  const transfer = await aTransfer(database, { destination_id: region.id, receiver_id: hiddenPartner.id });
  const hiddenTransfer = await aTransfer(database, { destination_id: region.id, ...draft });
  const hiddenOutcome = await anOutcome(database, { transfer_id: hiddenTransfer.id, indicator_id: indicator.id });
  await link(database, 'transfer_practice', { transfer_id: transfer.id, practice_id: practice.id });
  await link(database, 'transfer_practice', { transfer_id: transfer.id, practice_id: draftPractice.id });
  Object.assign(shown, {
    region: region.id,
    partner: partner.id,
    project: project.id,
    practice: practice.id,
    theme: theme.id,
    transfer: transfer.id,
  });
  Object.assign(hidden, {
    partner: hiddenPartner.id,
    project: hiddenProject.id,
    theme: hiddenTheme.id,
    participation: hiddenPart.id,
    draft: draftPractice.id,
    withdrawn: withdrawnPractice.id,
    measurement: hiddenMeasurement.id,
    transfer: hiddenTransfer.id,
    outcome: hiddenOutcome.id,
  });
  await execute(database, `insert into translation values ($1, 'title', 'it', 'Bozza', 'HUMAN')`, [draftPractice.id]);
});

test('lists and their counts leave out drafts and withdrawn records', async () => {
  const { data, errors } = await graph.run(`{
    goodPractices { totalCount nodes { id } } partners { totalCount nodes { id } } projects { totalCount nodes { id } }
    themes { totalCount nodes { id } } transfers { totalCount nodes { id } } }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    goodPractices: { totalCount: 1, nodes: [{ id: shown['practice'] }] },
    partners: { totalCount: 1, nodes: [{ id: shown['partner'] }] },
    projects: { totalCount: 1, nodes: [{ id: shown['project'] }] },
    themes: { totalCount: 1, nodes: [{ id: shown['theme'] }] },
    transfers: { totalCount: 1, nodes: [{ id: shown['transfer'] }] },
  });
});

test('edges leave out drafts, and references to them are null even when only their key is asked', async () => {
  const { data, errors } = await graph.run(
    `query ($practice: ID!, $transfer: ID!, $partner: ID!, $region: ID!, $project: ID!) {
      goodPractice(id: $practice) { owner { id } identifiedIn { id } themes { id } transfers { totalCount } }
      transfer(id: $transfer) { receiver { id } practices { id } }
      partner(id: $partner) { goodPractices { totalCount nodes { id } } }
      region(id: $region) { goodPractices { totalCount } partners { totalCount } transfersIn { totalCount nodes { id } } }
      project(id: $project) { participations { totalCount nodes { partner { id } } } }
    }`,
    shown,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    goodPractice: { owner: null, identifiedIn: null, themes: [{ id: shown['theme'] }], transfers: { totalCount: 1 } },
    transfer: { receiver: null, practices: [{ id: shown['practice'] }] },
    partner: { goodPractices: { totalCount: 0, nodes: [] } },
    region: {
      goodPractices: { totalCount: 1 },
      partners: { totalCount: 1 },
      transfersIn: { totalCount: 1, nodes: [{ id: shown['transfer'] }] },
    },
    project: { participations: { totalCount: 1, nodes: [{ partner: { id: shown['partner'] } }] } },
  });
});

test('node and nodes do not find them, whether or not more than the id is asked', async () => {
  const ids = Object.values(hidden);
  const { data, errors } = await graph.run(
    'query ($ids: [ID!]!) { short: nodes(ids: $ids) { id } long: nodes(ids: $ids) { ... on GoodPractice { title } ... on Partner { name } } }',
    { ids },
  );
  expect(errors).toEqual([]);
  expect(data['short']).toEqual(ids.map(() => null));
  expect(data['long']).toEqual(ids.map(() => null));
});

test('naming one by its key is answered as if it did not exist', async () => {
  const { data, errors } = await graph.run('query ($id: ID!) { goodPractice(id: $id) { title } }', {
    id: hidden['draft'],
  });
  expect(data).toEqual({ goodPractice: null });
  expect(errors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
});

test('a reviewer sees drafts and withdrawn records, with the reason', async () => {
  const { data, errors } = await graph.run(
    '{ goodPractices(orderBy: UPDATED_DESC) { totalCount nodes { publicationStatus withdrawnReason } } }',
    {},
    office,
  );
  expect(errors).toEqual([]);
  expect(data['goodPractices'].totalCount).toBe(3);
  expect(data['goodPractices'].nodes).toContainEqual({
    publicationStatus: 'WITHDRAWN',
    withdrawnReason: 'Entered twice.',
  });
});

test('a partner sees the drafts of its own organisation and nobody else does', async () => {
  const owner = { role: 'PARTNER', partnerId: shown['partner'] ?? '', accountId: null } as const;
  const other = { role: 'PARTNER', partnerId: hidden['partner'] ?? '', accountId: null } as const;
  const count = async (viewer: typeof owner) =>
    (await graph.run('{ goodPractices { totalCount } }', {}, viewer)).data['goodPractices'].totalCount as number;
  expect(await count(owner)).toBe(3);
  expect(await count(other)).toBe(1);
});

test('the anonymous role can neither read hidden rows nor write, whatever SQL it runs', async () => {
  const read = database.readAs({ role: 'ANONYMOUS', partnerId: null });
  const { sql } = await import('kysely');
  expect(await read(sql`select id from measurement`)).toEqual([]);
  expect(await read(sql`select * from translation`)).toEqual([]);
  await expect(read(sql`update good_practice set title = 'x'`)).rejects.toThrow('permission denied');
  await expect(read(sql`select * from account`)).rejects.toThrow('permission denied');
  // Of changes those of what was open alone.
  const seen = await read(sql<{ id: string }>`select distinct record_id as id from change order by 1`);
  expect(seen).toEqual(
    await execute(database, 'select distinct record_id as id from change where was_open or is_open order by 1'),
  );
  expect(seen.length).toBeLessThan((await execute(database, 'select distinct record_id from change')).length);
});

describe('what only leads to hidden records', () => {
  beforeAll(async () => {
    const region = await aRegion(database, 'XB', draft);
    const [place, programme, indicator] = [
      await aPlace(database, { slug: 'hidden-place', ...draft }),
      await aProgramme(database, { slug: 'hidden-programme', ...withdrawn }),
      await anIndicator(database, draft),
    ];
    const owner = await aPartner(database, { slug: 'hidden-owner', ...draft });
    await aPartner(database, { slug: 'seated', region_id: region.id, place_id: place.id });
    const partner = await aPartner(database, { slug: 'part-taker' });
    const project = await aProject(database, { slug: 'funded', programme_id: programme.id });
    const practice = await aPractice(database, { slug: 'kept', owner_id: owner.id });
    await link(database, 'good_practice_region', { good_practice_id: practice.id, region_id: region.id });
    await link(database, 'good_practice_place', { good_practice_id: practice.id, place_id: place.id });
    await aMeasurement(database, { practice_id: practice.id, indicator_id: indicator.id });
    const successor = await aParticipation(database, { project_id: project.id, partner_id: owner.id, ...draft });
    const part = { project_id: project.id, partner_id: partner.id, replaced_by_id: successor.id };
    await aParticipation(database, part);
    Object.assign(hidden, { region: region.id, place: place.id, programme: programme.id, indicator: indicator.id });
  });

  test('shows neither a region, a place, a programme nor an indicator', async () => {
    const { data, errors } = await graph.run(`{
      partner(slug: "seated") { region { id } place { id } }
      project(slug: "funded") { programme { id } }
      goodPractice(slug: "kept") { regions { id } places { id } measurements { indicator { id } } }
      regions(where: { country: { eq: "XB" } }) { totalCount }
      programmes { nodes { slug } }
    }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      partner: { region: null, place: null },
      project: { programme: null },
      goodPractice: { regions: [], places: [], measurements: [{ indicator: null }] },
      regions: { totalCount: 0 },
      programmes: { nodes: [{ slug: expect.not.stringContaining('hidden') }] },
    });
  });

  test.each([
    ['goodPractices', 'owner: { eq: "hidden-owner" }'],
    ['goodPractices', 'owner: { in: ["hidden-owner"] }'],
    ['goodPractices', 'country: { eq: "XB" }'],
    ['partners', 'country: { eq: "XB" }'],
    ['projects', 'programme: { eq: "hidden-programme" }'],
    ['projects', 'partner: { eq: "hidden-owner" }'],
  ])('is not found in %s by what is hidden: %s', async (list, where) => {
    const { data, errors } = await graph.run(`{ ${list}(where: { ${where} }) { totalCount } }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({ [list]: { totalCount: 0 } });
    const { data: all } = await graph.run(`{ ${list}(where: { ${where} }) { totalCount } }`, {}, office);
    expect(all).toEqual({ [list]: { totalCount: 1 } });
  });

  test.each([
    ['source', `insert into record_source (record_id, source_id, position) values ($1, $2, 9)`],
    [
      'indicator',
      `insert into measurement (id, practice_id, indicator_id, achieved) values ('mea_01h455vb4pex5vsknk084sn02q', $1, $2, 1)`,
    ],
  ])(
    'a %s that was withdrawn is told to no other organisation, though a published record names it',
    async (type, refer) => {
      const { id } = await (type === 'source' ? aSource : anIndicator)(database, withdrawn);
      await execute(database, refer, [shown['practice'], id]);
      const query = `{ node(id: "${id}") { id } }`;
      const stranger = { role: 'PARTNER', partnerId: hidden['partner'] ?? '', accountId: null } as const;
      expect((await graph.run(query, {}, stranger)).data).toEqual({ node: null });
      expect((await graph.run(query, {}, office)).data).toEqual({ node: { id } });
    },
  );

  test('a region that is hidden is no region for a filter', async () => {
    const { errors } = await graph.run('{ goodPractices(where: { region: { eq: "XB" } }) { totalCount } }');
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });

  test('does not tell that a part was taken over', async () => {
    const parts = `{ partner(slug: "part-taker") {
      open: participations(where: { isReplaced: false }) { nodes { replacedBy { id } } }
      replaced: participations(where: { isReplaced: true }) { totalCount } } }`;
    const { data } = await graph.run(parts);
    expect(data).toEqual({ partner: { open: { nodes: [{ replacedBy: null }] }, replaced: { totalCount: 0 } } });
    const { data: all } = await graph.run(parts, {}, office);
    expect(all).toEqual({ partner: { open: { nodes: [] }, replaced: { totalCount: 1 } } });
  });
});
