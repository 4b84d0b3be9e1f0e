import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLint } from '../../src/cli/subgraph-check/lint.js';
import { checkPolicy } from '../../src/graph/joining/policy.js';
import { ourSubgraphs } from '../../src/cli/subgraph-check/ours.js';
import { checkSubgraph, textOf, type CheckReport } from '../../src/cli/subgraph-check.js';

const folder = await mkdtemp(join(tmpdir(), 'goodgraph-check-'));
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
/** Checks a text as the SDL of the subgraph `workshops`, or of another one. */
async function check(sdl: string | Buffer, name = 'workshops'): Promise<CheckReport> {
  const directory = await mkdtemp(join(folder, `${(count += 1)}-`));
  const file = join(directory, `${name}.graphql`);
  await writeFile(file, sdl);
  return checkSubgraph({ file });
}

const link = (...names: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${['"@key"', ...names].join(', ')}])\n`;

const workshop =
  '"A workshop." type Workshop @key(fields: "id") { "Its id." id: ID! "As announced." title: String! }\n';
const onPractice = (field: string, key = '@key(fields: "id")') => `type GoodPractice ${key} { id: ID! ${field} }\n`;
const good = `${link()}${workshop}${onPractice('"Where it is taught." workshops: [Workshop!]')}`;

const faultsOf = ({ findings }: CheckReport) => findings.filter(({ level }) => level === 'fault');
const told = (report: CheckReport) => faultsOf(report).map(({ check: by, message }) => `${by}: ${message}`);
/** What the policy alone says of a text: composing takes its time. */
const policy = (sdl: string, name = 'workshops') =>
  checkPolicy({ name, typeDefs: parse(sdl) }, ourSubgraphs()).map(({ message }) => message);
const lint = (sdl: string, name = 'workshops') => checkLint({ name, typeDefs: parse(sdl) }, ourSubgraphs());

test('types of its own and nullable fields on our entities pass, and the report says what they add', async () => {
  const report = await check(good);
  expect(report).toMatchObject({ subgraph: 'workshops', passed: true, findings: [] });
  expect(report.adds).toEqual(['GoodPractice.workshops: [Workshop!]', 'Workshop']);
});

test('what was not checked is told loudly', async () => {
  const report = await check(good);
  expect(report.checks.filter(({ outcome }) => outcome === 'skipped').map(({ check: by }) => by)).toEqual(['probe']);
  expect(textOf(report)).toMatch(/^plans: passed$/m);
  expect(textOf(report)).toMatch(/workshops may join the graph\. Not wholly checked: probe\.$/);
});

describe('what is no SDL is told with its place, and nothing else is checked', () => {
  test.each([
    ['type Workshop { id: ID!', /Syntax Error: Expected Name, found <EOF>/, 1],
    ['type Workshop {\n  id: ID!!\n}', /Syntax Error: Expected Name, found "!"/, 2],
    ['', /Syntax Error: Unexpected <EOF>/, 1],
    ['<!doctype html>', /Syntax Error/, 1],
    [`${good}\nquery Q { a }`, /operation or a fragment/, 5],
  ])('%s', async (sdl, message, line) => {
    const report = await check(sdl);
    const [fault] = faultsOf(report);
    expect(fault).toMatchObject({ check: 'parse', message: expect.stringMatching(message) as string });
    expect(fault?.theirs).toMatchObject({ file: 'workshops.graphql', line });
    expect(report.passed).toBe(false);
    expect(report.checks.slice(1).map(({ outcome }) => outcome)).toEqual(Array.from({ length: 7 }, () => 'skipped'));
  });

  test.each([
    ['more bytes than are read', `# ${'x'.repeat(300_000)}\n${good}`, 'parse: It is too large to be read: 300'],
    ['more tokens', `type A { ${'a:B '.repeat(30_000)} }`, 'parse: It is too large to be read: more than 60000 tokens'],
    ['brackets without end', `type A { a: ${'['.repeat(59_000)}`, 'parse: It is nested too deeply to be read.'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x41]), 'parse: /'],
  ])('%s', async (_, sdl, message) => {
    const lines = told(await check(sdl));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(message);
  });

  test('a file that is not there', async () => {
    const report = await checkSubgraph({ file: join(folder, 'none.graphql') });
    expect(faultsOf(report)).toMatchObject([{ check: 'parse', mend: 'There is no such file: name one.' }]);
  });
});

test('a field of ours that it shadows is told with both places', async () => {
  const report = await check(`${link()}${onPractice('\n  title: String')}`);
  const [fault] = faultsOf(report);
  expect(fault).toMatchObject({
    check: 'policy',
    message: 'GoodPractice.title is our field.',
    theirs: { file: 'workshops.graphql', line: 3, column: 3, text: 'title: String }' },
    ours: { file: 'schema/practices.graphql', text: 'title(' },
  });
  const text = textOf(report);
  expect(text).toContain('    yours workshops.graphql:3:3  title: String }');
  expect(text).toMatch(/ {4}ours {2}schema\/practices\.graphql:\d+:3 {2}title\(\n {4}Take it out/);
  expect(text).toMatch(/workshops may not join the graph as it is\.$/);
});

const beginning = (text: string) => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

describe('the policy', () => {
  const values = '"More." workshopCount: Int';
  test.each([
    ['a field of ours under another key', onPractice('slug: String!'), 'GoodPractice.slug is our field.'],
    [
      'a key of its own on ours',
      onPractice(values, '@key(fields: "id workshopCount")'),
      '"id workshopCount" is no key of GoodPractice.',
    ],
    [
      'a second key',
      `type GoodPractice @key(fields: "id") @key(fields: "slug") { id: ID! slug: String! ${values} }`,
      'A second key claims to know every GoodPractice by both',
    ],
    ['no key', onPractice(values, ''), 'GoodPractice stands there without its key.'],
    [
      'a field that is never null',
      onPractice('"More." workshopCount: Int!'),
      'GoodPractice.workshopCount is never null',
    ],
    ['@override', onPractice('title: String @override(from: "practices")'), '@override is not for partners'],
    [
      '@override by its long name',
      onPractice('title: String @federation__override(from: "practices")'),
      '@override is not for partners',
    ],
    ['@shareable on ours', onPractice('title: String @shareable'), '@shareable on GoodPractice.title'],
    [
      '@shareable on our type',
      `type GoodPractice @key(fields: "id") @shareable { id: ID! ${values} }`,
      '@shareable on GoodPractice,',
    ],
    [
      '@inaccessible on our type',
      `type GoodPractice @key(fields: "id") @inaccessible { id: ID! ${values} }`,
      '@inaccessible on GoodPractice,',
    ],
    ['@inaccessible on a scalar of ours', 'scalar Date @inaccessible', '@inaccessible on Date,'],
    [
      "a root field that could be anybody's",
      'type Query { "All." courses: [Workshop!] }',
      "Query.courses could be anybody's: root fields begin with 'workshops'.",
    ],
    ['a root field of ours', 'type Query { partners: Int }', 'Query.partners is our field.'],
    [
      'a root field that is never null',
      'type Query { "All." workshops: [Workshop!]! }',
      'Query.workshops is never null',
    ],
    [
      'a root field under another root name',
      'schema { query: Root } type Root { "All." courses: Int }',
      "Query.courses could be anybody's",
    ],
    [
      "a mutation that could be anybody's",
      'type Mutation { "Books." book: Boolean }',
      "Mutation.book could be anybody's",
    ],
    ['subscriptions', 'type Subscription { "New." workshopsNew: Workshop }', 'The graph has no subscriptions.'],
    [
      'a value type of ours',
      'type Money @shareable { amount: Decimal currency: String } scalar Decimal',
      'Money is our type, and no entity to add to.',
    ],
    ['an enum of ours', 'enum Confidence { STATED GUESSED }', 'Confidence is our type'],
    ['an input of ours', 'input DateFilter { gte: Date } scalar Date', 'DateFilter is our type'],
    ['our interface', 'interface Node { id: ID! }', 'Node is our type'],
    ['an entity of ours as another kind', 'interface Partner { id: ID! }', 'Partner is our type'],
    [
      '@provides of ours',
      '"A review." type Review { "Of." of: GoodPractice @provides(fields: "title") } type GoodPractice @key(fields: "id") { id: ID! title: String @external }',
      '@provides is not for partners',
    ],
    [
      'another price of our type',
      'type GoodPractice @key(fields: "id") @cost(weight: 900) { id: ID! }',
      '@cost on GoodPractice,',
    ],
    [
      'a tag on our key',
      'type GoodPractice @key(fields: "id") { id: ID! @tag(name: "theirs") }',
      '@tag on GoodPractice.id,',
    ],
    ['a description of our type', `"A topic." ${onPractice(values)}`, 'GoodPractice is ours to describe.'],
    [
      'a description of our key',
      `type GoodPractice @key(fields: "id") { "Theirs." id: ID! ${values} }`,
      'GoodPractice.id is ours to describe.',
    ],
    ['@authenticated', onPractice('"Secret." workshopCount: Int @authenticated'), '@authenticated is not for partners'],
    [
      '@interfaceObject',
      'type Record @interfaceObject @key(fields: "id") { id: ID! }',
      '@interfaceObject is not for partners',
    ],
  ])('refuses %s', (_, sdl, message) => {
    const directives = ['"@override"', '"@shareable"', '"@inaccessible"', '"@authenticated"', '"@interfaceObject"'];
    const used = directives.filter((name) => new RegExp(`${name.slice(1, -1)}\\b`).test(sdl));
    expect(policy(`${link(...used)}${workshop}${sdl}`)).toContainEqual(expect.stringMatching(beginning(message)));
  });

  test('sees through another name of a directive', () => {
    const sdl = `${link('{ name: "@override", as: "@mine" }')}${onPractice('title: String @mine(from: "practices")')}`;
    expect(policy(sdl)).toContain('@override is not for partners: it takes a field away from another subgraph.');
  });

  test.each([
    ['a prefixed root field', 'type Query { "All." workshopsAll: [Workshop!] "All." workshops: [Workshop!] }'],
    ['a scalar of ours', '"When." type Term { "From." day: Date! } scalar Date'],
    [
      'a field of ours that it only reads',
      `${onPractice('summary: String @external "More." workshopCount: Int @requires(fields: "summary")')}`,
    ],
    ['@shareable on its own type', '"Where." type Room @shareable { "Called." name: String! }'],
    [
      'an extension of ours',
      'extend type Partner @key(fields: "slug") { slug: String! "Given." workshops: [Workshop!] }',
    ],
    [
      'types that lead back to themselves',
      '"A node." type Branch { "Below." branches: [Branch!]! "Above." parent: Branch }',
    ],
    [
      'a reference to ours',
      '"A review." type Review { "Of." partner: Partner } type Partner @key(fields: "id", resolvable: false) { id: ID! }',
    ],
  ])('lets %s pass', (_, sdl) => {
    const used = ['"@external"', '"@requires"', '"@shareable"'].filter((name) => sdl.includes(name.slice(1, -1)));
    expect(policy(`${link(...used)}${workshop}${sdl}`)).toEqual([]);
  });
});

test('what does not compose is told by both composers, with the place that they name', async () => {
  const report = await check(
    `${link()}${workshop}\ntype GoodPractice @key(fields: "id") { id: ID! "Seen." seen: Nowhere }`,
  );
  const lines = faultsOf(report).filter(({ check: by }) => by === 'composition');
  expect(lines.map(({ message }) => message.split(':')[0])).toEqual([
    'The composer refuses it',
    'A second composer refuses it',
  ]);
  expect(lines[0]?.message).toContain('Nowhere');
  expect(report.checks.find(({ check: by }) => by === 'diff')).toMatchObject({ outcome: 'skipped' });
});

test('what composes and breaks the API all the same is found by the difference, and in the trusted documents', async () => {
  const report = await check(`${link()}${workshop}input DecimalFilter { gte: Decimal } scalar Decimal`);
  const broken = told(report).filter((line) => !line.startsWith('policy'));
  expect(broken).toEqual([
    'diff: It would break the graph: DecimalFilter.lte was removed.',
    'replay: The trusted document CheapAndLasting (c36b08448a10…) would fail: Field "lte" is not defined by type "DecimalFilter". Did you mean "gte"?',
  ]);
});

test('what would break is told with both places', async () => {
  const report = await check(`${link()}type GoodPractice @key(fields: "slug") {\n  slug: String "More." count: Int }`);
  expect(faultsOf(report)).toMatchObject([
    {
      check: 'diff',
      theirs: { file: 'workshops.graphql', line: 3, column: 3 },
      ours: { file: 'schema/practices.graphql', text: 'slug: String!' },
    },
  ]);
});

describe('the lint', () => {
  test.each([
    ['no specification', good.replace(link(), ''), 'workshops', 'It does not link the federation specification.'],
    [
      'a newer one',
      good.replace('v2.9', 'v2.11'),
      'workshops',
      'It links Federation 2.11; the graph is composed by 2.9.',
    ],
    ['the name of ours', good, 'transfers', 'transfers is the name of our subgraph.'],
    ['a name with blanks', good, 'My Workshops', "'My Workshops' is no name for a subgraph."],
  ])('refuses %s', (_, sdl, name, message) => {
    expect(lint(sdl, name)).toMatchObject([{ level: 'fault', message }]);
  });

  test('warns of what says nothing, is named otherwise, or leads to a record for sure, and lets it pass', () => {
    const found = lint(
      `${link()}type Course { Title: String practice: GoodPractice! }\n${onPractice('"Taught." courses: [Course!]')}`,
    );
    expect(found.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'warning: Course has no description.',
      'warning: Course.Title has no description.',
      'warning: Course.practice has no description.',
      'warning: Title is not written as names are here.',
      'warning: Course.practice is never null, but a GoodPractice may be withdrawn or out of reach.',
    ]);
  });
});

test('a name with a dash gives a prefix without', () => {
  expect(policy(`${link()}type Query { "All." courses: Int }`, 'craft-council')).toEqual([
    "Query.courses could be anybody's: root fields begin with 'craftCouncil'.",
  ]);
});
