import { setTimeout } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { seedDatabase } from './cli/seed.js';
import type { Config } from './config.js';
import type { Database } from './database/database.js';
import { checkPublic, migrate } from './database/migrate.js';
import { cachePolicy } from './graph/cache-policy.js';
import { anonymous, readInWaves, type Viewer } from './graph/context.js';
import { withDeadline } from './graph/deadline.js';
import { createApollo, type HttpContext } from './http/apollo.js';
import { graphqlRoutes, type GraphqlRoute } from './http/graphql.js';
import { healthRoutes } from './http/health.js';
import { createQuota } from './http/quota.js';
import { requireSecret } from './http/router-secret.js';
import { createServer } from './http/server.js';
import { openStore, type Store } from './store.js';
import { fusedGraph, subgraphGraph, type Graph } from './subgraphs/graph.js';
import { subgraphs } from './subgraphs/subgraphs.js';

export interface App {
  /** `http://127.0.0.1:4000`, with the port that was really taken. */
  url: string;
  server: FastifyInstance;
  /**
   * Tells load balancers by `/readyz` and `Connection: close` for `lameDuck` milliseconds, then takes no more requests,
   * lets the running ones end, and lets go of the database.
   */
  close(lameDuck?: number): Promise<void>;
}

export interface AppOptions {
  config: Config;
  log: FastifyBaseLogger;
  command?: string;
  onStatement?: (sql: string) => void;
}

/** Starts the whole application: database, schema, seeds, graph, HTTP. Throws what an operator can mend by its message. */
export async function createApp({ config, log, command = 'goodgraph start', onStatement }: AppOptions): Promise<App> {
  const as = config.subgraphs.length > 0 ? 'client' : 'server';
  const store = await openStore({ config, as, command, log, ...(onStatement && { onStatement }) });
  try {
    await prepare(store.database, config, log);
    return await serve(store, config, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function prepare(database: Database, config: Config, log: FastifyBaseLogger): Promise<void> {
  const ran = await migrate(database);
  if (ran.length > 0) log.info({ migrations: ran }, 'the schema is up to date');
  await checkPublic(database);
  if (config.seed === 'none' || !(await isEmpty(database))) return;
  const loaded = await seedDatabase({ em: database.em(), subgraphs, log: (message) => log.info(message) });
  log.info({ entries: loaded.reduce((sum, { entries }) => sum + entries, 0) }, 'the seeds are loaded');
}

async function isEmpty(database: Database): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select from region) as empty`.execute(
    database.em().getKysely<unknown>(),
  );
  return rows[0]?.empty === true;
}

interface Endpoint {
  path: string;
  graph: Graph;
  page: boolean;
}

/** All-in-one: the fused graph. Subgraph mode: `/graphql` for one, `/<name>/graphql` for several. */
function endpointsOf({ subgraphs: names }: Config): Endpoint[] {
  if (names.length === 0) return [{ path: '/graphql', graph: fusedGraph(subgraphs), page: true }];
  return subgraphs
    .filter(({ name }) => names.includes(name))
    .map((manifest) => ({
      path: names.length === 1 ? '/graphql' : `/${manifest.name}/graphql`,
      graph: subgraphGraph(manifest),
      page: false,
    }));
}

/** A page of a list may be kept as long as its rows. */
const maxAges = new Map(
  subgraphs.flatMap(({ fields }) =>
    fields.flatMap(({ type, maxAge = 0 }) => [[type, maxAge] as const, [`${type}Connection`, maxAge] as const]),
  ),
);

async function serve(store: Store, config: Config, log: FastifyBaseLogger): Promise<App> {
  const { database } = store;
  let draining = false;
  const server = createServer({ log, trustProxy: config.trustProxy, deadline: config.limits.deadline });
  // When the answer goes out: the connection of a request that began before would stay open, and hold up the close.
  server.addHook('onSend', async (_request, reply) => {
    if (draining) void reply.header('connection', 'close');
  });
  healthRoutes(server, { check: () => database.readAs(anonymous)(sql`select 1`), isDraining: () => draining });
  if (config.subgraphs.length > 0) requireSecret(server, config.routerSecrets);
  // A router asks for many clients, and counts them itself.
  const isRouter = config.subgraphs.length > 0 && config.routerSecrets.length > 0;
  const quota = isRouter ? undefined : createQuota(config.limits.quota);
  const routes = await Promise.all(
    endpointsOf(config).map(async ({ path, graph, page }) => {
      const executor = withDeadline(graph.executor, config.limits.deadline.operation);
      const typeDefs = graph.subgraphs.map((subgraph) => subgraph.typeDefs);
      const apollo = createApollo({ executor, typeDefs, maxAgeOf: cachePolicy(executor.schema, maxAges), log });
      await apollo.start();
      const contextOf: GraphqlRoute['contextOf'] = (request, reply) => ({
        ...httpContext(graph, database, anonymous),
        isRouter,
        ...(quota && { charge: (cost: number) => quota.take(request, reply, cost) }),
      });
      return { path, apollo, page, sdl: graph.publicSdl, contextOf };
    }),
  );
  graphqlRoutes(server, routes, quota);
  const url = await server.listen({ host: config.host, port: config.port });
  return {
    url,
    server,
    close: async (lameDuck = 0) => {
      draining = true;
      try {
        await setTimeout(lameDuck);
        await server.close();
        await Promise.all(routes.map(({ apollo }) => apollo.stop()));
      } finally {
        await store.close();
      }
    },
  };
}

function httpContext(graph: Graph, database: Database, viewer: Viewer): HttpContext {
  const stop = new AbortController();
  return { viewer, stop, ...graph.contextFor({ viewer, read: readInWaves(database.readAs(viewer), stop) }) };
}
