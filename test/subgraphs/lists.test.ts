import { beforeAll, expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aPartner, aPractice, aRegion, aTheme, link } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);
const titles = Array.from({ length: 25 }, (_, index) => `Practice ${String.fromCharCode(65 + index)}`);

beforeAll(async () => {
  const italy = await aRegion(database, 'XI');
  const tuscany = await aRegion(database, 'XI1', { path: '2024/XI/XI1/', level: 1, parent_id: italy.id });
  const florence = await aRegion(database, 'XI14', { path: '2024/XI/XI1/XI14/', level: 2, parent_id: tuscany.id });
  await aRegion(database, 'XI2', { path: '2024/XI/XI2/', level: 1, parent_id: italy.id });
  const owner = await aPartner(database, { slug: 'owner', name_original: 'Größe 100%_Ö' });
  const theme = await aTheme(database, { slug: 'theme' });
  for (const [index, title] of titles.entries()) {
    const { id } = await aPractice(database, {
      title,
      slug: `p-${index}`,
      owner_id: index < 3 ? owner.id : null,
      start_date: index === 0 ? '2012-05-01' : null,
      start_date_precision: index === 0 ? 'MONTH' : null,
    });
    const region = [florence, tuscany, italy][index % 3] ?? italy;
    await link(database, 'good_practice_region', { good_practice_id: id, region_id: region.id });
    if (index % 2 === 0) await link(database, 'good_practice_theme', { good_practice_id: id, theme_id: theme.id });
  }
});

const titlesOf = (connection: { nodes: { title: string }[] }) =>
  connection.nodes.map(({ title }) => title.slice(-1)).join('');

test('walking forward and backward by cursors meets every row once, in order', async () => {
  const page =
    'query ($first: Int, $after: String, $last: Int, $before: String) { goodPractices(first: $first, after: $after, last: $last, before: $before) { nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }';
  const forward = [];
  let after: string | null = null;
  do {
    const { data } = await graph.run(page, { first: 10, after });
    forward.push(titlesOf(data['goodPractices']));
    after = data['goodPractices'].pageInfo.hasNextPage ? data['goodPractices'].pageInfo.endCursor : null;
  } while (after !== null);
  expect(forward).toEqual(['ABCDEFGHIJ', 'KLMNOPQRST', 'UVWXY']);
  const { data: last } = await graph.run(page, { last: 4 });
  expect(titlesOf(last['goodPractices'])).toBe('VWXY');
  expect(last['goodPractices'].pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const { data: before } = await graph.run(page, { last: 4, before: last['goodPractices'].pageInfo.startCursor });
  expect(titlesOf(before['goodPractices'])).toBe('RSTU');
  expect(before['goodPractices'].pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
});

test('a page is 20 rows unless told otherwise, and first: 0 is an empty page with its count', async () => {
  const { data } = await graph.run(
    '{ default: goodPractices { nodes { id } } none: goodPractices(first: 0) { totalCount totalCountIsExact nodes { id } pageInfo { hasNextPage endCursor } } }',
  );
  expect(data['default'].nodes).toHaveLength(20);
  expect(data['none']).toEqual({
    totalCount: 25,
    totalCountIsExact: true,
    nodes: [],
    pageInfo: { hasNextPage: true, endCursor: null },
  });
});

test('totalCount alone costs one statement, and no rows are read', async () => {
  const { statements } = await graph.run('{ goodPractices { totalCount } }');
  expect(statements).toHaveLength(1);
  expect(statements[0]).toContain('count(*)');
});

test.each([
  ['{ region: { within: "XI1" } }', 17],
  ['{ region: { eq: "XI1" } }', 8],
  ['{ region: { in: ["XI14", "XI"] } }', 17],
  ['{ theme: { eq: "theme" } }', 13],
  ['{ owner: { eq: "owner" } }', 3],
  ['{ title: { contains: "practice b" } }', 1],
  ['{ title: { contains: "%" } }', 0],
  ['{ startDate: { gte: "2012-05-01", lte: "2012-12-31" } }', 1],
  ['{ hasMeasurements: true }', 0],
  ['{ hasMeasurements: false }', 25],
  ['{ not: { owner: { eq: "owner" } } }', 22],
  ['{ not: { startDate: { gte: "2000-01-01" } } }', 24],
  ['{ or: [{ title: { contains: "ce A" } }, { title: { contains: "ce Y" } }] }', 2],
  ['{ and: [{ theme: { eq: "theme" } }, { region: { within: "XI14" } }] }', 5],
  ['{ or: [] }', 0],
  ['{ and: [], owner: null }', 25],
])('where %s matches %i practices', async (where, count) => {
  const { data, errors } = await graph.run(`{ goodPractices(where: ${where}) { totalCount } }`);
  expect(errors).toEqual([]);
  expect(data['goodPractices'].totalCount).toBe(count);
});

test('a percent sign and an underscore in contains stand for themselves', async () => {
  const count = async (text: string) =>
    (await graph.run('query ($t: String!) { partners(where: { name: { contains: $t } }) { totalCount } }', { t: text }))
      .data['partners'].totalCount;
  expect(await count('100%_ö')).toBe(1);
  expect(await count('10%0')).toBe(0);
  expect(await count('1000_')).toBe(0);
});

const firstPage = 'goodPractices(orderBy: UPDATED_DESC, first: 1) { pageInfo { endCursor } }';

test.each([
  [
    'goodPractices(first: 101) { totalCount }',
    '`first: 101` is not between 0 and 100. Ask for less and follow `pageInfo.endCursor`.',
  ],
  [
    'goodPractices(last: -1) { totalCount }',
    '`last: -1` is not between 0 and 100. Ask for less and follow `pageInfo.endCursor`.',
  ],
  ['goodPractices(first: 1, last: 1) { totalCount }', 'Use `first` or `last`, not both.'],
  ['goodPractices(after: "a", before: "b") { totalCount }', 'Use `after` or `before`, not both.'],
  ['goodPractices(before: "b") { totalCount }', '`before` goes with `last`.'],
  ['goodPractices(last: 3, after: "b") { totalCount }', '`after` goes with `first`.'],
  [
    'goodPractices(after: "nonsense") { nodes { id } }',
    "'nonsense' is not a cursor of this list. Use a cursor as `pageInfo` or an edge returned it.",
  ],
  [
    'goodPractices(where: { region: { within: "XI19" } }) { nodes { id } }',
    "'XI19' is not a code of NUTS 2024. The nearest code is XI1 (XI1).",
  ],
  [
    'goodPractices(where: { region: { within: "Q" } }) { totalCount }',
    "'Q' is not a code of NUTS 2024. Codes begin with the two letters of the country, such as IT or EL.",
  ],
  [
    'goodPractices(where: { title: { contains: " " } }) { totalCount }',
    '`title.contains` is empty. Leave it out, or give it some letters.',
  ],
  ['goodPractice { id }', 'Name the good practice by `id` or `slug`.'],
  [
    'goodPractice(id: "gp_01h455vb4pex5vsknk084sn02q", slug: "x") { id }',
    'Name the good practice by one key only: `id` or `slug`.',
  ],
  ['goodPractice(id: "42") { id }', "'42' is not an id of this graph. Use an id as a field `id` returned it."],
  [
    'goodPractice(id: "ptn_01h455vb4pex5vsknk084sn02q") { id }',
    "'ptn_01h455vb4pex5vsknk084sn02q' is not the id of a GoodPractice: those begin with 'gp_'.",
  ],
  ['node(id: "nonsense") { id }', "'nonsense' is not an id of this graph. Use an id as a field `id` returned it."],
])('%s is refused with a message that says how to mend it', async (field, message) => {
  const { data, errors } = await graph.run(`{ ${field} }`);
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message }]);
  expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
});

test('a cursor of another order, or one whose values were forged, is refused', async () => {
  const { data } = await graph.run(`{ ${firstPage} }`);
  const cursor = data['goodPractices'].pageInfo.endCursor as string;
  const other = await graph.run('query ($c: String) { goodPractices(after: $c) { nodes { id } } }', { c: cursor });
  expect(other.errors).toMatchObject([
    {
      code: 'BAD_USER_INPUT',
      message:
        'This cursor belongs to the order UPDATED_DESC, and the list is ordered by TITLE_ASC. Ask for the first page again.',
    },
  ]);
  const forged = Buffer.from(JSON.stringify(['UPDATED_DESC', 'not a time', 'gp_x'])).toString('base64url');
  const answer = await graph.run(
    'query ($c: String) { goodPractices(orderBy: UPDATED_DESC, after: $c) { nodes { id } } }',
    { c: forged },
  );
  expect(answer.errors).toMatchObject([
    {
      code: 'BAD_USER_INPUT',
      message: 'This is not a cursor of this list. Use a cursor as `pageInfo` or an edge returned it.',
    },
  ]);
});

test.each([
  'goodPractice(slug: $text) { id }',
  'goodPractices(where: { title: { contains: $text } }) { totalCount }',
  'goodPractices(where: { region: { within: $text } }) { totalCount }',
])('a NUL character in %s is refused, not a fault of ours', async (field) => {
  const { errors } = await graph.run(`query ($text: String!) { ${field} }`, { text: 'a\u0000b' });
  expect(errors).toMatchObject([
    { code: 'BAD_USER_INPUT', message: 'A text holds a character that no text here can, such as NUL. Leave it out.' },
  ]);
});

test.each([
  ['goodPractice(slug: "none")', "No good practice has the slug 'none'."],
  ['partner(slug: "none")', "No partner has the slug 'none'."],
  ['region(code: "ZZ")', "No region has the code 'ZZ' in NUTS 2024."],
  ['project(id: "prj_01h455vb4pex5vsknk084sn02q")', "No project has the id 'prj_01h455vb4pex5vsknk084sn02q'."],
])('%s is null, with a NOT_FOUND that names the key', async (field, message) => {
  const { data, errors } = await graph.run(`{ it: ${field} { id } }`);
  expect(data).toEqual({ it: null });
  expect(errors).toMatchObject([{ code: 'NOT_FOUND', path: ['it'] }]);
  expect(errors[0]?.message).toContain(message);
});
