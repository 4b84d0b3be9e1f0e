import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { countedFields } from '../../src/subgraphs/practices/good-practice-completeness.loaders.js';
import { aDatabase, execute } from '../support/database.js';
import {
  aMeasurement,
  anIndicator,
  aPartner,
  aPractice,
  aProgramme,
  aProject,
  aRegion,
  aTheme,
  draft,
  link,
} from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);
const member = (partnerId: string) => ({ role: 'PARTNER', partnerId, accountId: null }) as const;
let full = '';
let owner = '';

const year = (column: string, value: number) => ({ [column]: `${value}-01-01`, [`${column}_precision`]: 'YEAR' });

beforeAll(async () => {
  const region = await aRegion(database, 'XA');
  const theme = await aTheme(database);
  const programme = await aProgramme(database, { slug: 'programme' });
  const project = await aProject(database, { programme_id: programme.id });
  owner = (await aPartner(database, { type: 'SME', legal_status: 'PRIVATE_FOR_PROFIT', specialisations: ['glass'] }))
    .id;
  const expert = await aPartner(database, {
    name_original: 'Jury',
    identifiers: JSON.stringify([{ scheme: 'ROR', value: '05gq02987' }]),
  });
  const practice = await aPractice(database, {
    slug: 'full',
    summary: 's',
    description: 'd',
    problem: 'p',
    owner_id: owner,
    identified_in_id: project.id,
    sectors: ['glass', 'clay'],
    target_groups: ['makers'],
    scope: 'LOCAL',
    practice_type: 'fund',
    ...year('start_date', 2010),
    ...year('end_date', 2013),
    maturity: 'PROVEN',
    cost_amount: '50000',
    cost_currency: 'EUR',
    funding_sources: ['ERDF'],
    difficulties: 'x',
    lessons_learnt: 'y',
    success_factors: 'people',
    transferability_rating: 4,
    validation_level: 'EXPERT',
    validated_by_id: expert.id,
    ...year('validated_on', 2014),
    validation_opinion: 'Fine.',
    links: JSON.stringify([{ url: 'https://example.org/film', title: null }]),
  });
  full = practice.id;
  await link(database, 'good_practice_region', { good_practice_id: full, region_id: region.id });
  await link(database, 'good_practice_theme', { good_practice_id: full, theme_id: theme.id });
  const indicator = await anIndicator(database);
  await aMeasurement(database, { practice_id: full, indicator_id: indicator.id });
  const hiddenPartner = await aPartner(database, draft);
  const cheap = await aPractice(database, {
    slug: 'cheap',
    cost_amount: '49999.99',
    cost_currency: 'EUR',
    ...year('start_date', 2012),
    is_ongoing: true,
    ...year('ongoing_as_of', 2013),
    validation_level: 'LABEL',
    validated_by_id: hiddenPartner.id,
  });
  const hidden = await aPractice(database, { slug: 'hidden', ...draft });
  await aPractice(database, { slug: 'foreign', cost_amount: '100', cost_currency: 'HUF' });
  for (const [position, inspired_by_id] of [hidden.id, cheap.id].entries())
    await execute(database, 'insert into good_practice_inspiration values ($1, $2, $3)', [
      full,
      inspired_by_id,
      position,
    ]);
  await execute(database, `insert into translation values ($1, 'successFactors', 'it', 'persone', 'HUMAN')`, [full]);
  await execute(database, `insert into partner_contact values ($1, 0, 'transfers', 'Ask the desk.', null)`, [owner]);
  await execute(database, `insert into partner_contact_email values ($1, 0, 'desk@example.org')`, [owner]);
});

test.each([
  ['{ cost: { lte: "49999.99" } }', ['cheap']],
  ['{ cost: { gte: "49999.99", lte: "50000" } }', ['cheap', 'full']],
  ['{ cost: { gte: "0" } }', ['cheap', 'full']],
  ['{ not: { cost: { lte: "50000" } } }', ['foreign']],
  ['{ duration: { gte: "3.5" } }', ['full']],
  ['{ duration: { lte: "2" } }', ['cheap']],
  ['{ duration: { gte: "4.01" } }', []],
  ['{ validation: { in: [EXPERT, LABEL] } }', ['cheap', 'full']],
  ['{ maturity: { eq: PROVEN } }', ['full']],
  ['{ scope: { eq: LOCAL } }', ['full']],
  ['{ sector: { in: ["clay"] } }', ['full']],
  ['{ ownerType: { eq: SME } }', ['full']],
  ['{ programme: { eq: "programme" } }', ['full']],
  ['{ text: { contains: "d" } }', ['full']],
])('where %s matches %j', async (where, slugs) => {
  const { data, errors } = await graph.run(`{ goodPractices(where: ${where}) { nodes { slug } } }`);
  expect(errors).toEqual([]);
  const found = data['goodPractices'].nodes.map(({ slug }: { slug: string }) => slug);
  expect(found.toSorted()).toEqual(slugs);
});

test('the cheapest come first, and a cursor leads from a cost in EUR to those without', async () => {
  const page = `query ($after: String) { goodPractices(orderBy: COST_ASC, first: 1, after: $after) { nodes { slug } pageInfo { endCursor } } }`;
  const slugs = [];
  let after: string | null = null;
  do {
    const { data } = await graph.run(page, { after });
    slugs.push(...data['goodPractices'].nodes.map(({ slug }: { slug: string }) => slug));
    after = data['goodPractices'].pageInfo.endCursor;
  } while (after !== null);
  expect(slugs).toEqual(['cheap', 'full', 'foreign']);
});

test('a partner is found by its legal status, what it is good at, and whether it is in a register', async () => {
  const names = async (where: string) =>
    (await graph.run(`{ partners(where: ${where}) { totalCount } }`)).data['partners'].totalCount as number;
  expect(await names('{ legalStatus: { eq: PRIVATE_FOR_PROFIT } }')).toBe(1);
  expect(await names('{ specialisation: { eq: "glass" } }')).toBe(1);
  expect(await names('{ specialisation: { eq: "glas" } }')).toBe(0);
  expect(await names('{ hasIdentifier: true }')).toBe(1);
  expect(await names('{ hasIdentifier: false }')).toBe(1);
});

test('completeness counts twenty things, 5 each, and costs one statement for all rows', async () => {
  expect(Object.keys(countedFields)).toHaveLength(20);
  const { data, statements } = await graph.run('{ goodPractices { nodes { slug completeness } } }');
  expect(
    Object.fromEntries(
      data['goodPractices'].nodes.map(({ slug, completeness }: Record<string, unknown>) => [slug, completeness]),
    ),
  ).toEqual({
    full: 100,
    // Start, whether it runs, resources, validation.
    cheap: 20,
    // Resources.
    foreign: 5,
  });
  expect(statements).toHaveLength(2);
});

test.each([
  ['summary', { summary: null }],
  ['description', { description: null }],
  ['problem', { problem: null }],
  ['owner', { owner_id: null }],
  ['sectors', { sectors: [] }],
  ['targetGroups', { target_groups: [] }],
  ['scope', { scope: null }],
  ['practiceType', { practice_type: null }],
  ['start', { start_date: null, start_date_precision: null }],
  ['end', { end_date: null, end_date_precision: null }],
  ['maturity', { maturity: null }],
  ['resources', { cost_amount: null, cost_currency: null }],
  ['fundingSources', { funding_sources: [] }],
  ['difficulties', { difficulties: null }],
  ['lessonsLearnt', { lessons_learnt: null }],
  ['transferability', { success_factors: null, transferability_rating: null }],
  ['validation', { validation_level: null }],
])('without %s a practice is 95 complete', async (_, columns) => {
  const names = Object.keys(columns);
  const [before] = await execute(database, `select ${names.join(', ')} from good_practice where id = $1`, [full]);
  const set = (values: Record<string, unknown>) =>
    execute(
      database,
      `update good_practice set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} where id = $1`,
      [full, ...names.map((name) => values[name])],
    );
  await set(columns);
  const { data } = await graph.run('{ goodPractice(slug: "full") { completeness } }');
  await set(before ?? {});
  expect(data['goodPractice'].completeness).toBe(95);
});

test('value types say what is known, in the language asked for, and keep to what the viewer may see', async () => {
  const { data, errors } = await graph.run(`{ goodPractices(orderBy: COST_ASC, where: { cost: { gte: "0" } }) { nodes {
    transferability(language: "it") { successFactors prerequisites rating }
    validation { level by { name } byText at atPrecision opinion } links { url title }
    inspiredBy { slug } workflowStatus workflowHistory { to } } } }`);
  expect(errors).toEqual([]);
  expect(data['goodPractices'].nodes).toEqual([
    {
      transferability: null,
      // A draft made it: its key does not leave.
      validation: { level: 'LABEL', by: null, byText: null, at: null, atPrecision: null, opinion: null },
      links: [],
      inspiredBy: [],
      workflowStatus: null,
      workflowHistory: [],
    },
    {
      transferability: { successFactors: 'persone', prerequisites: null, rating: 4 },
      validation: {
        level: 'EXPERT',
        by: { name: 'Jury' },
        byText: null,
        at: '2014-01-01',
        atPrecision: 'YEAR',
        opinion: 'Fine.',
      },
      links: [{ url: 'https://example.org/film', title: null }],
      // In its order, without the draft.
      inspiredBy: [{ slug: 'cheap' }],
      workflowStatus: null,
      workflowHistory: [],
    },
  ]);
});

test('the e-mail of a contact is for those who have signed in, and no SQL of the anonymous role reads it', async () => {
  const query = `query ($id: ID!) { partner(id: $id) { contacts { role text url email } } }`;
  const contact = { role: 'transfers', text: 'Ask the desk.', url: null };
  const { data: open, errors, statements } = await graph.run(query, { id: owner });
  expect(open).toBeNull();
  expect(errors).toMatchObject([
    { code: 'UNAUTHENTICATED', message: expect.stringContaining('`PartnerContact.email` is for PARTNER') },
  ]);
  expect(statements).toEqual([]);
  const { data: signed } = await graph.run(query, { id: owner }, member(full));
  expect(signed['partner'].contacts).toEqual([{ ...contact, email: 'desk@example.org' }]);
  const read = database.readAs({ role: 'ANONYMOUS', partnerId: null });
  await expect(read(sql`select email from partner_contact_email`)).rejects.toThrow('permission denied');
});

test('contacts and inspirations of a draft are as hidden as the draft', async () => {
  const { id } = await aPartner(database, draft);
  await execute(database, `insert into partner_contact values ($1, 0, 'press', 'Call.', null)`, [id]);
  await execute(database, `insert into partner_contact_email values ($1, 0, 'press@example.org')`, [id]);
  const hidden = await aPractice(database, draft);
  await execute(database, 'insert into good_practice_inspiration values ($1, $2)', [hidden.id, full]);
  const count = async (viewer: Parameters<typeof database.readAs>[0], table: string, column: string, key: string) =>
    (await database.readAs(viewer)(sql`select from ${sql.table(table)} where ${sql.ref(column)} = ${key}`)).length;
  const anonymous = { role: 'ANONYMOUS', partnerId: null };
  const office = { role: 'REVIEWER', partnerId: null, accountId: null };
  expect(await count(anonymous, 'partner_contact', 'partner_id', id)).toBe(0);
  expect(await count(member(owner), 'partner_contact_email', 'partner_id', id)).toBe(0);
  expect(await count(office, 'partner_contact_email', 'partner_id', id)).toBe(1);
  expect(await count(anonymous, 'good_practice_inspiration', 'practice_id', hidden.id)).toBe(0);
  expect(await count(office, 'good_practice_inspiration', 'practice_id', hidden.id)).toBe(1);
});
