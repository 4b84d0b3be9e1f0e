import { expect, test } from 'vitest';
import { inOrderOf, wayBack } from '../../src/subgraphs/cycle.service.js';
import { aDatabase } from '../support/database.js';
import { faultsOf, load, writeSeeds, type Edits } from './tiny-seeds.js';

const database = await aDatabase();

const cyclic = (file: string, line: number, field: string, ...way: string[]): string =>
  `${file}:${line} ${field}: \`${field.split('.')[0]}\` leads back to it: ${way.join(', ')}. Take one of them out.`;

const cases: Record<string, [edits: Edits, faults: string[]]> = {
  'a cycle of themes': [
    {
      'themes.yaml': [
        ['  label: Design\n', '  label: Design\n  broader: sales\n'],
        ['  label: Sales\n', '  label: Sales\n  broader: design\n'],
      ],
    },
    [
      cyclic('themes.yaml', 5, 'broader', 'design', 'sales', 'design'),
      cyclic('themes.yaml', 12, 'broader', 'sales', 'design', 'sales'),
    ],
  ],
  'a theme above itself, and not what lies below it': [
    {
      'themes.yaml': [
        ['  label: Design\n', '  label: Design\n  broader: design\n'],
        ['  label: Sales\n', '  label: Sales\n  broader: design\n'],
      ],
    },
    [cyclic('themes.yaml', 5, 'broader', 'design', 'design')],
  ],
  'a cycle of places': [
    { 'places.yaml': [['  name: Florence\n', '  name: Florence\n  parent: museum\n']] },
    [
      cyclic('places.yaml', 4, 'parent', 'museum', 'florence', 'museum'),
      cyclic('places.yaml', 10, 'parent', 'florence', 'museum', 'florence'),
    ],
  ],
  'a project that carries itself on': [
    { 'projects.yaml': [['  title: Crafts\n', '  title: Crafts\n  precededBy: crafts\n']] },
    [cyclic('projects.yaml', 4, 'precededBy', 'crafts', 'crafts')],
  ],
  'practices that learnt from each other': [
    {
      'practices.yaml': [
        ['  title: Fair\n', '  title: Fair\n  inspiredBy: [school]\n'],
        ['  title: School\n', '  title: School\n  inspiredBy: [fair]\n'],
      ],
    },
    [
      cyclic('practices.yaml', 3, 'inspiredBy.0', 'fair', 'school', 'fair'),
      cyclic('practices.yaml', 26, 'inspiredBy.0', 'school', 'fair', 'school'),
    ],
  ],
  'parts that take each other over': [
    {
      'participations.yaml': [
        [
          '  partner: craft-centre\n  role: PARTNER\n',
          '  partner: craft-centre\n  role: PARTNER\n  replacedBy: town-hall\n',
        ],
      ],
    },
    [
      cyclic(
        'participations.yaml',
        6,
        'replacedBy',
        'crafts/town-hall/PARTNER',
        'crafts/craft-centre/PARTNER',
        'crafts/town-hall/PARTNER',
      ),
      cyclic(
        'participations.yaml',
        12,
        'replacedBy',
        'crafts/craft-centre/PARTNER',
        'crafts/town-hall/PARTNER',
        'crafts/craft-centre/PARTNER',
      ),
    ],
  ],
};

test.each(Object.entries(cases))('%s is refused', async (_, [edits, faults]) => {
  expect(await faultsOf(database, edits)).toEqual(faults);
});

test('a cycle that closes through a stored place is refused', async () => {
  const own = await aDatabase();
  await load(own, await writeSeeds());
  const [museum] = [
    '- slug: florence\n  name: Florence\n  kind: CITY\n  region: ITI14\n  parent: museum\n  source: https://example.org/florence\n  confidence: STATED\n',
  ];
  await expect(load(own, await writeSeeds({ 'places.yaml': museum }))).rejects.toThrow(
    cyclic('places.yaml', 5, 'parent', 'florence', 'museum', 'florence'),
  );
});

test('what a key leads to comes before it, and the way back is the shortest', () => {
  const steps = new Map([
    ['a', ['b', 'c']],
    ['b', ['c']],
    ['c', []],
    ['d', ['e', 'f']],
    ['e', ['f']],
    ['f', ['d', 'unknown']],
  ]);
  expect(inOrderOf(steps)).toEqual({ order: ['c', 'b', 'a', 'd', 'e', 'f'], unordered: new Set(['d', 'e', 'f']) });
  expect(wayBack(steps, 'd')).toEqual(['d', 'f', 'd']);
  expect(wayBack(steps, 'e')).toEqual(['e', 'f', 'd', 'e']);
  expect(wayBack(steps, 'a')).toEqual([]);
});
