import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { afterAll } from 'vitest';

export const workshopsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type GoodPractice @key(fields: "id") { id: ID!  workshops: [Workshop] }
  type Workshop @key(fields: "id") { id: ID!  title: String!  seats: Int  practice: GoodPractice }
  type Query { workshopsSoon: [Workshop] }
`;

/** How the partner's program is today. */
type Mood = 'well' | 'html' | 'error' | 'unwell' | 'gone halfway';

export interface PartnerSubgraph {
  url: string;
  mood: Mood;
  /** The headers of every request so far. */
  requests: IncomingHttpHeaders[];
}

const odd: Record<Exclude<Mood, 'well'>, (response: ServerResponse) => void> = {
  html: (response) => response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>'),
  error: (response) =>
    response.end('{"data":null,"errors":[{"message":"at /srv/app.js:17","extensions":{"code":"OOPS"}}]}'),
  unwell: (response) => response.writeHead(503).end('{}'),
  'gone halfway': (response) => response.write('{"data":{"_entities":[', () => response.destroy()),
};

/** A subgraph of another organisation, over HTTP; `practice` is the id of the practice that it has workshops on. */
export async function aPartnerSubgraph(practice: () => string): Promise<PartnerSubgraph> {
  const workshop = () => ({ id: 'w1', title: 'Loom weaving', seats: 12, practice: { id: practice() } });
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(workshopsSdl),
      resolvers: {
        Query: { workshopsSoon: () => [workshop()] },
        GoodPractice: { workshops: ({ id }: { id: string }) => (id === practice() ? [workshop()] : []) },
      },
    },
  ]);
  const partner: PartnerSubgraph = { url: '', mood: 'well', requests: [] };
  const server = createServer(async (request, response) => {
    partner.requests.push(request.headers);
    response.setHeader('content-type', 'application/json');
    if (partner.mood !== 'well') return odd[partner.mood](response);
    let body = '';
    for await (const part of request) body += String(part);
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    return response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  partner.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return partner;
}
