import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { seedDatabase } from '../../src/cli/seed.js';
import type { Manifest, SeedFile } from '../../src/subgraphs/manifest.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase } from '../support/database.js';
import { faultsOf, load, writeSeeds, type Edits } from './tiny-seeds.js';

const database = await aDatabase();

test('an error tells file, line, field and reason apart', async () => {
  const seeds = await writeSeeds({ 'places.yaml': [['  kind: CITY\n', '']] });
  await expect(load(database, seeds)).rejects.toMatchObject({
    name: 'SeedError',
    faults: [
      {
        file: 'places.yaml',
        line: 8,
        field: 'kind',
        reason: 'It is missing. Choose one of CITY, DISTRICT, VENUE, SITE.',
      },
    ],
  });
});

const figure = (text: string): [string, string] => [
  '  title: School\n',
  `  title: School\n  measurements:\n    - ${text}\n`,
];
const date = "Write it in quotes, as precisely as it is known: '2012', '2012-05' or '2012-05-31'.";

const cases: Record<string, [edits: Edits, faults: string[]]> = {
  'a missing field': [{ 'places.yaml': [['  name: Florence\n', '']] }, ['places.yaml:8 name: It is missing. Add it.']],
  'an empty field': [
    {
      'places.yaml': [
        ['name: Florence', 'name:'],
        ['name: Museum', "name: ' '"],
      ],
    },
    [
      'places.yaml:2 name: It is empty. Write it, or leave the field out.',
      'places.yaml:9 name: It is missing. Add it.',
    ],
  ],
  'an unknown key': [
    { 'places.yaml': [['nameLocal', 'nameLokal']] },
    ['places.yaml:10 nameLokal: There is no such field here. Correct its name, or take it out.'],
  ],
  'an unknown key in a nested entry': [
    { 'practices.yaml': [['unit: stalls', 'unit: stalls\n      units: stalls']] },
    ['practices.yaml:17 measurements.1.units: There is no such field here. Correct its name, or take it out.'],
  ],
  'a wrong choice': [
    { 'places.yaml': [['CITY', 'city']] },
    ['places.yaml:11 kind: "city" is not a choice. Choose one of CITY, DISTRICT, VENUE, SITE.'],
  ],
  'a wrong type': [
    {
      'programmes.yaml': [
        ['name: Interreg', 'name: 12'],
        ['2007', "'2007'"],
        ['2013', '2013.5'],
      ],
    },
    [
      'programmes.yaml:2 name: It must be text; put numbers in quotes.',
      'programmes.yaml:3 startYear: It must be a number.',
      'programmes.yaml:4 endYear: It must be a whole number.',
    ],
  ],
  'a text in place of an entry, a list or a map': [
    {
      'partners.yaml': [
        ['[Podestà, Signoria]', 'Podestà'],
        ['- slug: craft-centre', '- A text.\n- slug: craft-centre'],
      ],
    },
    [
      'partners.yaml:4 formerNames: It must be a list, as in [one, two].',
      'partners.yaml:10: It must be an entry with named fields.',
    ],
  ],
  'a text in place of the file': [
    { 'themes.yaml': 'design\n' },
    ['themes.yaml:1: It must be an entry with named fields.'],
  ],
  'a number out of its range': [
    { 'participations.yaml': [['order: 1', 'order: 0']] },
    ['participations.yaml:4 order: It must be 1 or more.'],
  ],
  'a title that is too long': [
    { 'practices.yaml': [['title: School', `title: ${'x'.repeat(101)}`]] },
    ['practices.yaml:24 title: It has more than 100 characters. Shorten it.'],
  ],
  'an unknown theme of a project': [
    { 'projects.yaml': [['[design, sales]', '[desing, sales]']] },
    ["projects.yaml:9 themes.0: No theme has the slug 'desing'. Did you mean 'design'?"],
  ],
  'an unknown practice of a transfer': [
    { 'transfers.yaml': [['[fair, school]', '[fair, schools]']] },
    ["transfers.yaml:2 practices.1: No good practice has the slug 'schools'. Did you mean 'school'?"],
  ],
  'a bad date': [
    {
      'projects.yaml': [
        ["'2012-05'", '2012'],
        ["'2014-12-31'", "'2014-02-30'"],
      ],
    },
    [`projects.yaml:6 startDate: ${date}`, `projects.yaml:7 endDate: '2014-02-30' is no date. ${date}`],
  ],
  'a date in words': [
    { 'practices.yaml': [["'2005'", 'spring']] },
    [`practices.yaml:9 start: 'spring' is no date. ${date}`],
  ],
  'a day that is only a month': [
    { 'transfers.yaml': [["'2023-04-27'", "'2023-04'"]] },
    ["transfers.yaml:8 reportedOn: Write a day, in quotes, as '2012-05-31'."],
  ],
  'an end before the start': [
    { 'projects.yaml': [["'2014-12-31'", "'2012'"]] },
    [
      'projects.yaml:7 endDate: It lies before the start. Correct one of them, or give the end as precisely as the start.',
    ],
  ],
  'a last year before the first': [
    { 'programmes.yaml': [['2013', '2006']] },
    ['programmes.yaml:4 endYear: It lies before startYear. Correct one of them.'],
  ],
  'bad money': [
    {
      'programmes.yaml': [
        ['359000000', '3.555'],
        ['EUR', 'euro'],
      ],
    },
    [
      'programmes.yaml:5 budget.amount: Write a number such as 1234.50, with two decimals at most.',
      'programmes.yaml:5 budget.currency: Write the three letters of ISO 4217, such as EUR.',
    ],
  ],
  'a day that no calendar here has': [
    {
      'transfers.yaml': [["'2023-04-27'", "'0000-01-01'"]],
    },
    ['transfers.yaml:8 reportedOn: It lies before the year 1000. Correct it.'],
  ],
  'a character that no text can hold': [
    {
      'sources.yaml': [
        ['https://example.org/crafts', '"https://example.org/cr\\0afts"'],
        ['Crafts', '"Cr\\0afts"'],
      ],
    },
    [
      'sources.yaml:2 url: It holds the character NUL. Take it out.',
      'sources.yaml:3 title: It holds the character NUL. Take it out.',
    ],
  ],
  'such a character in the address of a source': [
    { 'themes.yaml': [['https://example.org/crafts', '"https://example.org/cr\\0afts"']] },
    [
      'themes.yaml:5 source: Write the slug of a source in sources.yaml, or the whole address, from http:// or https:// on.',
    ],
  ],
  'such a character in a claim': [
    { 'claims.yaml': [['21 euros or so', '"21\\0 euros"']] },
    ['claims.yaml:9 values.1.value: It holds the character NUL. Take it out.'],
  ],
  'a bad address': [
    { 'themes.yaml': [['https://example.org/crafts', 'example.org/crafts']] },
    [
      'themes.yaml:5 source: Write the slug of a source in sources.yaml, or the whole address, from http:// or https:// on.',
    ],
  ],
  'a script in place of an address': [
    { 'themes.yaml': [['https://example.org/crafts', 'javascript:alert(1)']] },
    [
      'themes.yaml:5 source: Write the slug of a source in sources.yaml, or the whole address, from http:// or https:// on.',
    ],
  ],
  'a bad slug': [
    { 'themes.yaml': [['slug: design', 'slug: Design!']] },
    ['themes.yaml:1 slug: Write it in small letters a to z, digits and single hyphens, as in `reims-city-council`.'],
  ],
  'a bad language': [
    { 'practices.yaml': [['language: en', 'language: English!']] },
    ['practices.yaml:25 language: Write a language tag such as it or pt-BR.'],
  ],
  'an ongoing practice without a date': [
    { 'practices.yaml': [["  ongoingAsOf: '2014-03'\n", '']] },
    ['practices.yaml:1 ongoingAsOf: It is missing. Say on which date the practice was still ongoing.'],
  ],
  'a figure that is none': [
    { 'practices.yaml': [figure("{ indicator: Halls, unit: halls, achieved: '3 25' }")] },
    ['practices.yaml:26 measurements.0.achieved: Write a number such as 12.5, with a point and without spaces.'],
  ],
  'a measurement without a figure': [
    { 'practices.yaml': [figure('{ indicator: Halls, unit: halls }')] },
    ['practices.yaml:26 measurements.0.achieved: There is no figure. Add achieved, target or baseline.'],
  ],
  'an indicator without a Latin letter': [
    { 'practices.yaml': [figure("{ indicator: '?', unit: halls, achieved: 1 }")] },
    ['practices.yaml:26 measurements.0.indicator: Name it in Latin letters.'],
  ],
  'a transfer of nothing, from nowhere': [
    {
      'transfers.yaml': [
        ['[fair, school]', '[]'],
        ['  origins: [ITI1]\n', ''],
      ],
    },
    [
      'transfers.yaml:1 origins: It is empty. Name the regions that the practices come from.',
      'transfers.yaml:2 practices: It is empty. Name the practices that are transferred.',
    ],
  ],
  'a reported transfer without the day of the report': [
    { 'transfers.yaml': [["  reportedOn: '2023-04-27'\n", '']] },
    ['transfers.yaml:1 reportedOn: It is missing. Say on which day the source reported this status.'],
  ],
  'broken YAML': [
    { 'places.yaml': [['slug: florence', 'slug: [florence']] },
    [
      'places.yaml:9: It is not YAML as we read it: Flow sequence in block collection must be sufficiently indented and end with a ].',
    ],
  ],
  'a field given twice': [
    { 'places.yaml': [['  kind: CITY\n', '  kind: CITY\n  kind: SITE\n']] },
    ['places.yaml:12: It is not YAML as we read it: Map keys must be unique.'],
  ],
  'a reference within YAML': [
    { 'places.yaml': [['name: Museum', 'name: *florence']] },
    ['places.yaml:2: A value that stands elsewhere is not looked up. Write it out, or put it in quotes.'],
  ],
  'a tag of YAML': [
    { 'places.yaml': [['name: Museum', 'name: !museum Museum']] },
    ['places.yaml:2: It is not YAML as we read it: Unresolved tag: !museum.'],
  ],
  'a file that is not there': [{ 'themes.yaml': null }, ['themes.yaml:1: There is no such file. Put it back.']],
  'a file in another encoding': [
    { 'themes.yaml': Buffer.from('- slug: caf\u00e9\n', 'latin1') },
    ['themes.yaml:1: It is not in UTF-8. Save it in that encoding.'],
  ],
};

test('a value that only the database finds too large is told with the entry that holds it', async () => {
  const [first] = subgraphs;
  const seed: SeedFile = {
    file: 'themes.yaml',
    entry: z.looseObject({}),
    save: async (em) => {
      await sql`select ${'sales'}::smallint`.execute(em.getKysely<unknown>());
      return [];
    },
  };
  const directory = await writeSeeds();
  const own = [{ ...(first as Manifest), seeds: [seed] }];
  await expect(seedDatabase({ em: database.em(), subgraphs: own, directory })).rejects.toMatchObject({
    faults: [
      {
        file: 'themes.yaml',
        line: 7,
        field: '',
        reason: 'The database cannot hold it: invalid input syntax for type smallint: "sales"',
      },
    ],
  });
});

test.each(Object.entries(cases))('%s is refused', async (_, [edits, faults]) => {
  expect(await faultsOf(database, edits)).toEqual(faults);
});
