import { graphql } from 'graphql';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { anonymous, readInWaves } from '../../src/graph/context.js';
import { directory } from '../../src/subgraphs/directory/index.js';
import { aDatabase, execute } from '../support/database.js';
import { aRegion, draft } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

const weights = 'region { code } weightByArea weightByPopulation';

/** What `successors` or `predecessors` hold, as `code area population`. */
const told = (
  links: { region: { code: string }; weightByArea: number; weightByPopulation: number | null }[],
): string[] =>
  links.map(({ region, weightByArea, weightByPopulation }) => `${region.code} ${weightByArea} ${weightByPopulation}`);

test('the seeds hold every level of NUTS 2024 with the United Kingdom, and of the versions before as far as listed', async () => {
  const levels = await execute(
    database,
    `select code_version as version, array_agg(regions order by level) as regions from
       (select code_version, level, count(*)::int as regions from region group by 1, 2) as counted group by 1 order by 1`,
  );
  expect(levels).toEqual([
    { version: 2010, regions: [31, 90, 251, 1224] },
    { version: 2021, regions: [30, 95, 257, 1206] },
    { version: 2024, regions: [40, 115, 299, 1345] },
  ]);
});

test.each([
  ['HU101', ['HU110 1 1']],
  ['FI195', ['FI19A 0.9542 0.9751', 'FI199 0.0458 0.0249']],
  ['LV006', ['LV00A 1 1']],
  ['LT00A', ['LT011 1 1']],
  ['IE024', ['IE052 0.7611 0.8321', 'IE051 0.2389 0.1679']],
  ['FR213', ['FRF23 1 1']],
])('the partner region %s of INNOCRAFTS is part of %j today', async (code, successors) => {
  const { data, errors } = await graph.run(
    `query ($code: String) { region(code: $code, version: 2010) { successors { ${weights} } } }`,
    { code },
  );
  expect(errors).toEqual([]);
  expect(told(data['region'].successors)).toEqual(successors);
});

test('a region as coded in 2012 is answered with the regions of today and their weights, in three statements', async () => {
  const { data, errors, statements } = await graph.run(`{
    region(code: "FI195", version: 2010) {
      code codeVersion name confidence
      ancestors { code codeVersion name }
      successors { region { code codeVersion name } fromVersion toVersion weightByArea weightByPopulation confidence sourceNote }
    }
  }`);
  const link = {
    fromVersion: 2010,
    toVersion: 2024,
    confidence: 'DERIVED',
    sourceNote:
      "Shares of area and of population in 2021, worked out from the Joint Research Centre's table of NUTS codes between versions, release 2025.08.",
  };
  expect(errors).toEqual([]);
  expect(data['region']).toEqual({
    code: 'FI195',
    codeVersion: 2010,
    name: null,
    confidence: 'STATED',
    ancestors: [
      { code: 'FI', codeVersion: 2010, name: 'Finland' },
      { code: 'FI1', codeVersion: 2010, name: null },
      { code: 'FI19', codeVersion: 2010, name: null },
    ],
    successors: [
      {
        region: { code: 'FI19A', codeVersion: 2024, name: 'Ostrobothnia' },
        weightByArea: 0.9542,
        weightByPopulation: 0.9751,
        ...link,
      },
      {
        region: { code: 'FI199', codeVersion: 2024, name: 'Etelä-Pohjanmaa' },
        weightByArea: 0.0458,
        weightByPopulation: 0.0249,
        ...link,
      },
    ],
  });
  // the region; its ancestors and its links, each with the region at the other end
  expect(statements).toHaveLength(3);
});

test('Riga is Riga of before with the part of Pieriga around it, as it was in 2021 and in 2010', async () => {
  const { data } = await graph.run(
    `{ region(code: "LV00A") { successors { ${weights} } predecessors { fromVersion toVersion ${weights} } } }`,
  );
  expect(data['region'].successors).toEqual([]);
  expect(told(data['region'].predecessors)).toEqual([
    'LV006 1 1',
    'LV007 0.309 0.6299',
    'LV006 1 1',
    'LV007 0.309 0.6299',
  ]);
  expect(data['region'].predecessors.map(({ fromVersion }: { fromVersion: number }) => fromVersion)).toEqual([
    2021, 2021, 2010, 2010,
  ]);
});

test('larger regions have successors too, and a link that few people live in stays for its area', async () => {
  const { data } = await graph.run(`{
    champagne: region(code: "FR21", version: 2010) { level confidence sourceNote successors { ${weights} sourceNote } }
    finland: region(code: "FI193", version: 2021) { successors { ${weights} } }
    italy: region(code: "IT", version: 2021) { name nameLocal confidence successors { ${weights} } }
    janMayen: region(code: "NO0B1", version: 2021) { successors { ${weights} } }
  }`);
  expect(data['champagne']).toEqual({
    level: 2,
    confidence: 'DERIVED',
    sourceNote:
      "Code derived from those of level 3 that begin with it, from the Joint Research Centre's table of NUTS codes between versions, release 2025.08, which has no names.",
    successors: [
      {
        region: { code: 'FRF2' },
        weightByArea: 1,
        weightByPopulation: 1,
        sourceNote:
          "Shares of area and of population in 2021, summed up from level 3 of the Joint Research Centre's table of NUTS codes between versions, release 2025.08.",
      },
    ],
  });
  expect(told(data['finland'].successors)).toEqual(['FI198 0.9531 0.9922', 'FI19B 0.0469 0.0078']);
  expect(data['italy']).toMatchObject({ name: 'Italy', nameLocal: 'Italia', confidence: 'DERIVED' });
  expect(told(data['janMayen'].successors)).toEqual(['NO0B1 1 null']);
});

test('links of twenty regions cost as many statements as those of one', async () => {
  const ask = (first: number) =>
    graph.run(
      `query ($first: Int) { regions(where: { version: { eq: 2010 }, level: { eq: 3 } }, first: $first) { nodes { successors { ${weights} } predecessors { region { name } } } } }`,
      { first },
    );
  const [one, twenty] = [await ask(1), await ask(20)];
  expect(twenty.data['regions'].nodes).toHaveLength(20);
  expect(one.statements).toHaveLength(3);
  expect(twenty.statements).toEqual(one.statements);
});

test('no link is a border sliver, and the links of a region make no more than the whole of it', async () => {
  const rows = await execute(
    database,
    `select count(*)::int as links, count(*) filter (where greatest(weight_by_area, weight_by_population) < 0.01)::int as slivers,
       (select max(sum)::numeric(6, 4)::text from (select sum(weight_by_area) from region_link group by from_id) as sums) as most,
       (select min(sum)::numeric(6, 4)::text from (select sum(weight_by_area) from region_link group by from_id) as sums) as least
     from region_link`,
  );
  expect(rows).toEqual([{ links: 3318, slivers: 0, most: '1.0001', least: '0.9910' }]);
});

test('a list holds the current version alone unless it asks for another; the regions below one are of its version', async () => {
  const { data, errors } = await graph.run(`{
    default: regions { totalCount }
    before: regions(where: { version: { eq: 2010 } }) { totalCount }
    both: regions(where: { version: { in: [2010, 2021] } }) { totalCount }
    nested: regions(where: { or: [{ version: { eq: 2021 } }, { version: { eq: 2024 } }], name: { contains: "Finland" } }) {
      nodes { code codeVersion } }
    negated: regions(where: { not: { version: { eq: 2024 } } }) { totalCount }
    never: regions(where: { version: { eq: 99999 } }) { totalCount }
    levels: regions(where: { level: { in: [0, 1] } }) { totalCount }
    last: regions(where: { version: { eq: 2010 } }, orderBy: NAME_ASC, last: 1) { nodes { name } }
    region(code: "FI19", version: 2010) { children { nodes { code codeVersion } } descendants { totalCount } }
  }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    default: { totalCount: 1799 },
    before: { totalCount: 1596 },
    both: { totalCount: 3184 },
    nested: {
      nodes: [
        { code: 'FI', codeVersion: 2024 },
        { code: 'FI', codeVersion: 2021 },
        { code: 'FI1', codeVersion: 2024 },
        { code: 'FI19', codeVersion: 2024 },
      ],
    },
    negated: { totalCount: 3184 },
    never: { totalCount: 0 },
    levels: { totalCount: 155 },
    last: { nodes: [{ name: 'Switzerland' }] },
    region: {
      children: {
        nodes: ['FI193', 'FI194', 'FI195', 'FI196', 'FI197'].map((code) => ({ code, codeVersion: 2010 })),
      },
      descendants: { totalCount: 5 },
    },
  });
});

test.each([
  ['FI195', "'FI195' is a code of NUTS 2021; in NUTS 2024 it is FI19A (97.5 % of its population) and FI199 (2.5 %)."],
  ['HU101', "'HU101' is a code of NUTS 2010; in NUTS 2024 it is HU110."],
  [
    'LV007',
    "'LV007' is a code of NUTS 2021; in NUTS 2024 it is LV00A (63 % of its population), LV00C (25.3 %), and LV00B (11.8 %).",
  ],
])('the old code %s without its version is answered with its successors', async (code, message) => {
  const one = await graph.run('query ($code: String) { region(code: $code) { id } }', { code });
  expect(one.data).toEqual({ region: null });
  expect(one.errors).toMatchObject([{ code: 'NOT_FOUND', message }]);
  const list = await graph.run(
    'query ($code: String) { goodPractices(where: { region: { within: $code } }) { nodes { id } } }',
    { code },
  );
  expect(list.errors).toMatchObject([{ code: 'BAD_USER_INPUT', message }]);
});

test.each([
  [
    'region(code: "FI195", version: 2016) { id }',
    'BAD_USER_INPUT',
    'Codes of 2016 are not known here. Use those of 2010, 2021, 2024.',
  ],
  [
    'region(code: "FI19A", version: 2010) { id }',
    'NOT_FOUND',
    "No region has the code 'FI19A' in NUTS 2010. Check it against the list, or name another version.",
  ],
  [
    'regions(where: { version: { eq: 2010 }, region: { within: "FI19" } }) { totalCount }',
    'BAD_USER_INPUT',
    '`region.within` takes codes of NUTS 2024, and `version` asks for others. Use `region(code, version) { descendants }`.',
  ],
])('%s is refused with a message that says how to mend it', async (field, code, message) => {
  const { errors } = await graph.run(`{ ${field} }`);
  expect(errors).toMatchObject([{ code, message }]);
});

test('the United Kingdom is a country without regions', async () => {
  const { data } = await graph.run(
    '{ region(code: "UK") { name nameLocal level scheme group isoCountryCode codeVersion confidence sourceNote descendants { totalCount } } }',
  );
  expect(data['region']).toEqual({
    name: 'United Kingdom',
    nameLocal: 'United Kingdom',
    level: 0,
    scheme: 'ISO3166',
    group: 'OTHER',
    isoCountryCode: 'GB',
    codeVersion: 2024,
    confidence: 'STATED',
    sourceNote: 'A country of ISO 3166-1 under the code that Eurostat writes; its regions are not kept.',
    descendants: { totalCount: 0 },
  });
});

test('a key of the federation is a code of the current version', async () => {
  const { schema } = directory.build();
  const { data } = await graphql({
    schema,
    source:
      '{ _entities(representations: [{ __typename: "Region", code: "ITI14" }]) { ... on Region { name codeVersion } } }',
    contextValue: directory.context({ viewer: anonymous, read: readInWaves(database.readAs(anonymous)) }),
  });
  expect(data).toEqual({ _entities: [{ name: 'Florence', codeVersion: 2024 }] });
});

test('a link is visible only with both of its regions', async () => {
  const [old, hidden] = [
    await aRegion(database, 'XA', { code_version: 2010, path: '2010/XA/' }),
    await aRegion(database, 'XB', draft),
  ];
  await execute(database, `insert into region_link values ($1, $2, 1, 1, 'DERIVED', null)`, [old.id, hidden.id]);
  const ask = '{ region(code: "XA", version: 2010) { successors { region { code } } } }';
  expect((await graph.run(ask)).data['region'].successors).toEqual([]);
  const read = database.readAs(anonymous);
  expect(await read(sql`select from_id from region_link where from_id = ${old.id}`)).toEqual([]);
  const { data } = await graph.run(ask, {}, { role: 'REVIEWER', partnerId: null, accountId: null });
  expect(data['region'].successors).toEqual([{ region: { code: 'XB' } }]);
});
