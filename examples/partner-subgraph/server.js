import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { workshops } from './workshops.js';

const sdl = readFileSync(new URL('workshops.graphql', import.meta.url), 'utf8');

const byId = new Map(workshops.map((workshop) => [workshop.id, workshop]));
const byPractice = Map.groupBy(workshops, ({ practice }) => practice.id);

const schema = buildSubgraphSchema([
  {
    typeDefs: parse(sdl),
    resolvers: {
      Query: {
        workshopsFrom: (_, { day = '' }) =>
          workshops.filter((workshop) => workshop.day >= day).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
      },
      GoodPractice: {
        // A router asks by the keys of practices that exist. Null, never an error, for those without a workshop.
        __resolveReference: ({ id }) => (byPractice.has(id) ? { id } : null),
        workshops: ({ id }) => byPractice.get(id) ?? null,
      },
      Workshop: { __resolveReference: ({ id }) => byId.get(id) ?? null },
    },
  },
]);

/** The text that was sent; undefined for more than a router ever sends. */
async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > 1_000_000) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function answer(response, status, result) {
  // Routers keep the shortest time that any subgraph allows, and nothing where one is silent.
  const headers = { 'content-type': 'application/json', 'cache-control': status === 200 ? 'public, max-age=60' : 'no-store' };
  response.writeHead(status, status === 200 ? headers : { ...headers, connection: 'close' }).end(JSON.stringify(result));
}

const server = createServer(async (request, response) => {
  try {
    const { query, variables, operationName } = JSON.parse((await bodyOf(request)) ?? 'null');
    answer(response, 200, await graphql({ schema, source: query, variableValues: variables, operationName }));
  } catch {
    answer(response, 400, { errors: [{ message: 'POST a GraphQL request as JSON.' }] });
  }
});

server.listen(process.env.PORT ?? 4001, '127.0.0.1', () => {
  console.log(`The workshops answer at http://127.0.0.1:${server.address().port}/graphql`);
});
