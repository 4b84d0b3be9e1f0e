import { expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { count, faultsOf, load, writeSeeds, type Edits } from './tiny-seeds.js';

const database = await aDatabase();
const file = 'regions/nuts-2010-to-2024.tsv';

const cases: Record<string, [edits: [from: string, to: string][], faults: string[]]> = {
  'a link to a code that is not in NUTS 2024': [
    [['ITE14\tITI14', 'ITE14\tITE14']],
    [`${file}:5 to: No region has the code 'ITE14'. Did you mean 'ITI14'?`],
  ],
  'a link that leads back to an older version, and so would close a cycle': [
    [['ITE1\tITI1\t', 'ITI1\tITE1\t']],
    [
      `${file}:4 to: No region has the code 'ITE1'. Did you mean 'ITI1'?`,
      `${file}:4 from: Its parent ITI is not in the file. Add a line for ITI, or correct the code.`,
      `${file}:5 from: Its parent ITE1 is not in the file. Add a line for ITE1, or correct the code.`,
    ],
  ],
  'an old region without its parent or its country': [
    [
      ['ITE1\tITI1\t1\t1\n', ''],
      ['IT\tIT\t', 'XX\tIT\t'],
    ],
    [
      `${file}:2 from: Its country XX is not one of NUTS 2024. Correct the code.`,
      `${file}:3 from: Its parent IT is not in the file. Add a line for IT, or correct the code.`,
      `${file}:4 from: Its parent ITE1 is not in the file. Add a line for ITE1, or correct the code.`,
    ],
  ],
  'the same link twice': [
    [['ITE1\tITI1\t1\t1\n', 'ITE1\tITI1\t0.5\t0.5\nITE1\tITI1\t0.5\t0.5\n']],
    [`${file}:5 to: An entry before this one has the same from and to: ITE1, ITI1. Each may stand once.`],
  ],
  'shares that make more than the whole': [
    [['0.9542\t0.9751\n', '0.9542\t0.9751\nITE14\tITI15\t0.046\t0.0249\n']],
    [`${file}:6 area: The shares of ITE14 add up to 1.0002, which is more than the whole. Correct them.`],
  ],
  'a border sliver': [
    [['0.9542\t0.9751', '0.0099\t0.0099']],
    [`${file}:5 area: Less than 1 % of both area and population is a border sliver. Take the line out.`],
  ],
  'a link between two levels': [
    [['ITE14\tITI14', 'ITE14\tITI1']],
    [`${file}:5 to: It is of another level than the old region. Link regions of one level.`],
  ],
  'a share that is none, and one that is missing': [
    [
      ['0.9542\t0.9751', '95.42\t0.97514'],
      ['ITE1\tITI1\t1\t1', 'ITE1\tITI1\t\t1'],
    ],
    [
      `${file}:4 area: It is missing. Add it.`,
      `${file}:5 area: Write a share of the old region from 0 to 1, such as 0.9542, with four decimals at most.`,
      `${file}:5 population: Write a share of the old region from 0 to 1, such as 0.9542, with four decimals at most.`,
    ],
  ],
};

test('a list whose source is not described is refused', async () => {
  expect(await faultsOf(database, { 'sources.yaml': [['- { slug: nuts-2024, title: Regions }\n', '']] })).toEqual([
    "regions/nuts-2024.tsv:2 source: No source has the slug 'nuts-2024'. Add it first, or correct the reference.",
  ]);
});

/** A second region of today for a code to be split into. */
const second: Edits = { 'regions/nuts-2024.tsv': [['ITI14\tFirenze\n', 'ITI14\tFirenze\nITI15\tPrato\n']] };

test.each(Object.entries(cases))('%s is refused', async (_, [edits, faults]) => {
  expect(await faultsOf(database, { ...second, [file]: edits })).toEqual(faults);
});

test('an old region takes what holds for its country, and no name', async () => {
  const own = await aDatabase();
  await load(own, await writeSeeds());
  const rows = await execute(
    own,
    `select r.code, r.level, p.code as parent, r.path, r.scheme, r."group", r.iso_country_code, r.name_local, r.name_latin, r.name_english, r.confidence
     from region r left join region p on p.id = r.parent_id where r.code_version = 2010 order by r.code`,
  );
  const shared = { scheme: 'NUTS', group: 'EU', iso_country_code: 'IT' };
  const nameless = { ...shared, name_local: null, name_latin: null, name_english: null };
  const names = { name_local: 'Italia', name_latin: 'Italia', name_english: 'Italy' };
  expect(rows).toEqual([
    { code: 'IT', level: 0, parent: null, path: '2010/IT/', ...shared, ...names, confidence: 'DERIVED' },
    { code: 'ITE', level: 1, parent: 'IT', path: '2010/IT/ITE/', ...nameless, confidence: 'DERIVED' },
    { code: 'ITE1', level: 2, parent: 'ITE', path: '2010/IT/ITE/ITE1/', ...nameless, confidence: 'DERIVED' },
    { code: 'ITE14', level: 3, parent: 'ITE1', path: '2010/IT/ITE/ITE1/ITE14/', ...nameless, confidence: 'STATED' },
  ]);
});

test('an edited link changes the record of the old region alone, and one that is taken out goes', async () => {
  const own = await aDatabase();
  await load(own, await writeSeeds(second));
  const known = await count(own, 'change');
  const changes = () =>
    execute(
      own,
      `select r.code, c.kind, c.version from change c join region r on r.id = c.record_id where c.id > ${known} order by c.id`,
    );
  const links = () =>
    execute(
      own,
      `select t.code, l.weight_by_area as area from region_link l join region f on f.id = l.from_id join region t on t.id = l.to_id
       where f.code = 'ITE14' order by t.code`,
    );
  await load(own, await writeSeeds({ ...second, [file]: [['ITI14\t0.9542\t0.9751', 'ITI15\t0.5\t0.5']] }));
  expect(await links()).toEqual([{ code: 'ITI15', area: 0.5 }]);
  expect(await changes()).toEqual([{ code: 'ITE14', kind: 'UPDATED', version: 2 }]);
  await load(own, await writeSeeds({ ...second, [file]: [['ITI14\t0.9542\t0.9751', 'ITI15\t0.6\t0.5']] }));
  expect(await links()).toEqual([{ code: 'ITI15', area: 0.6 }]);
  expect((await changes()).length).toBe(2);
});
