import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { checkPlans } from '../../src/cli/subgraph-check/plans.js';

test('a trusted document that would be fetched in another way is told', async () => {
  const supergraph = (owner: string) => {
    const subgraph = (name: string, fields: string) => ({
      name,
      url: '',
      typeDefs: parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        ${name === 'ours' ? 'type Query { thing: Thing }' : ''} type Thing @key(fields: "id") { id: ID! ${fields} }`),
    });
    const result = composeServices(
      ['ours', 'theirs'].map((name) => subgraph(name, name === owner ? 'name: String' : `${name}Only: ID`)),
    );
    return result.supergraphSdl ?? '';
  };
  const text = 'query Things { thing { name } }';
  const documents = new Map([['abc', { hash: 'abc', name: 'Things', text, variables: new Set<string>() }]]);
  expect(await checkPlans(documents, supergraph('ours'), supergraph('ours'))).toEqual([]);
  expect(await checkPlans(documents, supergraph('ours'), supergraph('theirs'))).toMatchObject([
    { level: 'warning', message: 'The trusted document Things (abc…) would be fetched in another way than today.' },
  ]);
});
