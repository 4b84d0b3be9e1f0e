import { setTimeout } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { seedDatabase } from './cli/seed.js';
import type { Config } from './config.js';
import type { Database } from './database/database.js';
import { checkPublic, migrate } from './database/migrate.js';
import { cachePolicy } from './graph/cache-policy.js';
import { anonymous, type Run } from './graph/context.js';
import { withDeadline } from './graph/deadline.js';
import { readGatewayFile } from './graph/gateway/gateway-file.js';
import { pricer } from './graph/price.js';
import { traced } from './graph/tracing.js';
import { readTrustedDocuments } from './graph/trusted-documents.js';
import { createApollo, publicError } from './http/apollo.js';
import { asking } from './http/asking.js';
import { httpContext, pageContext, type House } from './http/context.js';
import { createDoor, type Door } from './http/door.js';
import { examples } from './http/examples.js';
import { graphqlRoutes, refuse, type GraphqlRoute } from './http/graphql.js';
import { healthRoutes } from './http/health.js';
import { metricsRoute } from './http/metrics-route.js';
import { createRegistry, placeMetrics, poolMetrics, requestMetrics, statementMetrics } from './http/metrics.js';
import { searchMetrics } from './http/search-metrics.js';
import { operationMetrics, operationNames } from './http/operation-metrics.js';
import { createPlaces } from './http/overload.js';
import { quotaHeaders } from './http/quota.js';
import { requireSecret } from './http/router-secret.js';
import { createServer } from './http/server.js';
import { identifyBy } from './http/sign-in.js';
import { slowOperations } from './http/slow-operations.js';
import { continueTraces } from './http/tracing.js';
import { trustedDocumentRoutes } from './http/trusted-documents.js';
import { keptUp, onDatabase, onSubgraphs, openStore, type Backing } from './store.js';
import { openSearch } from './subgraphs/discovery/search/open.js';
import { fillIfSmall } from './subgraphs/discovery/search/upkeep/fill.js';
import { demonstrationNotice, holdsDemonstration } from './subgraphs/demonstration.js';
import { gatewayGraph, type GatewayGraph } from './subgraphs/gateway.js';
import { fusedGraph, subgraphGraph, type Graph } from './subgraphs/graph.js';
import { decided } from './subgraphs/rights.js';
import { subgraphs } from './subgraphs/subgraphs.js';
import { changesRoute } from './web/changes.js';
import { listsOf, type Lists } from './web/lists/lists.js';
import { sizeElsewhere } from './web/lists/page-size.js';
import { listRoutes, type ListRoutes } from './web/lists/routes.js';

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
  // Before anything is opened: its faults are the operator's.
  const gateway = await gatewayOf(config, log);
  if (gateway && !gateway.readsHere) {
    log.info('every subgraph runs elsewhere: no database is opened');
    return serve({ backing: onSubgraphs(gateway), config, log, gateway });
  }
  const as = config.subgraphs.length > 0 ? 'client' : 'server';
  let store = await openStore({ config, as, command, log, ...(onStatement && { onStatement }) });
  try {
    const search = openSearch(store.database, { meilisearch: config.meilisearch, log: (message) => log.warn(message) });
    await prepare(store.database, config, log);
    if (isSearched(config)) {
      const [engine] = search.engines;
      // Nobody waits for the other engines: until they are filled, the first one answers.
      const isFilled = await fillIfSmall({ em: store.database.em(), engine, log: (message) => log.info(message) });
      store = keptUp(store, { ...search, isFilled }, log);
    }
    return await serve({ backing: onDatabase(store, search, log), config, log, gateway });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function prepare(database: Database, config: Config, log: FastifyBaseLogger): Promise<void> {
  const ran = await migrate(database);
  if (ran.length > 0) log.info({ migrations: ran }, 'the schema is up to date');
  await checkPublic(database);
  if (config.seed !== 'none' && (await isEmpty(database))) {
    const { seed } = config;
    const loaded = await seedDatabase({ em: database.em(), subgraphs, seed, log: (message) => log.info(message) });
    log.info({ entries: loaded.reduce((sum, { entries }) => sum + entries, 0) }, 'the seeds are loaded');
  }
  if (await holdsDemonstration(database.readAs(anonymous))) log.warn(demonstrationNotice);
  else if (config.seed === 'demo')
    log.warn(
      "SEED is 'demo', but this database was filled without the demonstration; goodgraph seed --seed demo adds it",
    );
}

const isSearched = ({ subgraphs: names }: Config): boolean => names.length === 0 || names.includes('discovery');

async function isEmpty(database: Database): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select from region) as empty`.execute(
    database.em().getKysely<unknown>(),
  );
  return rows[0]?.empty === true;
}

interface Endpoint {
  path: string;
  graph: Graph | GatewayGraph;
  page: boolean;
}

/** All-in-one: the fused graph, or a gateway's. Subgraph mode: `/graphql` for one, `/<name>/graphql` for several. */
function endpointsOf({ subgraphs: names }: Config, gateway: GatewayGraph | undefined): Endpoint[] {
  if (gateway) return [{ path: '/graphql', graph: gateway, page: true }];
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
  subgraphs.flatMap(({ fields, maxAges: others = {} }) => [
    ...fields.flatMap(({ type, maxAge = 0 }) => [[type, maxAge] as const, [`${type}Connection`, maxAge] as const]),
    ...Object.entries(others),
  ]),
);

/** What watches an application from inside, for operators. */
function watch(server: FastifyInstance, { pools, upkeep }: Backing, config: Config, log: FastifyBaseLogger) {
  const registry = createRegistry();
  const places = createPlaces(config.limits.operations);
  requestMetrics(server, registry);
  poolMetrics(registry, pools);
  placeMetrics(registry, places);
  if (isSearched(config) && upkeep) searchMetrics(registry, upkeep);
  metricsRoute(server, registry, config.metricsToken);
  continueTraces(server);
  const names = operationNames(examples.map(({ query }) => query));
  const plugins = [operationMetrics(registry, names), slowOperations(log, config.limits.slow)];
  return { places, plugins, timed: statementMetrics(registry) };
}

/** The graph of a gateway, where this process is one. */
async function gatewayOf(
  { gateway, routerSecrets: [secret] }: Config,
  log: FastifyBaseLogger,
): Promise<GatewayGraph | undefined> {
  if (gateway === undefined) return undefined;
  const places = await readGatewayFile(
    gateway,
    subgraphs.map(({ name }) => name),
  );
  return gatewayGraph({ manifests: subgraphs, places, secret, log: (message) => log.warn(message) });
}

interface Parts {
  backing: Backing;
  config: Config;
  log: FastifyBaseLogger;
  gateway: GatewayGraph | undefined;
}

/** Whether a router asks, for many clients, which it counts itself. */
const isForRouter = ({ subgraphs: served, routerSecrets }: Config) => served.length > 0 && routerSecrets.length > 0;

async function serve({ backing, config, log, gateway }: Parts): Promise<App> {
  let draining = false;
  const isRouter = isForRouter(config);
  const server = createServer({
    log,
    trustProxy: config.trustProxy,
    deadline: config.limits.deadline,
    ...(isRouter && { bodyBytes: config.limits.routerBodyBytes }),
  });
  // When the answer goes out: the connection of a request that began before would stay open, and hold up the close.
  server.addHook('onSend', async (_request, reply) => {
    if (draining) void reply.header('connection', 'close');
  });
  const { places, plugins, timed } = watch(server, backing, config, log);
  const { ping: check, silence } = backing;
  const house = houseOf(backing, timed);
  healthRoutes(server, { check, silence, isDraining: () => draining, subgraphs: gateway?.health });
  if (config.subgraphs.length > 0) requireSecret(server, config.routerSecrets);
  const door = doorOf({ backing, config, log, gateway }, isRouter);
  const routes = await Promise.all(
    endpointsOf(config, gateway).map(async ({ path, graph, page }) => {
      const executor = traced(withDeadline(graph.executor, config.limits.deadline.operation));
      const typeDefs = graph.subgraphs.map((subgraph) => subgraph.typeDefs);
      const maxAgeOf = cachePolicy(executor.schema, maxAges);
      const apollo = createApollo({ executor, typeDefs, maxAgeOf, log, plugins });
      await apollo.start();
      const contextOf: GraphqlRoute['contextOf'] = (request, reply) =>
        httpContext({ ...house, graph, asked: door.asked(request, reply), request, reply });
      if (page) files(server, { graph, executor, maxAgeOf, house, door, config, log, gateway });
      return { path, apollo, page, schema: executor.schema, sdl: graph.publicSdl, places, contextOf };
    }),
  );
  graphqlRoutes(server, routes, {
    guard: door.guard,
    isRouter,
    // Asked for each page: a command may load the demonstration while we serve. A database that is gone has its own errors.
    notice: async () => ((await backing.holdsDemonstration()) ? demonstrationNotice : null),
  });
  for (const { page, schema, ...route } of routes)
    if (page) {
      trustedDocumentRoutes(server, { ...route, guard: door.guard, documents: await readTrustedDocuments(schema) });
      const ask = asking(route.apollo, route.contextOf);
      changesRoute(server, { ask, guard: door.guard, places, refuse });
    }
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
        await backing.close();
      }
    },
  };
}

const houseOf = ({ search, readAs, streamAs, writeAs }: Backing, timed: (run: Run) => Run): Omit<House, 'graph'> => ({
  search,
  writeAs,
  runAs: (...who) => timed(readAs(...who)),
  streamAs: (...who) => timed(streamAs(...who)),
});

interface Whole extends Omit<Parts, 'backing'>, Pick<ListRoutes, 'executor' | 'maxAgeOf'> {
  graph: Graph | GatewayGraph;
  house: Omit<House, 'graph'>;
  door: Door;
}

/** Every list of a whole graph as a file. */
function files(
  server: FastifyInstance,
  { graph, executor, maxAgeOf, house, door, config: { limits }, log, gateway }: Whole,
): void {
  const { schema } = executor;
  const isElsewhere = subgraphs.some(({ name }) => name in (gateway?.health() ?? {}));
  const typeDefs = graph.subgraphs.map((subgraph) => subgraph.typeDefs);
  const longest = isElsewhere ? sizeElsewhere(pricer(schema, typeDefs)) : () => limits.lists.page;
  const may: Lists['may'] = (role) => (type, field) => decided.get(`${type}.${field}`)?.includes(role) ?? false;
  listRoutes(server, {
    ...door,
    executor,
    limits,
    longest,
    maxAgeOf,
    refuse,
    quotaHeaders,
    lists: listsOf({ schema, declared: subgraphs.flatMap(({ fields }) => fields), may }),
    contextOf: (request, viewer, stop) => pageContext({ ...house, graph, viewer, request, stop }),
    tell: (error) => publicError(error.toJSON(), error, log),
  });
}

function doorOf({ backing: { accounts }, config, log, gateway }: Parts, isRouter: boolean): Door {
  const told = (message: string) => log.warn(message);
  const identify = accounts ? identifyBy({ accounts, oidc: config.oidc, log: told }) : gateway?.identify;
  if (!identify) throw new Error('Nobody here knows who signs in.');
  return createDoor({ identify, limits: config.limits, isRouter });
}
