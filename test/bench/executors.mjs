// One way to execute the graph, behind a bare node:http: what Fastify and Apollo add is the same for all, and would hide what
// they differ by.  fork('executors.mjs', ['fused' | 'merged' | 'gateway'])
import { createServer } from 'node:http';
import { parse } from '../../node_modules/graphql/index.js';
import { openDatabase } from '../../dist/database/database.js';
import { anonymous, readInWaves } from '../../dist/graph/context.js';
import { limits } from '../../dist/graph/limits.js';
import { gatewayGraph } from '../../dist/subgraphs/gateway.js';
import { fusedGraph } from '../../dist/subgraphs/graph.js';
import { subgraphs } from '../../dist/subgraphs/subgraphs.js';
import { mergedGraph } from './merged.mjs';

const places = subgraphs.map(({ name }) => ({ name, isLocal: true, isTrusted: true, timeout: 2_000 }));
const graphs = {
  fused: () => fusedGraph(subgraphs),
  merged: () => mergedGraph(fusedGraph(subgraphs).publicSdl),
  gateway: () => gatewayGraph({ manifests: subgraphs, places, log: console.error }),
};
const { executor, contextFor } = await graphs[process.argv[2]]();
const database = openDatabase({
  address: { url: process.env.BENCH_DATABASE },
  entities: [],
  deadlines: limits.deadline,
  connections: limits.connections,
});

/** As Apollo keeps them. */
const documents = new Map();
const documentOf = (query) => {
  const document = documents.get(query) ?? parse(query);
  documents.set(query, document);
  return document;
};

const server = createServer(async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
    const stop = new AbortController();
    const read = readInWaves(database.readAs(anonymous, stop.signal), stop);
    const context = { stop, ...contextFor({ viewer: anonymous, read }) };
    const result = await executor.execute({ document: documentOf(query), variables, context });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(result));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
