import { readFileSync } from 'node:fs';
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition';
import { buildSchema, isEnumType, isInputObjectType, printSchema, lexicographicSortSchema, printType } from 'graphql';
import { expect, test } from 'vitest';
import { schemaFiles } from '../../src/cli/schema.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';

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

test('every type, field, argument and enum value says something', () => {
  const mute: string[] = [];
  const check = (place: string, description: string | null | undefined) => {
    if (!description || description.trim().length < 5) mute.push(place);
  };
  for (const type of Object.values(graph.executor.schema.getTypeMap())) {
    if (type.name.startsWith('__') || ['Query', 'String', 'Int', 'ID', 'Boolean', 'Float'].includes(type.name))
      continue;
    check(type.name, type.description);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value.description);
    if (!('getFields' in type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field.description);
      if ('args' in field)
        for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg.description);
    }
  }
  expect(mute).toEqual([]);
});
