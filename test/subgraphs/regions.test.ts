import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

test('there are the 1,798 regions of NUTS 2024 and the statistical regions, level by level, and the United Kingdom', async () => {
  const { data } = await graph.run(
    `{ all: regions { totalCount } ${[0, 1, 2, 3].map((level) => `l${level}: regions(where: { level: { eq: ${level} } }) { totalCount }`).join(' ')} }`,
  );
  expect(Object.values(data).map(({ totalCount }) => totalCount)).toEqual([1799, 40, 115, 299, 1345]);
});

test('a region knows its place: country, ancestors, children, descendants, and its names', async () => {
  const { data, errors } = await graph.run(`{
    region(code: "ITI14") { name nameLocal level scheme codeVersion group isoCountryCode parent { code } ancestors { code name } children { totalCount } }
    tuscany: region(code: "ITI1") { children { totalCount } descendants(where: { level: { eq: 3 } }, first: 2) { totalCount nodes { code } } }
    athens: region(code: "EL303") { countryCode isoCountryCode nameLocal nameLatin ancestors { name } }
    kosovo: region(code: "XK") { name designationNote scheme group }
  }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    region: {
      name: 'Florence',
      nameLocal: 'Firenze',
      level: 3,
      scheme: 'NUTS',
      codeVersion: 2024,
      group: 'EU',
      isoCountryCode: 'IT',
      parent: { code: 'ITI1' },
      ancestors: [
        { code: 'IT', name: 'Italy' },
        { code: 'ITI', name: 'Central Italy' },
        { code: 'ITI1', name: 'Tuscany' },
      ],
      children: { totalCount: 0 },
    },
    tuscany: {
      children: { totalCount: 10 },
      descendants: { totalCount: 10, nodes: [{ code: 'ITI11' }, { code: 'ITI12' }] },
    },
    athens: {
      countryCode: 'EL',
      isoCountryCode: 'GR',
      nameLocal: 'Κεντρικός Τομέας Αθηνών',
      nameLatin: 'Kentrikos Tomeas Athinon',
      ancestors: [{ name: 'Greece' }, { name: 'Attiki' }, { name: 'Attiki' }],
    },
    kosovo: {
      name: 'Kosovo',
      scheme: 'SR',
      group: 'CANDIDATE',
      designationNote:
        'This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.',
    },
  });
});

test('a region with everything inside it is one scan of the path index, and one statement to find the path', async () => {
  const { data, statements } = await graph.run('{ regions(where: { region: { within: "ITI1" } }) { nodes { code } } }');
  expect(data['regions'].nodes.map(({ code }: { code: string }) => code)).toEqual([
    'ITI1',
    'ITI11',
    'ITI12',
    'ITI13',
    'ITI14',
    'ITI15',
    'ITI16',
    'ITI17',
    'ITI18',
    'ITI19',
    'ITI1A',
  ]);
  expect(statements).toHaveLength(2);
  const read = database.readAs({ role: 'ANONYMOUS', partnerId: null });
  const plan = await read(sql.raw<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${statements[1]}`));
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toMatch(/Index Scan (on|using) region_path_key/);
  expect(text).not.toContain('Seq Scan');
});

test('a code of NUTS that does not exist is told with the nearest one that does', async () => {
  const { errors } = await graph.run('{ goodPractices(where: { region: { within: "ITC9" } }) { totalCount } }');
  expect(errors).toMatchObject([
    { code: 'BAD_USER_INPUT', message: "'ITC9' is not a code of NUTS 2024. The nearest code is ITC (Nord-Ovest)." },
  ]);
});
