import { parse } from 'graphql';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anonymous, readInWaves } from '../../src/graph/context.js';
import type { GatewayGraph } from '../../src/subgraphs/gateway.js';
import { aDatabase } from '../support/database.js';
import { aPartner, aPractice } from '../support/factories.js';
import { aPartnerSubgraph, workshopsSdl } from '../support/partner-subgraph.js';
import { aPlace, plannedGraph } from '../support/planned.js';

const database = await aDatabase();
let practice = '';
const partner = await aPartnerSubgraph(() => practice);
const log: string[] = [];
const workshops = aPlace({ name: 'workshops', url: partner.url, timeout: 1_500, isTrusted: false });

beforeAll(async () => {
  const owner = await aPartner(database, { slug: 'owner' });
  ({ id: practice } = await aPractice(database, { title: 'Looms', owner_id: owner.id }));
});

beforeEach(() => {
  partner.mood = 'well';
  partner.requests.length = 0;
  log.length = 0;
});

const aGateway = (place = workshops) => plannedGraph([place], (message) => log.push(message), 'between us');
const graph = await aGateway();

const forwarded = {
  authorization: 'Bearer of-a-client',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'x-request-id': 'asked-once',
};

async function ask(asked: GatewayGraph, query: string) {
  const stop = new AbortController();
  const read = readInWaves(database.readAs(anonymous), stop);
  const context = { stop, forwarded, ...asked.contextFor({ viewer: anonymous, read }) };
  const { data, errors = [] } = await asked.executor.execute({ document: parse(query), context });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
    errors: errors.map(({ path, extensions, message }) => [path?.join('.'), extensions['code'], message]),
  };
}

const both = '{ goodPractices { nodes { title workshops { title } owner { slug } } } }';
const whole = {
  goodPractices: { nodes: [{ title: 'Looms', workshops: [{ title: 'Loom weaving' }], owner: { slug: 'owner' } }] },
};
const ours = { goodPractices: { nodes: [{ title: 'Looms', workshops: null, owner: { slug: 'owner' } }] } };
const isDown = 'Subgraph workshops does not answer; its fields are null. Try again later.';

describe('a subgraph of a partner', () => {
  test('adds its fields to our records, and leads back to them', async () => {
    expect(await ask(graph, both)).toEqual({ data: whole, errors: [] });
    expect(await ask(graph, '{ workshopsSoon { title practice { title } } }')).toEqual({
      data: { workshopsSoon: [{ title: 'Loom weaving', practice: { title: 'Looms' } }] },
      errors: [],
    });
    expect(log).toEqual([]);
  });

  test.each([
    ['unwell', 'subgraph workshops answered status 503'],
    ['error', 'subgraph workshops told an error: at /srv/app.js:17'],
    ['gone halfway', 'subgraph workshops broke off its answer: ECONNRESET'],
  ] as const)('that is %s costs its own fields and nothing else', async (mood, logged) => {
    // What answers is up, however often it failed before.
    await ask(graph, both);
    partner.mood = mood;
    expect(await ask(graph, both)).toEqual({
      data: ours,
      errors: [['goodPractices.nodes.0.workshops', 'SUBGRAPH_UNAVAILABLE', isDown]],
    });
    expect(log).toEqual([logged]);
  });

  test('is asked once more when it was only unwell, and not at all after five failures, until it had its pause', async () => {
    const own = await aGateway();
    partner.requests.length = 0;
    partner.mood = 'unwell';
    await ask(own, both);
    expect(partner.requests).toHaveLength(2);
    partner.mood = 'html';
    for (let n = 0; n < 6; n += 1) await ask(own, both);
    expect(partner.requests).toHaveLength(6);
    expect(log).toContain('subgraph workshops failed too often; it is not asked for 5 s');
    expect(own.health()).toEqual({ workshops: 'down' });
    expect((await ask(own, both)).errors).toEqual([
      ['goodPractices.nodes.0.workshops', 'SUBGRAPH_UNAVAILABLE', isDown],
    ]);
  });

  test('learns the trace, and neither who asks nor our secret', async () => {
    await ask(graph, both);
    const { traceparent } = forwarded;
    expect(partner.requests.at(-1)).toMatchObject({ traceparent });
    for (const headers of partner.requests) {
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('x-router-secret');
      expect(headers).not.toHaveProperty('x-request-id');
    }
  });

  test('is told who asks, and our secret, when the file trusts it', async () => {
    const place = { ...workshops, isTrusted: true };
    await ask(await aGateway(place), both);
    expect(partner.requests.at(-1)).toMatchObject({
      authorization: forwarded.authorization,
      'x-request-id': forwarded['x-request-id'],
      'x-router-secret': 'between us',
    });
  });
});

describe('at the start', () => {
  const withSchema = (sdl: string) => aGateway({ ...workshops, sdl });
  const hasWorkshops = ({ executor }: GatewayGraph) => executor.schema.getType('Workshop') !== undefined;

  test('a partner that is down is there all the same when the file holds its schema', async () => {
    partner.mood = 'unwell';
    const patient = await withSchema(workshopsSdl);
    partner.mood = 'well';
    expect(await ask(patient, both)).toEqual({ data: whole, errors: [] });
  });

  test('a partner whose schema cannot be had is left out, and told', async () => {
    partner.mood = 'html';
    const without = await aGateway();
    expect(hasWorkshops(without)).toBe(false);
    expect(log).toEqual([
      'subgraph workshops answered text/html instead of JSON',
      'subgraph workshops is left out: its schema cannot be had at `_service`',
    ]);
    expect((await ask(without, '{ goodPractices { nodes { title } } }')).errors).toEqual([]);
  });
});

test('a subgraph of ours that is both elsewhere and here is asked here while it is down elsewhere', async () => {
  partner.mood = 'unwell';
  const split = await aGateway(aPlace({ name: 'practices', url: partner.url, isLocal: true }));
  expect(await ask(split, '{ goodPractices { nodes { title owner { slug } } } }')).toEqual({
    data: { goodPractices: { nodes: [{ title: 'Looms', owner: { slug: 'owner' } }] } },
    errors: [],
  });
  expect(log).toEqual(['subgraph practices answered status 503']);
});

describe('what is answered without a subgraph', () => {
  test.each([
    ['{ __typename }', { __typename: 'Query' }],
    ['{ goodPractices @skip(if: true) { totalCount } }', {}],
    ['{ ... on Query @include(if: false) { goodPractices { totalCount } } }', {}],
    ['{ __type(name: "Workshop") { name } }', { __type: { name: 'Workshop' } }],
  ])('%s', async (query, data) => {
    database.statements.length = 0;
    partner.requests.length = 0;
    expect(await ask(graph, query)).toEqual({ data, errors: [] });
    expect(database.statements).toEqual([]);
    expect(partner.requests).toEqual([]);
  });

  test('introspection beside records', async () => {
    expect(await ask(graph, '{ here: __schema { queryType { name } } goodPractices { totalCount } }')).toEqual({
      data: { here: { queryType: { name: 'Query' } }, goodPractices: { totalCount: 1 } },
      errors: [],
    });
  });
});
