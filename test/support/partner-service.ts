import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { afterAll } from 'vitest';
import { compose } from '../../src/cli/subgraph-check/composition.js';
import { probe } from '../../src/cli/subgraph-check/probe.js';
import { ourSubgraphs } from '../../src/cli/subgraph-check/ours.js';
import { seedId } from '../../src/graph/ids.js';

/** The beginning of a Federation 2.9 SDL that imports `@key` and other directives. */
export const federationLink = (...names: string[]) => {
  const imported = ['@key', ...names].map((name) => `"${name}"`).join(', ');
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imported}])\n`;
};

export const sdl = `${federationLink()}type GoodPractice @key(fields: "id") { id: ID! "Where it is taught." workshops: [Workshop!] }
"A workshop." type Workshop @key(fields: "id") { "Given." id: ID! "As announced." title: String! "Null: any." places: Int }
`;
const theirs = { name: 'workshops', typeDefs: parse(sdl) };
const ours = ourSubgraphs();
const composition = compose(theirs, ours);
const composed = Array.isArray(composition) ? undefined : composition;
const limits = { bytes: 100_000, deadline: 10_000, whole: 20_000 };

/** A service on a port of its own, and the requests that came to it. */
export async function aService(answer: (request: IncomingMessage, response: ServerResponse, body: string) => unknown) {
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void answer(request, response, Buffer.concat(chunks).toString()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`), headers };
}

export const fuse = seedId('gp', 'fuse');
export const pairing = { __typename: 'Workshop', id: 'pairing', title: 'Pairing', places: 12 };

/** What a partner's resolvers do; each may be replaced by a wrong one. */
export const right = {
  practice: ({ id }: { id: unknown }): unknown => (id === fuse ? { id, workshops: [pairing] } : null),
  workshop: ({ id }: { id: unknown }): unknown => (id === 'pairing' ? pairing : null),
};

/** A partner that serves the SDL over @apollo/subgraph. */
export async function aPartner(wrong: Partial<typeof right> = {}, served = sdl) {
  const { practice, workshop } = { ...right, ...wrong };
  const resolvers = { GoodPractice: { __resolveReference: practice }, Workshop: { __resolveReference: workshop } };
  const schema = buildSubgraphSchema([{ typeDefs: parse(served), resolvers }]);
  return aService(async (_request, response, body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  });
}

/** A partner that answers `_entities` without a GraphQL library to keep it from mistakes. */
export const aHandmade = (entities: (representations: { __typename: string; id: unknown }[]) => unknown, deep = '') =>
  aService((_request, response, body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: { representations: never } };
    const data = query.includes('_service') ? { _service: { sdl } } : entities(variables.representations);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data }).replace('"DEEP"', deep));
  });

export const handmade = { __typename: 'GoodPractice', id: fuse, workshops: [pairing] };
export const answering = (practice: unknown) =>
  aHandmade((representations) => ({
    _entities: representations.map(({ __typename, id }) =>
      __typename === 'GoodPractice' ? (id === fuse ? practice : null) : id === 'pairing' ? pairing : null,
    ),
  }));

/** What the probe says of a service. */
export const probed = async ({ url }: { url: URL }, own: Partial<typeof limits> = {}) =>
  (await probe({ url, theirs, ours, composed, limits: { ...limits, ...own } })).map(
    ({ level, message }) => `${level}: ${message}`,
  );
