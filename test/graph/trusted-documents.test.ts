import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSchema } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { fileOf, readTrustedDocuments, trustedDocument } from '../../src/graph/trusted-documents.js';
import { examples } from '../../src/http/examples.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';

const graph = fusedGraph(subgraphs);
const { schema } = graph.executor;
const folder = await mkdtemp(join(tmpdir(), 'goodgraph-documents-'));
afterAll(() => rm(folder, { recursive: true }));

/** A file of trusted documents that holds this. */
async function aFile(content: string): Promise<URL> {
  const file = pathToFileURL(join(folder, 'trusted-documents.json'));
  await writeFile(file, content);
  return file;
}

test('every trusted document of this package fits the schema, and the queries of the playground are among them', async () => {
  const trusted = await readTrustedDocuments(schema);
  const texts = [...trusted.values()].map(({ text }) => text);
  for (const { query } of examples) {
    const document = trustedDocument(query, schema);
    expect(texts).toContain(Array.isArray(document) ? document : document.text);
  }
});

test('a field that goes away names every trusted document that asks for it', async () => {
  const gone = buildSchema(graph.publicSdl.replace(/^( +)acronym: String!/gm, '$1shortName: String!'));
  await expect(readTrustedDocuments(gone)).rejects.toThrow(
    /^schema\/trusted-documents\.json cannot be used:\n {2}Everything [0-9a-f]{64}: 3:5 Cannot query field "acronym" on type "Project"\.\n {2}Innocrafts [0-9a-f]{64}: 3:5 Cannot query field "acronym" on type "Project"\.\n {2}WhatARegionHas [0-9a-f]{64}: 36:7 Cannot query field "acronym" on type "Project"\.$/,
  );
});

test('comments and layout make no other document; the hash is the SHA-256 of the text', () => {
  const document = trustedDocument('query A { regions { totalCount } }', schema);
  expect(document).toEqual({
    // printf 'query A {\n  regions {\n    totalCount\n  }\n}' | sha256sum
    hash: '0935180cfaa996624a7066da31226fe8c8486e9df69bfd64b1c41c16577fc646',
    name: 'A',
    text: 'query A {\n  regions {\n    totalCount\n  }\n}',
    variables: new Set(),
  });
  expect(trustedDocument('# Why\nquery A{regions{totalCount,}}\n', schema)).toEqual(document);
});

test.each<[string, string, string[]]>([
  ['no GraphQL', 'query A {', ['1:10 Syntax Error: Expected Name, found <EOF>.']],
  [
    'more than 5,000 tokens',
    `query A { ${'id '.repeat(5_000)} }`,
    ['1:15002 Syntax Error: Document contains more that 5000 tokens. Parsing aborted.'],
  ],
  [
    'a mutation',
    'mutation A { x }',
    ['It holds a mutation. Only queries can be trusted: anybody may send them again by GET.'],
  ],
  [
    'a subscription',
    'subscription A { x }',
    ['It holds a subscription. Only queries can be trusted: anybody may send them again by GET.'],
  ],
  [
    'two queries',
    'query A { __typename } query B { __typename }',
    ['It holds 2 operations. Write one query, with its fragments.'],
  ],
  [
    'a fragment alone',
    'fragment A on Region { name }',
    ['It holds 0 operations. Write one query, with its fragments.'],
  ],
  ['a query without a name', '{ __typename }', ['Its query has no name. Give it one: `query PracticesOfTheme { … }`.']],
  [
    'fields that do not exist',
    'query A { nothing\n  none }',
    [
      '1:11 Cannot query field "nothing" on type "Query".',
      '2:3 Cannot query field "none" on type "Query". Did you mean "node" or "nodes"?',
    ],
  ],
  [
    'a variable of another type than its argument',
    'query A($code: Int) { region(code: $code) { name } }',
    ['1:9 Variable "$code" of type "Int" used in position expecting type "String".'],
  ],
])('%s cannot be trusted', (_name, source, faults) => {
  expect(trustedDocument(source, schema)).toEqual(faults);
});

const text = 'query A {\n  __typename\n}';
const entry = (source: string) => {
  const document = trustedDocument(source, schema);
  return Array.isArray(document) ? {} : { [document.hash]: document.text };
};

test.each<[string, string, RegExp]>([
  ['is not JSON', '{', /\n {2}It is not JSON: .+\.$/],
  ['is a list', '[]', /\n {2}It is no object of hashes and documents\.$/],
  ['holds something else than texts', '{"a":1}', /\n {2}It is no object of hashes and documents\.$/],
  [
    'has a hash of another text',
    JSON.stringify({ ['0'.repeat(64)]: text }),
    /\n {2}A 0{64}: This is not its hash\. Take it out, and add its query with `goodgraph documents add`\.$/,
  ],
  [
    'has one name twice',
    JSON.stringify({ ...entry(text), ...entry('query A { regions { totalCount } }') }),
    /\n {2}2 documents are called A\. Keep one of them\.$/,
  ],
])('a file that %s is refused', async (_name, content, message) => {
  await expect(readTrustedDocuments(schema, await aFile(content))).rejects.toThrow(message);
});

test('a file that is not there is refused', async () => {
  const file = pathToFileURL(join(folder, 'none.json'));
  await expect(readTrustedDocuments(schema, file)).rejects.toThrow(
    /none\.json cannot be used:\n {2}There is no such file\. Put it back; \{\} trusts nothing\.$/,
  );
});

test('a text keeps its hash even where it would be printed otherwise today', async () => {
  // printf 'query A { __typename }' | sha256sum
  const hash = 'aed34f3aa3d67f4038584ed674dc16bc23504d6d65653dc605dd306aeb1fd56d';
  const file = await aFile(JSON.stringify({ [hash]: 'query A { __typename }' }));
  expect((await readTrustedDocuments(schema, file)).get(hash)?.text).toBe('query A { __typename }');
});

test('what is written is read again, in the order of the names', async () => {
  const documents = ['query B { __typename }', 'query A { __typename }', 'query C { __typename }'].flatMap((source) => {
    const document = trustedDocument(source, schema);
    return Array.isArray(document) ? [] : [document];
  });
  const read = await readTrustedDocuments(schema, await aFile(fileOf(documents)));
  expect([...read.values()].map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  expect(new Set(read.values())).toEqual(new Set(documents));
});
