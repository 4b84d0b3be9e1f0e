import { expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

interface Part {
  regionCode: string | null;
  regionThen: { code: string; codeVersion: number; successors: { region: { code: string } }[] } | null;
}

test('a participation says what its region code meant when its project began', async () => {
  const ask = `{ project(slug: "innocrafts") { participations(first: 20) { nodes {
    regionCode regionThen { code codeVersion successors { region { code } } } } } } }`;
  const { data, statements } = await graph.run(ask);
  const told = ({ regionCode, regionThen }: Part) =>
    regionThen === null
      ? [regionCode, null]
      : [
          regionCode,
          regionThen.code,
          regionThen.codeVersion,
          ...regionThen.successors.map(({ region }) => region.code),
        ];
  expect(data['project'].participations.nodes.slice(8).map(told)).toEqual([
    ['HU101', 'HU101', 2010, 'HU110'],
    ['FI195', 'FI195', 2010, 'FI19A', 'FI199'],
    ['FI195', 'FI195', 2010, 'FI19A', 'FI199'],
    ['LV006', 'LV006', 2010, 'LV00A'],
    ['LT00A', 'LT00A', 2010, 'LT011'],
    ['IE024', 'IE024', 2010, 'IE052', 'IE051'],
    ['FR213', 'FR213', 2010, 'FRF23'],
    ['SK010', 'SK010', 2010, 'SK010'],
    [null, null],
  ]);
  // project, participations, regions then, links with today's regions
  expect(statements).toHaveLength(4);
});

test.each([
  ['2011-12-31', null],
  ['2014-12-31', 2010],
  ['2015-01-01', null],
  ['2021-06-01', 2021],
  ['2024-01-01', 2024],
])('a part that begins on %s has a region of the version in force then: %s', async (day, version) => {
  await execute(
    database,
    `update participation set region_code = 'SK010', start_date = '${day}', start_date_precision = 'DAY', end_date = null, end_date_precision = null
     where role = 'TECHNICAL'`,
  );
  const { data } = await graph.run(
    '{ project(slug: "innocrafts") { participations(where: { role: { eq: TECHNICAL } }) { nodes { regionThen { codeVersion } } } } }',
  );
  expect(data['project'].participations.nodes[0].regionThen).toEqual(version && { codeVersion: version });
});
