import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { faultLine, ImportError } from '../../../src/cli/import/import-error.js';
import { urlOf } from '../../support/app.js';
import { aDatabase, execute } from '../../support/database.js';
import { goodgraph } from '../../support/process.js';
import { aFile, aFolder, header, imported, members, state } from './importing.js';

const database = await aDatabase('seeded');

const good = '1,Gute Stelle,AT13,,,2014,2015,5';
const csv = (...lines: string[]) => `${header}\n${lines.join('\n')}\n`;
const declared = 'dates: day-first\ndecimal: comma';

/** Rejected rows: what is told of each. The good row before them is stored. */
const faulty: [what: string, content: string, faults: string[]][] = [
  [
    '1e400 as a budget',
    csv(good, '2,Stelle,AT13,,,,,1e400'),
    ["row 3, column budget: Expected: A number such as 1.234,50: the decimals after a comma. Found: '1e400'."],
  ],
  [
    '31.02.',
    csv(good, '2,Stelle,AT13,,,31.02.2014,,'),
    [
      "row 3, column since: Expected: A day that there is: a date, the day first: 31.12.2020, or 2020-12 or 2020 where no more is known. Found: '31.02.2014'.",
    ],
  ],
  [
    'a day without a year',
    csv(good, '2,Stelle,AT13,,,31.02.,,'),
    [
      "row 3, column since: Expected: A date, the day first: 31.12.2020, or 2020-12 or 2020 where no more is known. Found: '31.02.'.",
    ],
  ],
  [
    'an end before the start',
    csv(good, '2,Stelle,AT13,,,2014,2013,'),
    [
      "row 3, column until: Expected: participation.endDate: It lies before the start. Correct one of them, or give the end as precisely as the start. Found: '2013'.",
    ],
  ],
  [
    'a cell of 2 MB',
    csv(good, `2,${'x'.repeat(2_000_000)},AT13,,,,,`),
    [
      `row 3, column name: Expected: At most 1,000,000 characters. Shorten it. Found: '${'x'.repeat(120)}… (2000000 characters)'.`,
    ],
  ],
  [
    'a NUL',
    csv(good, '2,Ste\0lle,AT13,,,,,'),
    ["row 3, column name: Expected: Text without the character NUL. Take it out. Found: 'Ste\\0lle'."],
  ],
  [
    'a list of partners in one cell',
    csv(good, '2,Eine Stelle; Andere Stelle,AT13,,,,,'),
    [
      `row 3, column name: Expected: The name of one organisation. For a list say \`each: { column, split: ";" }\`. Found: 'Eine Stelle; Andere Stelle'.`,
    ],
  ],
  [
    'a region that there is not',
    csv(good, '2,Stelle,,Atlantis,Austria,,,'),
    [
      "row 3, column nuts, place, country: Expected: A region's code of any version, or its name with its country. No region of AT has the name 'Atlantis'. Found: 'Atlantis, Austria'.",
    ],
  ],
  [
    'fewer cells than the header',
    csv(good, '2,Stelle,AT13'),
    ["row 3, column place: Expected: 8 cells, as the header has. Found: '3 cells: AT13'."],
  ],
  [
    'more cells than the header',
    csv(good, '2,Stelle,AT13,,,,,,surplus'),
    ["row 3, column after budget: Expected: 8 cells, as the header has. Found: '9 cells: surplus'."],
  ],
  [
    'a quote that is not closed, before the file ends',
    `${csv(good)}2,"Stelle,AT13,,,,,`,
    [`row 3, column name: Expected: A quote that begins a cell is closed again. Found: '"Stelle,AT13,,,,,'.`],
  ],
  [
    'text after a quoted cell',
    csv(good, '2,"Stelle" GmbH,AT13,,,,,'),
    [
      "row 3, column name: Expected: A quoted cell ends with its quote; a quote inside is written twice. Found: ' GmbH,AT13,,,,,'.",
    ],
  ],
  [
    'markup',
    csv(good, '2,<b>Stelle</b>,AT13,,,,,'),
    [
      "row 3, column name: Expected: partner.nameOriginal: It holds markup, `<b>`. Write plain text. Found: '<b>Stelle</b>'.",
    ],
  ],
];

describe('a row is rejected, with its row and column, what was expected and what was found, and nothing of it is stored, for', () => {
  test.each(faulty)('%s', async (_, content, faults) => {
    const file = await aFile('bad.csv', content);
    const done = await imported(database, file, members(declared));
    expect(done.faults.map(faultLine)).toEqual(faults);
    expect(done).toMatchObject({ rows: 2, rejected: 1, stopped: null });
    expect(await execute(database, `select name_original from partner where name_original like '%Stelle%'`)).toEqual([
      { name_original: 'Gute Stelle' },
    ]);
    expect((await readFile(String(done.rejects), 'utf8')).split('\n')[1]).toMatch(/^2,/);
  });
});

/** Files that are refused before anything is stored. */
const refused: [what: string, name: string, content: string | Buffer, mapping: string, says: string][] = [
  [
    'an empty file',
    'bad.csv',
    '',
    members(),
    'Expected rows. Found: an empty file, without even a header. Export it again.',
  ],
  [
    'a wrong encoding',
    'bad.csv',
    Buffer.from(csv(good, '2,München,AT13,,,,,'), 'latin1'),
    members('encoding: utf-8'),
    "row 3, column name: Expected utf-8, as the mapping says. Found bytes that are not: 'M\u{fffd}nchen'. Declare the `encoding` that it has, such as windows-1252. Nothing was stored.",
  ],
  [
    'UTF-8 that is declared as something else',
    'bad.csv',
    csv(good, '2,München,AT13,,,,,'),
    members('encoding: iso-8859-2'),
    'Expected iso-8859-2, as the mapping says. Found: UTF-8. Declare `encoding: utf-8`.',
  ],
  [
    'UTF-16 without its mark',
    'bad.csv',
    Buffer.from(csv(good), 'utf16le'),
    members(),
    'Expected text. Found: many NUL bytes, as in UTF-16. Declare `encoding: utf-16le`.',
  ],
  [
    'a column that the file does not have',
    'bad.csv',
    csv(good).replace('budget', 'Budget'),
    members(),
    "Expected columns of the file: id, name, nuts, place, country, since, until, Budget. Found in the mapping: 'budget' (did you mean 'Budget'?).",
  ],
  [
    'a field that we do not have',
    'bad.csv',
    csv(good),
    members('', 'nameOrignal: name'),
    "Found: 'nameOrignal'. Did you mean 'nameOriginal'?",
  ],
  [
    'a word that mappings do not have',
    'bad.csv',
    csv(good),
    members('sauce: x'),
    'sauce: A mapping has no such word. Correct it, or take it out.',
  ],
  [
    'a record that is not in the mapping',
    'bad.csv',
    csv(good),
    members().replace('record: partner', 'record: partners'),
    "No record is called 'partners'. There are partner, participation.",
  ],
  [
    'dates that read both ways',
    'bad.csv',
    csv('1,Stelle,AT13,,,03/04/2014,,'),
    members(),
    "Expected to see how dates are written. Found: row 2, column since: '03/04/2014', which reads both ways, as do all others. Declare `dates: day-first` or `dates: month-first` in the mapping.",
  ],
  [
    'dates that are written both ways',
    'bad.csv',
    csv('1,Stelle,AT13,,,13/04/2014,04/14/2014,'),
    members(),
    "Found: day-first at row 2, column since: '13/04/2014', and month-first at row 2, column until: '04/14/2014'. Declare `dates` for each field.",
  ],
  [
    'numbers that read both ways',
    'bad.csv',
    csv('1,Stelle,AT13,,,,,"1,234"'),
    members(),
    "Found: row 2, column budget: '1,234', which reads both ways, as do all others. Declare `decimal: comma` or `decimal: point` in the mapping.",
  ],
  [
    'JSON that is no list',
    'bad.json',
    '{"a": 1}',
    members(),
    'At the beginning: Expected a list of rows, beginning with [. Found: {.',
  ],
  [
    'YAML that is no list',
    'bad.yaml',
    'a: 1\n',
    members(),
    "At line 1: Expected a list, each row of which begins with '- '",
  ],
];

const changes = () => execute(database, 'select count(*)::int as n from change');

describe('a file is refused, and nothing is stored, for', () => {
  test.each(refused)('%s', async (_, name, content, mapping, says) => {
    const before = await changes();
    const attempt = imported(database, await aFile(name, content), mapping);
    await expect(attempt).rejects.toThrow(ImportError);
    await expect(attempt).rejects.toThrow(says);
    expect(await changes()).toEqual(before);
  });

  test('a directory', async () => {
    const folder = await aFolder();
    await expect(imported(database, folder, members())).rejects.toThrow(
      `${folder}: Expected a file. Found: a directory. Name a file in it.`,
    );
  });

  test('a directory at the command line, where an export may be one', async () => {
    const folder = await aFolder();
    const environment = { DATABASE_URL: urlOf(database), LOG_LEVEL: 'warn' };
    const run = goodgraph(['import', folder, '--map', await aFile('map.yaml', members())], environment);
    await run.ended;
    expect(run.output()).toContain(`${folder}: Expected a file. Found: a directory. Name a file in it.`);
  });

  test('no file at all', async () => {
    await expect(imported(database, `${await aFolder()}/none.csv`, members())).rejects.toThrow(
      'There is no such file.',
    );
  });
});

const item = (id: number, more = '') =>
  `{"id":${id},"name":"Listenstelle ${id}","nuts":"AT13","place":null,"country":null,"since":"2014","until":null,"budget":5${more}}`;

test('a list that is cut off is stored as far as its rows are whole, and told with the place', async () => {
  const file = await aFile('cut.json', `[${item(1)},${item(2)},${item(3).slice(0, 40)}`);
  const done = await imported(database, file, members());
  expect(done).toMatchObject({ rows: 2, rejected: 0 });
  expect(done.stopped).toBe('At row 3: Expected the end of the list, a ]. Found: the end of the file: it is cut off.');
  expect(
    await execute(database, `select count(*)::int as n from partner where name_original like 'Listenstelle%'`),
  ).toEqual([{ n: 2 }]);
});

test('a table that ends without a line end is told to be cut off, maybe', async () => {
  const { detected } = await imported(database, await aFile('cut.csv', csv(good).trimEnd()), members());
  expect(detected.at(-1)).toBe(
    'The last row has no line end: the file may be cut off. Look whether that row is whole.',
  );
});

test('a number that nothing can hold is told as it is written, and rejected as it is written', async () => {
  const file = await aFile('large.json', `[${item(9).replace('"budget":5', '"budget":1e400')}]`);
  const done = await imported(database, file, members());
  expect(done.faults.map(({ column, found }) => ({ column, found }))).toEqual([{ column: 'budget', found: '1e400' }]);
  expect(JSON.parse((await readFile(String(done.rejects), 'utf8')).replace('1e400', '5'))).toMatchObject([
    { id: 9, budget: 5, _rejected: [{ row: 1, column: 'budget' }] },
  ]);
});

test('a disk that is full stores nothing of the batch whose rejects it cannot hold', async () => {
  const before = await state(database);
  const file = await aFile('full.csv', csv('77,Volle Stelle,AT13,,,2014,,5', '78,,AT13,,,2014,,5'));
  const done = await imported(database, file, members(), { rejects: '/dev/full' });
  expect(done.stopped).toMatch(/^\/dev\/full: Expected room for rejected rows\. Found: ENOSPC/);
  expect(done).toMatchObject({ rows: 0, records: {} });
  expect(await state(database)).toEqual(before);
});
