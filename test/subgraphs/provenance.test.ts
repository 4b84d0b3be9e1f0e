import { expect, test } from 'vitest';
import { records } from '../../src/subgraphs/records.js';
import { aDatabase, execute } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database, { isCompiled: false });

test('a region says which list it is from, and an indicator where it was measured', async () => {
  const { data, errors } = await graph.run(`{
    now: region(code: "ITI14") { sources { slug } }
    once: region(code: "ITI14", version: 2010) { sources { slug } }
    before: region(code: "ITI14", version: 2021) { sources { slug } }
    ours: region(code: "UK") { sources { slug } }
    indicators(where: { name: { contains: "jobs" } }) { nodes { name sources { slug } } } }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    now: { sources: [{ slug: 'nuts-2024' }] },
    once: { sources: [{ slug: 'nuts-2010-to-2024' }] },
    before: { sources: [{ slug: 'nuts-2021-to-2024' }] },
    ours: { sources: [] },
    indicators: { nodes: [{ name: 'jobs concerned', sources: [{ slug: 'interreg-ivc-practice-1009' }] }] },
  });
});

test('the conflicts between the sources are all there, with the one that is shown', async () => {
  const { data, errors } = await graph.run(`{
    innocrafts: project(slug: "innocrafts") { startDate endDate claims { field subject value isSelected } }
    craftsCode: project(slug: "crafts-code") { budget { amount } claims { field value isSelected } }
    theme(slug: "innocrafts-t4") { claims { field subject value isSelected } } }`);
  expect(errors).toEqual([]);
  const told = (claims: { field: string; subject?: string; value: string; isSelected: boolean }[]) =>
    claims.map(({ field, subject, value, isSelected }) =>
      [field, subject, value, isSelected && 'shown'].filter(Boolean).join(' | '),
    );
  expect(data['innocrafts'].startDate).toBe('2012-01-01');
  expect(data['innocrafts'].endDate).toBe('2014-12-31');
  expect(told(data['innocrafts'].claims).toSorted()).toEqual([
    'budget | 2230494.00 EUR | shown',
    'budget | 2300000.00 EUR',
    'budget | 2318400.00 EUR',
    'endDate | 2014-12-30',
    'endDate | 2014-12-31 | shown',
    'participations | Finnish partner | Aalto University',
    'participations | Finnish partner | Aalto University',
    'participations | Finnish partner | Vaasa University of Applied Sciences',
    'participations | Finnish partner | Vaasa University of Applied Sciences',
    'participations | Romania | is not in the list of countries',
    'participations | Romania | takes part',
    'participations | Romania | takes part | shown',
    'participations | countries | 11',
    'participations | countries | 11 | shown',
    'participations | countries | 12',
    'participations | partners | 15',
    'participations | partners | 15',
    'participations | partners | 15 | shown',
    'startDate | 2011-12-31',
    'startDate | 2012-01-01 | shown',
  ]);
  expect(data['craftsCode'].budget).toBeNull();
  expect(told(data['craftsCode'].claims).toSorted()).toEqual([
    'budget | 1500000.00 EUR',
    'budget | 3196404.00 EUR',
    'participations | 10',
    'participations | Italy, Spain, Belgium, Finland, Ireland, Hungary and Bulgaria',
    'precededBy | INNOCRAFTS',
  ]);
  expect(told(data['theme'].claims)).toEqual([
    'label | target groups | young and female entrepreneurs | shown',
    'label | target groups | women and children',
  ]);
});

test('sources, claims and revisions of records of several types cost one statement each', async () => {
  const { data, errors, statements } = await graph.run(`{
    projects { nodes { ...about } } goodPractices { nodes { ...about } } partners { nodes { ...about } }
    transfers { nodes { sources { slug } claims { value } revisions { nodes { version } } } } }
    fragment about on Node { id ... on Project { sources { slug } claims { value } revisions { nodes { version } } }
      ... on GoodPractice { sources { slug } claims { value } revisions { nodes { version } } }
      ... on Partner { sources { slug } claims { value } revisions { nodes { version } } } }`);
  expect(errors).toEqual([]);
  expect(data['transfers'].nodes[0].sources).toHaveLength(1);
  expect(statements).toHaveLength(4 + 3);
});

test('a claim leads to its record, whatever its type', async () => {
  const { data } = await graph.run('{ theme(slug: "innocrafts-t4") { id claims { id record { id } } } }');
  const [claim] = data['theme'].claims;
  expect(claim.record).toEqual({ id: data['theme'].id });
  const { data: found, errors } = await graph.run(
    'query ($id: ID!) { node(id: $id) { ... on Claim { value record { __typename ... on Theme { slug } } } } }',
    { id: claim.id },
  );
  expect(errors).toEqual([]);
  expect(found['node']).toEqual({
    value: 'young and female entrepreneurs',
    record: { __typename: 'Theme', slug: 'innocrafts-t4' },
  });
});

test('sources are found by status, kind, publisher and title, and ordered', async () => {
  const slugs = async (args: string) => {
    const { data, errors } = await graph.run(`{ sources(${args}) { totalCount nodes { slug } } }`);
    expect(errors).toEqual([]);
    return data['sources'].nodes.map(({ slug }: { slug: string }) => slug) as string[];
  };
  expect(await slugs('where: { status: { eq: FROZEN } }')).toEqual([
    'interreg-ivc-practice-1009',
    'interreg-ivc-practice-1010',
    'interreg-ivc-practice-1513',
    'interreg-ivc-innocrafts',
    'interreg-ivc-regio-crafts',
  ]);
  expect(await slugs('where: { kind: { eq: DATASET }, publisher: { contains: "eurostat" } }')).toEqual(['nuts-2024']);
  expect(await slugs('where: { title: { contains: "matchmaking" } }')).toEqual(['crafts-code-matchmaking']);
  expect(await slugs('first: 2, orderBy: PUBLISHED_DESC')).toEqual([
    'crafts-code-final-conference-spain',
    'innogestiona-scale-sme-2021',
  ]);
  expect(await slugs('where: { published: { gte: "2023-01-01" } }')).toEqual(['crafts-code-final-conference-spain']);
});

test('a source is found by its slug and its id', async () => {
  const { data } = await graph.run(
    '{ source(slug: "innocrafts-guide-1") { id published publishedPrecision retrieved url } }',
  );
  expect(data['source']).toMatchObject({
    published: '2012-12-01',
    publishedPrecision: 'MONTH',
    retrieved: null,
    url: 'https://issuu.com/ancitoscana/docs/innocrafts_guida_lw',
  });
  const again = await graph.run('query ($id: ID!) { source(id: $id) { slug } }', { id: data['source'].id });
  expect(again.data).toEqual({ source: { slug: 'innocrafts-guide-1' } });
  const unknown = await graph.run('{ source(slug: "nowhere") { id } }');
  expect(unknown.errors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
});

test('every seeded record but regions, indicators and our own vocabulary has a source', async () => {
  const tables = Object.values(records)
    .map(({ table }) => table)
    .filter((table) => !['region', 'indicator', 'source', 'claim'].includes(table));
  const bare = tables.map(
    (table) =>
      `select id from ${table} t where t.origin <> 'ENTERED' and not exists (select from record_source j where j.record_id = t.id)`,
  );
  expect(await execute(database, bare.join(' union all '))).toEqual([]);
});

test('whether a record is visible is known of every type', async () => {
  const unknown = Object.entries(records).map(
    ([type, { table }]) =>
      `select '${type}' as type where exists (select from ${table}) and not (select goodgraph_record_visible(id) from ${table} limit 1)`,
  );
  expect(await execute(database, unknown.join(' union all '))).toEqual([]);
  const { definition } = (
    await execute<{ definition: string }>(
      database,
      `select pg_get_functiondef('goodgraph_record_visible'::regproc) as definition`,
    )
  )[0]!;
  const known = [...definition.matchAll(/when '(\w+)' then return exists \(select from (\w+) /g)].map(
    ([, prefix, table]) => `${prefix} ${table}`,
  );
  expect(known).toEqual(
    Object.values(records)
      .map(({ prefix, table }) => `${prefix} ${table}`)
      .toSorted(),
  );
});
