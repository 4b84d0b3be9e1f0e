import type { Random } from './random.js';

/** What a mutation puts in: punctuators, names of ours and of nobody, numbers, strings, and what is not GraphQL at all. */
const tokens = [
  ['{', '}', '(', ')', '[', ']', ':', '=', '!', '|', '&', '$', '@', '...', '"', '"""', '#', ',', '\\', '\n', '\u0000'],
  [
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'true',
    'null',
    '__typename',
    '__schema { types { name } }',
    '__type(name: "Region") { name }',
  ],
  [
    'regions',
    'nodes',
    'edges',
    'node',
    'pageInfo',
    'partner',
    'id',
    'where',
    'first',
    'last',
    'after',
    'orderBy',
    'RegionConnection',
    '$v0',
  ],
  [
    '0',
    '-1',
    '1e309',
    '2147483648',
    '100000',
    '0.5',
    '""',
    '"%_\\\\"',
    "'; drop table region; --",
    '"\u202e"',
    '\ud800',
    'é',
    '🧶',
  ],
  [
    '@skip(if: true)',
    '@include(if: $v0)',
    '@deprecated',
    '{ not: { and: [] } }',
    '[[[]]]',
    '...F',
    '... on Node { id }',
  ],
].flat();

const values: unknown[] = [
  null,
  true,
  -1,
  1e308,
  100_000,
  '',
  'x'.repeat(5_000),
  '\u0000',
  '%',
  [],
  [[]],
  {},
  { eq: null },
  { in: [] },
  { and: [{}] },
  ['a', 1, null],
];

/** A document with one to four of its tokens taken out, doubled, changed or swapped; often it is none any more. */
export function mutated(query: string, random: Random): string {
  const parts = query.match(/"(?:[^"\\]|\\.)*"|\w+|\.{3}|\s+|./gsu) ?? [];
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    const place = random.between(0, parts.length - 1);
    const part = parts[place] ?? '';
    const other = random.between(0, parts.length - 1);
    const change: Record<string, () => unknown> = {
      remove: () => parts.splice(place, 1),
      double: () => parts.splice(place, 0, part, ' '),
      insert: () => parts.splice(place, 0, ' ', random.pick(tokens), ' '),
      replace: () => (parts[place] = ` ${random.pick(tokens)} `),
      swap: () => ([parts[place], parts[other]] = [parts[other] ?? '', part]),
      repeat: () => parts.splice(place, 0, ...Array.from({ length: random.between(2, 200) }, () => `${part} `)),
      cut: () => parts.splice(random.between(1, parts.length)),
    };
    random.pick(Object.values(change))();
  }
  return parts.join('');
}

/** Variables of which some hold something else. */
export function mutatedVariables(variables: Record<string, unknown>, random: Random): Record<string, unknown> {
  const changed = Object.entries(variables).map(([name, value]) => [
    name,
    random.chance(0.5) ? random.pick(values) : value,
  ]);
  return Object.fromEntries(changed) as Record<string, unknown>;
}
