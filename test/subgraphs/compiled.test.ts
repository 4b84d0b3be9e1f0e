import { setImmediate } from 'node:timers/promises';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/graph/compiled/knowledge.js';
import { anonymous, readInWaves } from '../../src/graph/context.js';
import { noEffort } from '../../src/graph/effort.js';
import { Refusal } from '../../src/graph/errors.js';
import { countedCompiler, executedGraph } from '../support/compiled.js';
import { aDatabase, execute } from '../support/database.js';
import { aPartner, aPractice, aRegion, link } from '../support/factories.js';

const database = await aDatabase();
const graph = executedGraph();
const owner = await aPartner(database, { slug: 'owner' });
const practice = await aPractice(database, { slug: 'practice', owner_id: owner.id });
await link(database, 'good_practice_region', {
  good_practice_id: practice.id,
  region_id: (await aRegion(database, 'XX')).id,
});

interface Asked {
  variables?: Record<string, unknown>;
  /** What is said of single fields, in place of what is so. */
  but?: Record<string, Source>;
}

/** Parsed once, as over HTTP. */
const documents = new Map<string, ReturnType<typeof parse>>();

type Compiler = ReturnType<typeof countedCompiler>;

const compilerBut = (but: Record<string, Source> = {}): Compiler =>
  countedCompiler(graph.executor, {
    ...graph.knowledge,
    source: (type, field) => but[`${type}.${field}`] ?? graph.knowledge.source(type, field),
  });

/** The answer compiled and executed, and how the former came about. */
async function ask(query: string, { variables = {}, but }: Asked = {}, kept?: Compiler) {
  const { executor, left } = kept ?? compilerBut(but);
  left.count = 0;
  const document = documents.get(query) ?? parse(query);
  documents.set(query, document);
  const stop = new AbortController();
  const answers = [];
  for (const each of [graph.executor, executor]) {
    database.statements.length = 0;
    const effort = noEffort();
    const read = readInWaves(database.readAs(anonymous), stop, effort);
    const context = { stop, ...graph.contextFor({ viewer: anonymous, read }) };
    const answer = JSON.stringify(await each.execute({ document, variables, context }));
    answers.push({ answer, effort, statements: [...database.statements] });
  }
  const [executed, compiled] = answers as [(typeof answers)[0], (typeof answers)[0]];
  expect(compiled.answer).toBe(executed.answer);
  return { ...compiled, isCompiled: left.count === 0, data: JSON.parse(compiled.answer).data as unknown };
}

const whole =
  '{ goodPractice(slug: "practice") { slug owner { slug } regions { code } transfers { nodes { slug } } } }';

test('declared data is one statement, whose rows are counted', async () => {
  const { isCompiled, statements, effort, data } = await ask(whole);
  expect(isCompiled).toBe(true);
  expect(statements).toEqual([expect.stringContaining('/* keyed */ select json_build_object(')]);
  expect(data).toEqual({
    goodPractice: { slug: 'practice', owner: { slug: 'owner' }, regions: [{ code: 'XX' }], transfers: { nodes: [] } },
  });
  expect(effort.statements).toBe(1);
  expect(effort.rows).toBe(4);
});

test('keys are bound, so that all of them share a statement', async () => {
  const query = 'query ($slug: String!) { partner(slug: $slug) { slug } }';
  const [one, other] = [
    await ask(query, { variables: { slug: 'owner' } }),
    await ask(query.replace('$slug)', '"owner")').replace('($slug: String!) ', '')),
  ];
  expect(one.isCompiled && other.isCompiled).toBe(true);
  expect(other.statements).toEqual(one.statements);
});

describe('left to the resolvers', () => {
  test.each([
    ['a key that names nothing', '{ goodPractice(slug: "none") { slug } }'],
    ['an id of another type', `{ goodPractice(id: "${owner.id}") { slug } }`],
    ['a text that is no id', '{ partner(id: "owner") { slug } }'],
    ['two keys', `{ partner(slug: "owner", id: "${owner.id}") { slug } }`],
    ['a page that is too long', '{ partners(first: 101) { nodes { slug } } }'],
    ['a filter', '{ partners(where: { name: { contains: "x" } }) { nodes { slug } } }'],
    ['a language', '{ goodPractice(slug: "practice") { title(language: "it") } }'],
    ['a field that only its resolver knows', '{ goodPractice(slug: "practice") { slug completeness } }'],
    ['an argument of a list', '{ transfers { nodes { outcomes(targetReached: true) { id } } } }'],
    ['any record', `{ node(id: "${owner.id}") { id } }`],
    ['the schema', '{ __schema { queryType { name } } }'],
  ])('%s', async (_name, query) => {
    expect((await ask(query)).isCompiled).toBe(false);
  });

  test('a list that only its record bounds, once it is long', async () => {
    await execute(
      database,
      `insert into region (id, scheme, code_version, code, level, path, country_code, iso_country_code, name_local, name_latin, "group")
       select 'rgn_' || lpad(n::text, 26, '0'), 'CUSTOM', 2024, 'Y' || n, 0, '2024/Y' || n || '/', 'Y' || n, 'YY', 'Y', 'Y', 'OTHER'
       from generate_series(1, 1000) n`,
    );
    const query = '{ goodPractice(slug: "practice") { regions { code } } }';
    const among = async (most: number) => {
      await execute(
        database,
        `insert into good_practice_region (good_practice_id, region_id)
         select '${practice.id}', id from region where iso_country_code = 'YY' order by id limit ${most} on conflict do nothing`,
      );
      return (await ask(query)).isCompiled;
    };
    // With the one that is there already.
    expect(await among(999)).toBe(true);
    expect(await among(1000)).toBe(false);
    await execute(
      database,
      `delete from good_practice_region j using region r where r.id = j.region_id and r.iso_country_code = 'YY'`,
    );
  });

  test('null where something is promised', async () => {
    const but: Record<string, Source> = { 'Partner.slug': { kind: 'column', column: 'acronym' } };
    const { isCompiled, data } = await ask('{ partner(slug: "owner") { slug } }', { but });
    expect(data).toEqual({ partner: { slug: 'owner' } });
    expect(isCompiled).toBe(false);
  });

  test('a word that an enum does not have', async () => {
    const but: Record<string, Source> = { 'Partner.origin': { kind: 'column', column: 'slug' } };
    expect((await ask('{ partner(slug: "owner") { origin } }', { but })).isCompiled).toBe(false);
  });

  test('a statement that fails', async () => {
    const source = graph.knowledge.source('GoodPractice', 'measurements') as Extract<Source, { kind: 'rows' }>;
    const but = { 'GoodPractice.measurements': { ...source, order: 't.nothing' } };
    const { isCompiled, data } = await ask('{ goodPractice(slug: "practice") { measurements { id } } }', { but });
    expect(data).toEqual({ goodPractice: { measurements: [] } });
    expect(isCompiled).toBe(false);
  });

  test('a request that is stopped', async () => {
    const { executor, left } = compilerBut();
    const stop = new AbortController();
    stop.abort(new Refusal('DEADLINE_EXCEEDED', 'Too late.'));
    const read = readInWaves(database.readAs(anonymous), stop);
    const context = { stop, ...graph.contextFor({ viewer: anonymous, read }) };
    // Nobody answers it any more: the deadline has.
    void executor.execute({ document: parse(whole), variables: {}, context });
    await setImmediate();
    expect(left.count).toBe(1);
  });
});

test('a filter by a variable that is null is none', async () => {
  const query =
    'query ($where: PartnerWhere, $after: String) { partners(where: $where, after: $after) { nodes { slug } } }';
  expect((await ask(query)).isCompiled).toBe(true);
  expect((await ask(query, { variables: { where: { name: { contains: 'x' } } } })).isCompiled).toBe(false);
});

test('what variables leave out is left out, and pages have their size', async () => {
  const query = 'query ($n: Int, $no: Boolean!) { partners(first: $n) { nodes { slug @skip(if: $no) id } } }';
  const { data, isCompiled } = await ask(query, { variables: { n: 1, no: true } });
  expect(data).toEqual({ partners: { nodes: [{ id: owner.id }] } });
  expect(isCompiled).toBe(true);
});

test('one document makes so many statements, and no more', async () => {
  const kept = compilerBut();
  const query = 'query ($n: Int) { partners(first: $n) { nodes { id } } }';
  const answers = [];
  for (let n = 1; n <= 40; n += 1) answers.push((await ask(query, { variables: { n } }, kept)).isCompiled);
  expect(answers).toEqual(answers.map((_, index) => index < 32));
  const language = 'query ($slug: String!, $of: LanguageTag) { goodPractice(slug: $slug) { title(language: $of) } }';
  expect((await ask(language, { variables: { slug: 'practice' } })).isCompiled).toBe(true);
});
