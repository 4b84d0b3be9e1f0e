import { parse } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { anonymous, readInWaves } from '../../src/graph/context.js';
import { withDeadline } from '../../src/graph/deadline.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase } from '../support/database.js';
import { aRegion } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);

beforeAll(async () => {
  let parent: { id: string } | undefined;
  for (const code of ['XE', 'XE1', 'XE11', 'XE111'])
    parent = await aRegion(database, code, {
      path: `2024/${['XE', 'XE1', 'XE11', 'XE111'].filter((each) => code.startsWith(each)).join('/')}/`,
      level: code.length - 2,
      parent_id: parent?.id ?? null,
    });
});

const filtered = (where: unknown) =>
  graph.run('query ($where: GoodPracticeWhere) { goodPractices(where: $where) { totalCount } }', { where });
const nested = (word: string, depth: number): unknown =>
  Array.from({ length: depth }).reduce((inner) => ({ [word]: word === 'not' ? inner : [inner] }), {} as unknown);
const conditions = (count: number) => ({ or: Array.from({ length: count }, () => ({ owner: { eq: 'x' } })) });

const tooDeep = '`where` nests `and`, `or` and `not` deeper than 8 levels. Flatten it.';
const tooMany = '`where` has more than 50 conditions. Use `in` for several values of a field.';

test.each<[string, unknown]>([
  ['49 conditions and the object around them', conditions(49)],
  ['seven levels', nested('not', 7)],
])('a where of %s is answered', async (_name, where) => {
  expect((await filtered(where)).errors).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['300 conditions', conditions(300), tooMany],
  ['51 empty conditions', { and: Array.from({ length: 51 }, () => ({})) }, tooMany],
  [
    '51 comparisons in objects of two',
    { or: Array.from({ length: 26 }, () => ({ startDate: { gte: '2000-01-01', lte: '2001-01-01' } })) },
    tooMany,
  ],
  ['eight levels', nested('not', 8), tooDeep],
  ['eight levels of lists', nested('or', 8), tooDeep],
])('a where of %s is refused before anything is read', async (_name, where, message) => {
  const { data, errors, statements } = await filtered(where);
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message }]);
  expect(data).toEqual({ goodPractices: null });
  expect(statements).toEqual([]);
});

test.each([31, 500, 2_000, 7_000])('an input nested %i deep is refused, not a fault of ours', async (depth) => {
  const { errors, statements } = await filtered(nested('not', depth));
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  expect(statements).toEqual([]);
});

test.each<[string, string]>([
  ['objects in an argument', `goodPractices(where: ${'{not:'.repeat(1_200)}{}${'}'.repeat(1_200)}) { totalCount }`],
  ['lists in an argument', `nodes(ids: ${'['.repeat(2_400)}${']'.repeat(2_400)}) { id }`],
  ['unclosed lists in an argument', `nodes(ids: ${'['.repeat(4_900)}`],
  ['fields', `regions { nodes { ${'parent { '.repeat(2_400)} id ${'}'.repeat(2_403)}`],
])('so are %s as deep as a document can be', async (_name, field) => {
  const { errors } = await graph.run(`{ ${field} }`);
  expect(errors[0]?.code).toMatch(/^BAD_USER_INPUT$|^GRAPHQL_/);
});

test('an operation for millions of rows is stopped where no price stands before it, and reads no more than it may', async () => {
  const { executor, contextFor } = fusedGraph(subgraphs);
  database.statements.length = 0;
  const stop = new AbortController();
  const context = { stop, ...contextFor({ viewer: anonymous, read: readInWaves(database.readAs(anonymous), stop) }) };
  const list = 'descendants(first: 100) { nodes { ancestors {';
  const document = parse(`{ regions { nodes { ${list.repeat(12)} code ${'} } }'.repeat(12)} } } }`);
  const { data, errors } = await withDeadline(executor, 10_000).execute({ document, context });
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([
    {
      extensions: { code: 'BAD_USER_INPUT' },
      message: 'The operation asks for more than 50,000 rows. Ask for shorter pages, or for fewer lists in lists.',
    },
  ]);
  expect(database.statements.length).toBeLessThan(30);
});

test('a variable left at null means the default, for order, version and language', async () => {
  const { data, errors } = await graph.run(
    `query ($order: RegionOrder, $version: Int, $language: LanguageTag) {
      regions(orderBy: $order, first: 1) { nodes { code } }
      region(code: "XE1", version: $version) { code }
      projects { nodes { title(language: $language) contentLanguage(language: $language) { tag } } }
    }`,
    { order: null, version: null, language: null },
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({ regions: { nodes: [{ code: 'XE' }] }, region: { code: 'XE1' }, projects: { nodes: [] } });
});

test('what cannot be answered is null, and its neighbours stay', async () => {
  const { data, errors } = await graph.run(
    '{ region(code: "XE") { name partners(first: 101) { totalCount } descendants { totalCount } } partners(first: 101) { totalCount } }',
  );
  expect(data).toEqual({ region: { name: 'XE', partners: null, descendants: { totalCount: 3 } }, partners: null });
  expect(errors.map(({ code, path }) => [code, path])).toEqual([
    ['BAD_USER_INPUT', ['partners']],
    ['BAD_USER_INPUT', ['region', 'partners']],
  ]);
});

test.each([
  ['eq: "XE19"', "'XE19' is not a code of NUTS 2024. The nearest code is XE1 (XE1)."],
  ['in: ["XE1", "XQ"]', "'XQ' is not a code of NUTS 2024."],
  ['eq: "XE1", in: ["XE"], within: "XE2"', "'XE2' is not a code of NUTS 2024. The nearest code is XE (XE)."],
])('a region that does not exist is told in { %s } too', async (region, message) => {
  for (const list of ['goodPractices', 'regions', 'partners']) {
    const { data, errors, statements } = await graph.run(
      `{ ${list}(where: { region: { ${region} } }) { totalCount } }`,
    );
    expect(data).toEqual({ [list]: null });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }]);
    expect(statements.filter((text) => text.includes('count(*)'))).toEqual([]);
  }
});

test('all codes of a where are looked up by one statement, and the ids that they stand for by another', async () => {
  const { errors, statements } = await graph.run(
    '{ goodPractices(where: { or: [{ region: { eq: "XE" } }, { region: { in: ["XE1", "XE11"] } }, { region: { within: "XE" } }] }) { totalCount } }',
  );
  expect(errors).toEqual([]);
  expect(statements).toHaveLength(3);
});

test('codes of another version are no mistake where the list is of that version', async () => {
  const old = await aRegion(database, 'XO', { code_version: 2010, path: '2010/XO/' });
  await aRegion(database, 'XO1', { code_version: 2010, path: '2010/XO/XO1/', level: 1, parent_id: old.id });
  const { data, errors } = await graph.run(
    '{ regions(where: { region: { eq: "XO" }, version: { eq: 2010 } }) { nodes { children(where: { region: { in: ["XO1"] } }) { totalCount } } } }',
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({ regions: { nodes: [{ children: { totalCount: 1 } }] } });
});

test.each(['0000-01-01', '0000-12-31'])('the day %s, of a year that does not exist, is refused', async (day) => {
  const { errors } = await graph.run(
    'query ($day: Date) { projects(where: { startDate: { gte: $day } }) { totalCount } }',
    { day },
  );
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
});
