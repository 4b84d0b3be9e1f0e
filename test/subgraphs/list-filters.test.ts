import { expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import {
  aPartner,
  aParticipation,
  aPlace,
  aPractice,
  aProgramme,
  aProject,
  aRegion,
  aTheme,
  aTransfer,
  anAction,
  anActionPlan,
  anEvent,
  anOutput,
  anOutputUpdate,
  aSource,
  aTask,
  draft,
  link,
  withdrawn,
} from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);

const region = await aRegion(database, 'XA', { group: 'EFTA', scheme: 'ISO3166' });
const inner = await aRegion(database, 'XA1', {
  path: '2024/XA/XA1/',
  level: 1,
  parent_id: region.id,
  country_code: 'XA',
});
const other = await aRegion(database, 'XB');
const wide = await aTheme(database, { slug: 'wide', label: 'Zinc' });
const narrow = await aTheme(database, { slug: 'narrow', broader_id: wide.id, label: 'Alloys' });
const city = await aPlace(database, { slug: 'city', region_id: inner.id });
const partner = await aPartner(database, {
  slug: 'owner',
  name_original: 'Łódzki Οργανισμός Größe',
  type: 'SME',
  region_id: inner.id,
  specialisations: ['felt', 'glass'],
});
const stranger = await aPartner(database, {
  slug: 'stranger',
  type: 'OTHER',
  region_id: other.id,
  confidence: 'UNCERTAIN',
});
const programme = await aProgramme(database, {
  slug: 'programme',
  start_year: 2007,
  end_year: 2013,
  fund: 'ERDF',
  cooperation_type: 'INTERREGIONAL',
});
await aProgramme(database, { slug: 'later', start_year: 2021 });
const project = await aProject(database, {
  slug: 'project',
  programme_id: programme.id,
  budget_amount: '2230494.00',
  budget_currency: 'EUR',
  context_tags: ['crafts'],
  target_groups: ['makers'],
});
const abroad = await aProject(database, {
  slug: 'abroad',
  programme_id: programme.id,
  start_date: '2012-01-01',
  start_date_precision: 'YEAR',
  budget_amount: '10.00',
  budget_currency: 'SEK',
});
await aParticipation(database, { project_id: project.id, partner_id: partner.id, role: 'LEAD_PARTNER' });
await aParticipation(database, { project_id: abroad.id, partner_id: stranger.id });
await link(database, 'project_theme', { project_id: project.id, theme_id: narrow.id });
const practice = await aPractice(database, {
  slug: 'practice',
  title: 'Ateliers à Besançon',
  owner_id: partner.id,
  validated_by_id: stranger.id,
  validated_on: '2014-05-01',
  validated_on_precision: 'DAY',
  identified_in_id: project.id,
  practice_type: 'training',
  keywords: ['felt'],
  target_groups: ['makers'],
  transferability_rating: 4,
  is_ongoing: true,
  cost_amount: '49999.99',
  cost_currency: 'EUR',
  start_date: '2010-01-01',
  start_date_precision: 'YEAR',
  end_date: '2012-01-01',
  end_date_precision: 'YEAR',
});
await aPractice(database, { slug: 'plain', confidence: 'DISPUTED' });
await link(database, 'good_practice_place', { good_practice_id: practice.id, place_id: city.id });
await link(database, 'good_practice_theme', { good_practice_id: practice.id, theme_id: narrow.id });
const transfer = await aTransfer(database, {
  slug: 'transfer',
  title: 'Carried over',
  destination_id: other.id,
  destination_place_id: city.id,
  receiver_id: stranger.id,
  funding_amount: '100.00',
  funding_currency: 'EUR',
  funding_is_lasting: true,
  end_date: '2020-01-01',
  end_date_precision: 'YEAR',
});
await aTransfer(database, { slug: 'second', destination_id: inner.id });
await link(database, 'transfer_practice', { transfer_id: transfer.id, practice_id: practice.id });
await link(database, 'transfer_origin_place', { transfer_id: transfer.id, place_id: city.id });
const event = await anEvent(database, { slug: 'event', project_id: project.id, city_id: city.id, region_id: inner.id });
await anEvent(database, { slug: 'dated', start_date: '2013-05-01', start_date_precision: 'DAY' });
await link(database, 'event_theme', { event_id: event.id, theme_id: narrow.id });
await link(database, 'event_country', { event_id: event.id, region_id: other.id });
const output = await anOutput(database, {
  slug: 'output',
  project_id: project.id,
  languages: ['it'],
  published_on: '2014-01-01',
  published_on_precision: 'DAY',
});
await anOutputUpdate(database, { output_id: output.id, reported_on: '2014-01-01', status: 'IN_DEVELOPMENT' });
await anOutputUpdate(database, { output_id: output.id, reported_on: '2014-03-01', status: 'COMPLETED' });
await anOutput(database, { slug: 'never' });
await aTask(database, { slug: 'task', title: 'Write the report' });
const plan = await anActionPlan(database, { slug: 'plan', proposed_by_id: partner.id });
await anAction(database, { action_plan_id: plan.id, transfer_id: transfer.id });
await link(database, 'action_plan_endorsement', { action_plan_id: plan.id, partner_id: stranger.id });
await aSource(database, {
  slug: 'source',
  title: 'A page',
  publisher: 'The House',
  licence: 'CC-BY-4.0',
  retrieved: '2026-01-02',
});

const found = async (list: string, where: string, key = 'slug') => {
  const { data, errors } = await graph.run(`{ ${list}(where: ${where}) { nodes { ${key} } } }`);
  expect(errors).toEqual([]);
  return data[list].nodes.map((node: Record<string, string>) => node[key]).toSorted();
};

test.each<[list: string, where: string, keys: string[]]>([
  ['programmes', '{ startYear: { gte: 2000, lte: 2010 } }', ['programme']],
  ['programmes', '{ endYear: { eq: 2013 } }', ['programme']],
  ['programmes', '{ fund: { eq: "ERDF" }, cooperationType: { eq: INTERREGIONAL } }', ['programme']],
  ['programmes', '{ hasProjects: false }', ['later']],
  ['projects', '{ theme: { within: "wide" } }', ['project']],
  ['projects', '{ theme: { eq: "wide" } }', []],
  ['projects', '{ partnerType: { eq: SME } }', ['project']],
  ['projects', '{ partner: { in: ["stranger", "nobody"] } }', ['abroad']],
  ['projects', '{ region: { within: "XA" } }', ['project']],
  ['projects', '{ country: { eq: "XB" } }', ['abroad']],
  ['projects', '{ contextTag: { eq: "crafts" }, targetGroup: { in: ["makers", "none"] } }', ['project']],
  ['projects', '{ budget: { gte: "0" } }', ['project']],
  ['projects', '{ startDate: { lte: "2012-01-01" } }', ['abroad']],
  ['projects', '{ not: { startDate: { gte: "0001-01-01" } } }', ['project']],
  ['partners', '{ programme: { eq: "programme" } }', ['owner', 'stranger']],
  ['partners', '{ role: { eq: LEAD_PARTNER } }', ['owner']],
  ['partners', '{ confidence: { eq: UNCERTAIN } }', ['stranger']],
  ['partners', '{ specialisation: { in: ["glass"] } }', ['owner']],
  ['partners', '{ name: { contains: "LODZKI οργανισμοσ" } }', ['owner']],
  ['partners', '{ name: { contains: "grosse" } }', ['owner']],
  ['goodPractices', '{ title: { contains: "a besancon" } }', ['practice']],
  ['goodPractices', '{ text: { contains: "ATELIERS À" } }', ['practice']],
  ['goodPractices', '{ place: { eq: "city" } }', ['practice']],
  ['goodPractices', '{ keyword: { eq: "felt" }, targetGroup: { eq: "makers" } }', ['practice']],
  ['goodPractices', '{ practiceType: { in: ["training"] } }', ['practice']],
  ['goodPractices', '{ isOngoing: false }', ['plain']],
  ['goodPractices', '{ rating: { gte: 4 } }', ['practice']],
  ['goodPractices', '{ validatedBy: { eq: "stranger" }, validatedOn: { gte: "2014-05-01" } }', ['practice']],
  ['goodPractices', '{ confidence: { in: [DISPUTED, DERIVED] } }', ['plain']],
  ['goodPractices', '{ cost: { lte: "50000" } }', ['practice']],
  ['goodPractices', '{ cost: { gte: "50000" } }', []],
  ['goodPractices', '{ duration: { gte: "2.9", lte: "3.1" } }', ['practice']],
  ['goodPractices', '{ endDate: { lte: "2012-12-31" } }', ['practice']],
  ['themes', '{ isBroadest: true }', ['wide']],
  ['transfers', '{ theme: { within: "wide" } }', ['transfer']],
  ['transfers', '{ practiceOwner: { eq: "owner" } }', ['transfer']],
  ['transfers', '{ receiverType: { eq: OTHER } }', ['transfer']],
  ['transfers', '{ originPlace: { eq: "city" }, destinationPlace: { eq: "city" } }', ['transfer']],
  ['transfers', '{ funding: { gte: "100" }, isFundingLasting: true }', ['transfer']],
  ['transfers', '{ endDate: { gte: "2020-01-01" } }', ['transfer']],
  ['events', '{ theme: { within: "wide" } }', ['event']],
  ['events', '{ programme: { eq: "programme" } }', ['event']],
  ['events', '{ city: { eq: "city" }, participantCountry: { eq: "XB" } }', ['event']],
  ['events', '{ startDate: { gte: "2013-05-01" } }', ['dated']],
  ['events', '{ startDate: { lte: "2013-04-30" } }', []],
  ['outputs', '{ programme: { eq: "programme" }, language: { eq: "it" } }', ['output']],
  ['outputs', '{ publishedOn: { gte: "2014-01-01", lte: "2014-01-01" } }', ['output']],
  ['outputs', '{ status: { eq: COMPLETED } }', ['output']],
  ['outputs', '{ status: { eq: IN_DEVELOPMENT } }', []],
  ['outputs', '{ updatedOn: { gte: "2014-02-01", lte: "2014-03-01" } }', ['output']],
  ['outputs', '{ updatedOn: { lte: "2014-02-01" } }', ['never']],
  ['tasks', '{ title: { contains: "REPORT" } }', ['task']],
  ['actionPlans', '{ region: { within: "XA" }, endorsedBy: { eq: "stranger" } }', ['plan']],
  ['actionPlans', '{ country: { eq: "XB" } }', []],
  ['sources', '{ licence: { eq: "CC-BY-4.0" }, retrieved: { lte: "2026-01-02" } }', ['source']],
  ['sources', '{ publisher: { contains: "house" }, title: { contains: "PAGE" } }', ['source']],
])('%s where %s', async (list, where, keys) => {
  expect(await found(list, where)).toEqual(keys);
});

test('regions by group and scheme', async () => {
  expect(await found('regions', '{ group: { eq: EFTA }, scheme: { eq: ISO3166 } }', 'code')).toEqual(['XA']);
});

test.each<[where: string, roles: string[]]>([
  ['{ partnerType: { eq: SME } }', ['LEAD_PARTNER']],
  ['{ country: { eq: "XB" } }', ['PARTNER']],
  ['{ region: { within: "XA" } }', ['LEAD_PARTNER']],
  ['{ partner: { eq: "owner" }, project: { eq: "project" }, programme: { eq: "programme" } }', ['LEAD_PARTNER']],
  ['{ startDate: { gte: "2012-01-01" } }', ['PARTNER']],
])('participations where %s', async (where, roles) => {
  const { data, errors } = await graph.run(
    `{ projects { nodes { participations(where: ${where}) { nodes { role } } } } }`,
  );
  expect(errors).toEqual([]);
  const nodes = data['projects'].nodes as { participations: { nodes: { role: string }[] } }[];
  expect(nodes.flatMap(({ participations }) => participations.nodes.map(({ role }) => role))).toEqual(roles);
});

test.each([
  ['projects', 'BUDGET_DESC', ['project', 'abroad']],
  ['goodPractices', 'DURATION_DESC', ['practice', 'plain']],
  ['programmes', 'START_DESC', ['later', 'programme']],
  ['themes', 'LABEL_ASC', ['narrow', 'wide']],
])('%s by %s', async (list, orderBy, slugs) => {
  const { data, errors } = await graph.run(`{ ${list}(orderBy: ${orderBy}) { nodes { slug } } }`);
  expect(errors).toEqual([]);
  expect(data[list].nodes.map(({ slug }: { slug: string }) => slug)).toEqual(slugs);
});

test('a text is found while its record is public, by its owner also before, and by what it says now', async () => {
  const { id } = await aPractice(database, {
    ...draft,
    slug: 'secret',
    title: 'Hidden kiln',
    keywords: ['kiln'],
    owner_id: partner.id,
  });
  const query =
    '{ goodPractices(where: { or: [{ title: { contains: "kiln" } }, { keyword: { eq: "kiln" } }] }) { nodes { slug } } }';
  const owner = { role: 'PARTNER', partnerId: partner.id, accountId: null } as const;
  const seen = async () => [
    (await graph.run(query)).data['goodPractices'].nodes,
    (await graph.run(query, {}, owner)).data['goodPractices'].nodes,
  ];
  const secret = [{ slug: 'secret' }];
  const change = (columns: string) => execute(database, `update good_practice set ${columns} where id = $1`, [id]);
  expect(await seen()).toEqual([[], secret]);
  await change(`publication_status = 'PUBLISHED'`);
  expect(await seen()).toEqual([secret, secret]);
  await change(`title = 'Renamed', keywords = '{}'`);
  expect(await seen()).toEqual([[], []]);
  await change(`title = 'A kiln again'`);
  expect(await seen()).toEqual([secret, secret]);
  await change(
    `publication_status = '${withdrawn.publication_status}', withdrawn_reason = '${withdrawn.withdrawn_reason}'`,
  );
  expect(await seen()).toEqual([[], secret]);
  await execute(database, 'delete from good_practice where id = $1', [id]);
  expect(await execute(database, 'select from good_practice_search where id = $1', [id])).toEqual([]);
});

test('no revision tells of what the database works out for itself', async () => {
  const { id } = await aPractice(database, { slug: 'dear', cost_amount: '1.00', cost_currency: 'EUR' });
  await execute(database, 'update good_practice set cost_amount = 2 where id = $1', [id]);
  await execute(database, 'update transfer set destination_id = $1 where slug = $2', [region.id, 'second']);
  await execute(database, 'delete from good_practice where id = $1', [id]);
  const told = await execute<{ key: string }>(
    database,
    `select distinct jsonb_object_keys(changes) as key from revision
     where record_id = $1 or record_id = (select id from transfer where slug = 'second')`,
    [id],
  );
  const keys = told.map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(['cost_amount', 'destination_id', 'slug']));
  expect(keys.filter((key) => ['cost_eur', 'duration_years', 'destination_code'].includes(key))).toEqual([]);
});
