import { expect, test } from 'vitest';
import { SeedError } from '../../src/cli/seed.js';
import { aDatabase } from '../support/database.js';
import { count, faultsOf, load, writeSeeds, type Edits } from './tiny-seeds.js';

const database = await aDatabase();

const cases: Record<string, [edits: Edits, faults: string[]]> = {
  'an unknown reference, with what is nearest': [
    {
      'places.yaml': [
        ['parent: florence', 'parent: florense'],
        ['region: ITI14', 'region: ITI15'],
      ],
    },
    [
      "places.yaml:4 parent: No place has the slug 'florense'. Did you mean 'florence'?",
      "places.yaml:5 region: No region has the code 'ITI15'. Did you mean 'ITI1'?",
    ],
  ],
  'an unknown reference that is near to nothing': [
    { 'partners.yaml': [['place: florence', 'place: x']] },
    ["partners.yaml:6 place: No place has the slug 'x'. Add it first, or correct the reference."],
  ],
  'an unknown reference in a list': [
    {
      'practices.yaml': [
        ['[ITI14, BG]', '[ITI14, BGX]'],
        ['[sales, design]', '[sales, desing]'],
      ],
    },
    [
      "practices.yaml:5 regions.1: No region has the code 'BGX'. Did you mean 'BG'?",
      "practices.yaml:7 themes.1: No theme has the slug 'desing'. Did you mean 'design'?",
    ],
  ],
  'two same slugs': [
    {
      'places.yaml': [
        ['slug: florence', 'slug: museum'],
        ['parent: florence', 'parent: museum'],
      ],
    },
    ['places.yaml:8 slug: An entry before this one has the same slug: museum. Each may stand once.'],
  ],
  'two same themes under two slugs': [
    { 'themes.yaml': [['T2', 'T1']] },
    [
      'themes.yaml:9 notation: An entry before this one has the same scheme and notation: CRAFTS, T1. Each may stand once.',
    ],
  ],
  'two same participations, and one that nobody takes over': [
    {
      'participations.yaml': [['partner: craft-centre', 'partner: town-hall']],
    },
    [
      "participations.yaml:6 replacedBy: 'craft-centre' has no entry as PARTNER of crafts that takes over from this one. Add it, or correct the slug.",
      'participations.yaml:11 role: An entry before this one has the same project and partner and role: crafts, town-hall, PARTNER. Each may stand once.',
    ],
  ],
  'a target named twice': [
    { 'practices.yaml': [['[sales, design]', '[sales, sales]']] },
    ['practices.yaml:7 themes: It names the same twice. Take one out.'],
  ],
  'an indicator in two units': [
    {
      'practices.yaml': [
        [
          '  title: School\n',
          '  title: School\n  measurements:\n    - { indicator: visitors, unit: groups, achieved: 1 }\n',
        ],
      ],
    },
    [
      "practices.yaml:26 measurements.0.unit: 'visitors' is measured in people elsewhere. Use that unit, or give the indicator a name of its own.",
    ],
  ],
  'a region whose parent is missing': [
    { 'regions/nuts-2024.tsv': [['ITI\tCentro (IT)\t\n', '']] },
    ['regions/nuts-2024.tsv:4 code: Its parent ITI is not in the file. Add a line for ITI, or correct the code.'],
  ],
  'a region whose country is missing': [
    { 'regions/countries.yaml': [['- { code: BG, iso: BG, scheme: NUTS, group: EU, nameEnglish: Bulgaria }\n', '']] },
    [
      'regions/nuts-2024.tsv:2 code: Its country BG is not in regions/countries.yaml. Add it there, or correct the code.',
    ],
  ],
  'a country and an English name without a region': [
    {
      'regions/countries.yaml': [
        ['- { code: IT', '- { code: FR, iso: FR, scheme: NUTS, group: EU, nameEnglish: France }\n- { code: IT'],
      ],
      'regions/english.yaml': [['Tuscany\n', 'Tuscany\nITI2: Umbria\n']],
    },
    [
      "regions/countries.yaml:2 code: No region of the list has the code 'FR'. Correct it, or take it out.",
      "regions/english.yaml:2 ITI2: No region of the list has the code 'ITI2'. Correct it, or take it out.",
    ],
  ],
  'two same regions, two same countries': [
    {
      'regions/nuts-2024.tsv': [['ITI14\tFirenze', 'ITI1\tFirenze']],
      'regions/countries.yaml': [['- { code: IT, iso: IT', '- { code: BG, iso: IT']],
    },
    [
      'regions/countries.yaml:2 code: An entry before this one has the same code: BG. Each may stand once.',
      'regions/nuts-2024.tsv:3 code: Its country IT is not in regions/countries.yaml. Add it there, or correct the code.',
      'regions/nuts-2024.tsv:4 code: Its country IT is not in regions/countries.yaml. Add it there, or correct the code.',
      'regions/nuts-2024.tsv:5 code: Its country IT is not in regions/countries.yaml. Add it there, or correct the code.',
      'regions/nuts-2024.tsv:6 code: An entry before this one has the same code: ITI1. Each may stand once.',
      'regions/nuts-2024.tsv:6 code: Its country IT is not in regions/countries.yaml. Add it there, or correct the code.',
    ],
  ],
  'faulty lines of the table, without what follows from them': [
    {
      'regions/nuts-2024.tsv': [
        ['ITI\t', 'iti\t'],
        ['ITI14\tFirenze', 'ITI14\tFirenze\t\tx'],
        ['Italia', ''],
      ],
      'regions/english.yaml': [['ITI1', 'Iti1']],
    },
    [
      'regions/english.yaml:1 Iti1: Write a NUTS code such as ITI1.',
      'regions/nuts-2024.tsv:3 nameLocal: It is missing. Add it.',
      'regions/nuts-2024.tsv:4 code: Write a NUTS code such as ITI1.',
      'regions/nuts-2024.tsv:5 code: Its parent ITI is not in the file. Add a line for ITI, or correct the code.',
      'regions/nuts-2024.tsv:6 column 4: There is no such field here. Correct its name, or take it out.',
    ],
  ],
  'every fault of a file at once, without what follows from another': [
    {
      'places.yaml': [
        ['kind: CITY', 'kind: TOWN'],
        ['https://example.org/florence', 'example.org/florence'],
      ],
      'partners.yaml': [['place: florence', 'place: nowhere']],
    },
    [
      'places.yaml:11 kind: "TOWN" is not a choice. Choose one of CITY, DISTRICT, VENUE, SITE.',
      'places.yaml:13 source: Write the slug of a source in sources.yaml, or the whole address, from http:// or https:// on.',
    ],
  ],
  'faults of shape together with references that name nothing': [
    {
      'partners.yaml': [
        ['place: florence', 'place: florenz'],
        ['  nameOriginal: Craft Centre\n', ''],
      ],
    },
    [
      "partners.yaml:6 place: No place has the slug 'florenz'. Did you mean 'florence'?",
      'partners.yaml:10 nameOriginal: It is missing. Add it.',
    ],
  ],
};

test.each(Object.entries(cases))('%s is refused', async (_, [edits, faults]) => {
  expect(await faultsOf(database, edits)).toEqual(faults);
});

test('more than a hundred faults are counted, not listed', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => `ITI14\tFirenze ${index}\n`).join('');
  const faults = await faultsOf(database, {
    'regions/nuts-2024.tsv': [['ITI14\tFirenze\n', `ITI14\tFirenze\n${rows}`]],
  });
  expect(faults).toHaveLength(101);
  expect(faults.at(-1)).toBe('and 20 more');
});

test('what is stored is kept when a later file is refused', async () => {
  const own = await aDatabase();
  await load(own, await writeSeeds());
  const known = await count(own, 'change');
  const seeds = await writeSeeds({
    'places.yaml': [['name: Florence', 'name: Firenze']],
    'transfers.yaml': [['destination: BG', 'destination: BX']],
  });
  await expect(load(own, seeds)).rejects.toThrow(SeedError);
  expect(await count(own, 'change')).toBe(known);
});

test('what only the database sees is a fault too', async () => {
  const own = await aDatabase();
  await load(own, await writeSeeds());
  const seeds = await writeSeeds({
    'themes.yaml': [['slug: design', 'slug: design-in-crafts']],
    'projects.yaml': [['[design, sales]', '[sales]']],
    'practices.yaml': [['[sales, design]', '[sales]']],
  });
  await expect(load(own, seeds)).rejects.toThrow(
    'themes.yaml:1: What is stored already stands against it: Key (scheme, notation)=(CRAFTS, T1) already exists.',
  );
});
