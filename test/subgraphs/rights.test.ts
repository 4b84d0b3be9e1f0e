import { expect, test } from 'vitest';
import { audiences, table, type Audience } from '../../src/subgraphs/decisions.js';
import { fusedGraph, subgraphGraph } from '../../src/subgraphs/graph.js';
import { decided, fieldsOf, rightsOf, withDecisions } from '../../src/subgraphs/rights.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { buildSchema } from 'graphql';
import type { Subgraph } from '../../src/graph/subgraph.js';

test('the table decides every field of every subgraph and of the whole graph, each once, and nothing else', () => {
  const { executor, subgraphs: members } = fusedGraph(subgraphs);
  const fields = new Set([...members, executor].flatMap(fieldsOf));
  expect([...decided.keys()].toSorted()).toEqual([...fields].toSorted());
  const listed = Object.entries(table).flatMap(([type, by]) =>
    Object.values(by).flatMap((names) => names.split(/\s+/).map((name) => `${type}.${name}`)),
  );
  expect(listed.toSorted()).toEqual([...decided.keys()].toSorted());
});

test('a field that nobody decided on keeps a graph from being built, and is named', () => {
  const schema = buildSchema('type Query { viewer: Viewer } type Viewer { role: String shoeSize: Int }');
  const subgraph = { name: 'directory', schema } as Subgraph;
  expect(() => withDecisions(subgraph)).toThrow('Nobody has decided who may ask for Viewer.shoeSize.');
  const [first] = subgraphs;
  if (!first) throw new Error('There are subgraphs.');
  const manifest = { ...first, build: () => subgraph };
  expect(() => subgraphGraph(manifest)).toThrow('Viewer.shoeSize');
  expect(() => fusedGraph([manifest])).toThrow('Viewer.shoeSize');
});

test('who may do more may do all that those may who may do less', () => {
  const isWithin = (some: Audience, all: Audience) =>
    audiences[some].every((role) => (audiences[all] as readonly string[]).includes(role));
  expect(isWithin('signedIn', 'anyone')).toBe(true);
  for (const audience of ['editors', 'reviewers'] as const)
    expect([isWithin(audience, 'signedIn'), isWithin('admins', audience)]).toEqual([true, true]);
});

test('an e-mail address is for those who are signed in', () => {
  expect(rightsOf('ANONYMOUS')).toEqual([]);
  expect(rightsOf('PARTNER')).toContain('PartnerContact.email');
});
