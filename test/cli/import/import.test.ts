import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { explainRow } from '../../../src/cli/import/explain.js';
import { readMapping } from '../../../src/cli/import/mapping-file.js';
import { openFile } from '../../../src/cli/import/open.js';
import { aDatabase, execute } from '../../support/database.js';
import { aGraph } from '../../support/graph.js';
import { aFile, header, imported, members, state } from './importing.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

const rows = `${header}
1, Universität Musterstadt ,ITI1,,,31.12.2012,,"1.234,50"
2,Comune di Prova,,Toscana,Italien,2013-02,2014,1000
3,Stadt Beispiel,,,Austria,2014,,
`;
const none = { created: 0, updated: 0, unchanged: 0, met: 0 };

test('rows become organisations and their parts, as the graph shows them; the same file again changes nothing', async () => {
  const file = await aFile('members.csv', rows);
  const first = await imported(database, file, members());
  expect(first.records).toEqual({ partner: { ...none, created: 3 }, participation: { ...none, created: 3 } });
  expect(first.rejected).toBe(0);
  const query = `{ partner(slug: "universitat-musterstadt") { name region { code } origin sources { url }
    participations(first: 1) { nodes { role startDate budget { amount currency } project { slug } } } } }`;
  expect((await graph.run(query)).data).toEqual({
    partner: {
      name: 'Universität Musterstadt',
      region: { code: 'ITI1' },
      origin: 'REPORTED',
      sources: [{ url: 'https://example.org/members.csv' }],
      participations: {
        nodes: [
          {
            role: 'PARTNER',
            startDate: '2012-12-31',
            budget: { amount: '1234.50', currency: 'EUR' },
            project: { slug: 'innocrafts' },
          },
        ],
      },
    },
  });
  const before = await state(database);
  const second = await imported(database, file, members());
  expect(second.records).toEqual({ partner: { ...none, unchanged: 3 }, participation: { ...none, unchanged: 3 } });
  expect(await state(database)).toEqual(before);
});

test('what is detected is told, and so are columns that nothing reads', async () => {
  const file = await aFile('told.csv', `${header},other\n1,Universität Musterstadt,ITI1,,,31.12.2012,,"1.234,50",x\n`);
  expect((await imported(database, file, members())).detected).toEqual([
    'encoding: utf-8 (detected: all bytes are)',
    "delimiter: ',' (detected: in the header)",
    'columns that the mapping does not read: other',
    "dates: day-first (detected from row 2, column since: '31.12.2012')",
    "decimal: comma (detected from row 2, column budget: '1.234,50')",
  ]);
});

test('a dry run tells the same, and stores nothing', async () => {
  const before = await state(database);
  const changes = await execute(database, 'select count(*)::int as n from change');
  const file = await aFile('dry.csv', `${header}\n7,Neuer Verein,AT13,,,2014,,5\n8,,AT13,,,2014,,5\n`);
  const { records, rejected, rejects } = await imported(database, file, members(), { dryRun: true });
  expect(records).toEqual({ partner: { ...none, created: 1 }, participation: { ...none, created: 1 } });
  expect({ rejected, rejects }).toEqual({ rejected: 1, rejects: null });
  expect(await state(database)).toEqual(before);
  expect(await execute(database, 'select count(*)::int as n from change')).toEqual(changes);
});

test('a rejected row lies beside the file with its reasons, is mended there and imported', async () => {
  const file = await aFile('faulty.csv', `${header}\n11,Gute Stelle,AT13,,,2014,,5\n12,Andere Stelle,XX99,,,2014,,5\n`);
  const first = await imported(database, file, members());
  expect(first.records).toMatchObject({ partner: { created: 1 }, participation: { created: 1 } });
  const rejects = String(first.rejects);
  expect(rejects).toBe(file.replace('.csv', '.rejects.csv'));
  const text = await readFile(rejects, 'utf8');
  expect(text.split('\n')[0]).toBe(`${header},_row,_column,_expected,_found`);
  expect(text.split('\n')[1]).toMatch(/^12,Andere Stelle,XX99,,,2014,,5,3,"nuts, place, country",.*XX99$/);
  await writeFile(rejects, text.replace('XX99,', 'AT12,'));
  const mended = await imported(database, rejects, members());
  expect(mended).toMatchObject({ rejected: 0, records: { partner: { created: 1 } } });
  expect(mended.detected.join()).not.toContain('_row');
  // What was mended is not written over by the next rejects of the same file.
  expect((await imported(database, file, members())).rejects).toBe(file.replace('.csv', '.rejects-2.csv'));
});

test('a mapping that reads less changes what it reads alone', async () => {
  const less = `
source: https://example.org/members.csv
namespace: members
records:
  partner: { key: id, fields: { nameOriginal: name } }
`;
  const file = await aFile('less.csv', 'id,name\n1,Universität Musterstadt am See\n');
  const { records } = await imported(database, file, less);
  expect(records).toEqual({ partner: { ...none, updated: 1 } });
  expect(
    await execute(
      database,
      `select p.slug, p.name_original as name, r.code from partner p join region r on r.id = p.region_id
       where p.name_original like 'Universität Muster%'`,
    ),
  ).toEqual([{ slug: 'universitat-musterstadt', name: 'Universität Musterstadt am See', code: 'ITI1' }]);
});

test('an organisation that is there already is found and left as it is, for good', async () => {
  await execute(
    database,
    `insert into partner (id, slug, name_original, identifiers, website) values
       ('ptn_0000000000000000000000000a', 'known', 'Bekannte Stelle', '[{"scheme": "PIC", "value": "912345678"}]', 'https://example.org/known')`,
  );
  const fields = 'identifiers: { list: [{ fields: { scheme: { value: PIC }, value: pic } }] }';
  const file = await aFile('known.csv', `${header},pic\n21,Anders Geschrieben,AT13,,,2014,,5,912345678\n`);
  const first = await imported(database, file, members('', fields));
  expect(first.records).toEqual({ partner: { ...none, met: 1 }, participation: { ...none, created: 1 } });
  await execute(database, `update partner set identifiers = '[]' where slug = 'known'`);
  const second = await imported(database, file, members('', fields));
  expect(second.records).toEqual({ partner: { ...none, met: 1 }, participation: { ...none, unchanged: 1 } });
  expect(await execute(database, `select name_original as name from partner where slug = 'known'`)).toEqual([
    { name: 'Bekannte Stelle' },
  ]);
});

test('--explain shows how a row is read, and stores nothing', async () => {
  const before = await state(database);
  const map = await aFile('mapping.yaml', members());
  const opened = await openFile(await aFile('explained.csv', rows), await readMapping(map));
  const { text } = await explainRow(database.em(), opened, '3');
  expect(text.split('\n').slice(5)).toEqual([
    "partner: partner 'comune-di-prova' (there already)",
    `  nameOriginal = "Comune di Prova"  <-  name: 'Comune di Prova'`,
    `  region = "ITI1"  <-  nuts: '', place: 'Toscana', country: 'Italien'`,
    'participation: participation (there already)',
    '  project = "innocrafts"',
    '  partner = "comune-di-prova"',
    '  role = "PARTNER"',
    `  startDate = "2013-02"  <-  since: '2013-02'`,
    `  endDate = "2014"  <-  until: '2014'`,
    `  budget = {"amount":"1000","currency":"EUR"}  <-  budget: '1000'`,
  ]);
  expect(await state(database)).toEqual(before);
});

test('new records are drafts where the mapping says so', async () => {
  const file = await aFile('drafts.csv', `${header}\n31,Stille Stelle,AT13,,,2014,,5\n`);
  await imported(database, file, members('publish: false'));
  expect(
    await execute(database, `select publication_status as status from partner where slug = 'stille-stelle'`),
  ).toEqual([{ status: 'DRAFT' }]);
});
