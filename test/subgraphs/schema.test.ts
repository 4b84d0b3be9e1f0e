import { readFileSync } from 'node:fs';
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition';
import { buildSchema, isEnumType, isInputObjectType, printSchema, lexicographicSortSchema, printType } from 'graphql';
import { expect, test } from 'vitest';
import { schemaFiles } from '../../src/cli/schema.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { describedIn, hidesNull, repeatsItsName } from './descriptions.js';

const graph = fusedGraph(subgraphs);
const committed = (name: string) => readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8');

test.each([...schemaFiles()])('schema/%s is what the code builds; `npm run schema` writes it anew', (name, text) => {
  expect(committed(name)).toBe(text);
});

test('the fused schema prints equal to the public schema of the composer', () => {
  const sorted = (schema: Parameters<typeof printSchema>[0]) => printSchema(lexicographicSortSchema(schema));
  expect(sorted(graph.executor.schema)).toBe(sorted(buildSchema(graph.publicSdl)));
});

test('the subgraphs compose with a second composer', () => {
  const result = federateSubgraphs({
    subgraphs: graph.subgraphs.map(({ name, typeDefs }) => ({ name, url: '', definitions: typeDefs })),
    version: ROUTER_COMPATIBILITY_VERSION_ONE,
  });
  expect(result).toMatchObject({ success: true });
});

test('inputs and enums that two subgraphs share are the same in both: composers intersect inputs silently', () => {
  const seen = new Map<string, string>();
  for (const { schema } of graph.subgraphs)
    for (const type of Object.values(lexicographicSortSchema(schema).getTypeMap())) {
      if (type.name.startsWith('__') || !(isInputObjectType(type) || isEnumType(type))) continue;
      expect(printType(type)).toBe(seen.get(type.name) ?? printType(type));
      seen.set(type.name, printType(type));
    }
});

test('every subgraph keeps to Federation 2.9 and the six directives that plan alike everywhere', () => {
  for (const { sdl } of graph.subgraphs) {
    expect(sdl).toMatch(/^extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.9"/);
    const used = new Set([...sdl.replace(/"""[\s\S]*?"""/g, '').matchAll(/@(\w+)/g)].map(([, name]) => name));
    expect(
      [...used].filter(
        (name) =>
          ![
            'link',
            'key',
            'shareable',
            'tag',
            'inaccessible',
            'cost',
            'listSize',
            'deprecated',
            'specifiedBy',
          ].includes(name ?? ''),
      ),
    ).toEqual([]);
  }
});

const sdls = [
  ['the graph', graph.executor.schema] as const,
  ...graph.subgraphs.map(({ name, schema }) => [name, schema] as const),
];

test('every type, field, argument and enum value says something', () => {
  const mute = describedIn(graph.executor.schema).filter(({ description }) => (description?.trim().length ?? 0) < 5);
  expect(mute.map(({ place }) => place)).toEqual([]);
});

test.each(sdls)('no description in %s merely repeats a name', (_, schema) => {
  // A subgraph leaves it to the owner to describe a record of another one.
  const said = describedIn(schema).filter((each) => each.description && repeatsItsName(each));
  expect(said.map(({ place, description }) => `${place}: ${description}`)).toEqual([]);
});

test('every text, number, date and choice that may be null says what null means', () => {
  const said = describedIn(graph.executor.schema).filter(hidesNull);
  expect(said.map(({ place, description }) => `${place}: ${description}`)).toEqual([]);
});

test('a description that leaves null open is found', () => {
  const planted = buildSchema(`type Query {
    "How many." open: Int
    "How many; null where nobody counted." told: Int
    "How many, always." never: Int! }`);
  const found = describedIn(planted).filter(hidesNull);
  expect(found.map(({ place }) => place)).toEqual(['Query.open']);
});

test('a description that merely repeats a name is found, and one that says more is not', () => {
  const planted = buildSchema(`
    "A good practice."
    type GoodPractice {
      "The title." title: String
      "Title of the good practice" titleOriginal: String
      "Where it is" places(
        "The first." first: Int
        "At most 100; 20 unless given." last: Int): [String]
      "The list of practices that were selected." practicesSelected: Int
      "The maturity of this practice" maturity: Maturity
      "In EUR; null where no source tells." cost: String
    }
    "How far it has come." enum Maturity { "PILOT: A pilot" PILOT "Others have taken it up." SCALED }
    type Query { "A good practice" goodPractice: GoodPractice }`);
  expect(
    describedIn(planted)
      .filter(repeatsItsName)
      .map(({ place }) => place),
  ).toEqual([
    'GoodPractice',
    'GoodPractice.title',
    'GoodPractice.titleOriginal',
    'GoodPractice.places',
    'GoodPractice.places(first)',
    'GoodPractice.practicesSelected',
    'GoodPractice.maturity',
    'Maturity.PILOT',
    'Query.goodPractice',
  ]);
});
