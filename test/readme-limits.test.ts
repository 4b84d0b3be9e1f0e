import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { limits } from '../src/graph/limits.js';
import { examples } from '../src/http/examples.js';
import { aDatabase } from './support/database.js';
import { aGraph } from './support/graph.js';

const section =
  readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    .split('\n## ')
    .find((each) => each.startsWith('Limits\n')) ?? '';

test('the limits of the README are those that hold', () => {
  const { document, cost, quota, deadline } = limits;
  const number = (value: number) => value.toLocaleString('en');
  const seconds = (value: number) => `${value / 1_000} s`;
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1);
  expect(
    rows.map((row) =>
      row
        .split('|')
        .slice(1, 3)
        .map((cell) => cell.trim()),
    ),
  ).toEqual([
    ['tokens of a document', number(limits.tokens)],
    ['levels of fields; of introspection', `${document.depth}; ${document.introspectionDepth}`],
    [
      'fields, aliases, directives of an operation, fragments written out',
      [document.fields, document.aliases, document.directives].map(number).join(', '),
    ],
    [
      'pairs of fields that bear one name at one place',
      `${number(document.pairs)}: about ${Math.floor(Math.sqrt(2 * document.pairs) / 10) * 10} times the same field`,
    ],
    ['variables of an operation; operations in a document', `${document.variables}; ${document.operations}`],
    ['cost of an operation', `${number(cost.anonymous)}; ${number(cost.known)} for a router with its secret`],
    [
      `cost of all operations of an address in ${quota.seconds} s`,
      `${number(quota.cost)}; a request counts as ${quota.least} at least`,
    ],
    ['page of a list', number(limits.page)],
    [
      '[lists as files](#lists-as-files) on their way at once: to one client; to all',
      `${limits.lists.each}; ${limits.lists.open}`,
    ],
    [
      'characters of a search; hits that its pages reach',
      `${number(limits.search.query)}; ${number(limits.search.reach)}`,
    ],
    [
      'body of a request',
      `${limits.bodyBytes / 1024} kB, not compressed; ${limits.routerBodyBytes / 1024} kB for a router with its secret`,
    ],
    [
      'time for an operation; to send a request; to take an answer',
      [deadline.operation, deadline.request, deadline.reading].map(seconds).join('; '),
    ],
  ]);
});

test('the queries of the README cost what it says', async () => {
  const graph = await aGraph(await aDatabase());
  const costs = [];
  // Those of the README; the questions come after them.
  for (const { query } of examples.slice(0, 4)) costs.push((await graph.run(query)).cost?.requested);
  expect(section.replaceAll('\n', ' ')).toContain(
    `the queries above cost ${costs.slice(0, -1).join(', ')} and ${costs.at(-1)}.`,
  );
});
