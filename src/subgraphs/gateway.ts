import { parse, type ExecutionResult } from 'graphql';
import { compiledExecutor } from '../graph/compiled/executor.js';
import type { Knowledge } from '../graph/compiled/knowledge.js';
import type { Viewer } from '../graph/context.js';
import { Refusal } from '../graph/errors.js';
import type { FusedContext } from '../graph/fuse.js';
import { fetchDocument } from '../graph/gateway/fetch-document.js';
import { apiSchema, gatewayExecutor, localService, type SubgraphService } from '../graph/gateway/gateway.js';
import { GatewayFault } from '../graph/gateway/gateway-fault.js';
import type { Place } from '../graph/gateway/gateway-file.js';
import { heldToSdl } from '../graph/gateway/held-to-sdl.js';
import { joined, withPartner, type Joined } from '../graph/gateway/join.js';
import { remoteSubgraph, type Remote } from '../graph/gateway/remote.js';
import { told } from '../graph/joining/said.js';
import type { Subgraph } from '../graph/subgraph.js';
import { contextOf, knowledgeIn, type Graph } from './graph.js';
import type { Manifest } from './manifest.js';
import { withIdPrefixes } from './records.js';
import { withDecisions } from './rights.js';

type Member = Pick<Subgraph, 'name' | 'typeDefs'>;

export interface GatewayGraph extends Graph<Member> {
  /** Of the subgraphs that run elsewhere, and of partners' that are not in the graph. */
  health(): Record<string, 'up' | 'down' | 'left out'>;
  /** Whether one of our subgraphs runs, or may come to run, in this process: it needs a database then. */
  readsHere: boolean;
  /** Asks our subgraphs elsewhere whether they are there: resolves with the first that answers, rejects when none does. */
  ping(): Promise<unknown>;
  /** Who sends a token, as the directory says that runs elsewhere. Rejects with its refusal, or when it does not say. */
  identify(token: string, signal: AbortSignal): Promise<Viewer>;
}

export interface GatewayGraphOptions {
  manifests: readonly Manifest[];
  places: readonly Place[];
  /** What our own subgraphs elsewhere are shown. */
  secret?: string | undefined;
  log: (message: string) => void;
  /** Whether what asks for declared data of the subgraphs here alone is compiled, and not planned. */
  isCompiled?: boolean;
}

/**
 * Composes the subgraphs of a gateway, wherever they run. Throws a GatewayFault when ours do not make a graph; a partner's
 * that cannot be had, or may not join, is told and left out.
 */
export async function gatewayGraph({
  manifests,
  places,
  secret,
  log,
  isCompiled = true,
}: GatewayGraphOptions): Promise<GatewayGraph> {
  const built = manifests
    .filter((manifest) => places.some(({ name }) => name === manifest.name))
    .map((manifest) => withDecisions(manifest.build()));
  const remotes = new Map<string, Remote>(
    places.flatMap((place) =>
      place.url === undefined ? [] : [[place.name, remoteSubgraph({ ...place, url: place.url, secret, log })]],
    ),
  );
  const partners = places.filter(({ name }) => !built.some((subgraph) => subgraph.name === name));
  const { members, plan, ...composition } = await join(built, partners, remotes, log);
  const services = new Map(
    members.map((member) => {
      const { name } = member;
      const isOurs = built.some((subgraph) => subgraph.name === name);
      const isLocal = places.some((place) => place.name === name && place.isLocal);
      const local = built.filter((subgraph) => isLocal && subgraph.name === name).map(localService)[0];
      const remote = remotes.get(name)?.ask;
      return [name, remote && !isOurs ? heldToSdl(member, remote, log) : serviceOf(remote, local)] as const;
    }),
  );
  const readsHere = places.some(({ isLocal }) => isLocal);
  const planned = gatewayExecutor({ ...composition, plan, services, local: built });
  const compiled = () =>
    compiledExecutor(
      { ...planned, schema: apiSchema(composition.publicSdl, built, true) },
      knowledgeHere(manifests, built, places),
    );
  const executor = isCompiled && readsHere ? compiled() : planned;
  withIdPrefixes(executor.schema);
  return {
    subgraphs: members,
    ...composition,
    executor,
    contextFor: (request) => contextOf(manifests, request),
    health: () =>
      Object.fromEntries(
        [...remotes].map(([name, remote]) => [name, services.has(name) ? remote.health() : 'left out']),
      ),
    readsHere,
    ping: () => Promise.any(built.map(({ name }) => askAt(remotes.get(name), '{ __typename }'))),
    identify: (token, signal) => viewerAt(remotes.get('directory'), token, signal),
  };
}

/** What the subgraphs say that run here and nowhere else. */
function knowledgeHere(
  manifests: readonly Manifest[],
  built: readonly Subgraph[],
  places: readonly Place[],
): Knowledge {
  const isHere = ({ name }: { name: string }) =>
    places.some((place) => place.name === name && place.isLocal && place.url === undefined);
  return knowledgeIn(manifests.filter(isHere), built.filter(isHere));
}

/** Elsewhere first where both are there. */
function serviceOf(remote: SubgraphService | undefined, local: SubgraphService | undefined): SubgraphService {
  if (!remote || !local) return (remote ?? local) as SubgraphService;
  return (request, context) =>
    remote(request, context).catch((error: unknown) => {
      context.stop?.signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      return local(request, context);
    });
}

/** Ours, and each partner's that may join what is there before it. */
async function join(
  ours: readonly Member[],
  partners: readonly Place[],
  remotes: ReadonlyMap<string, Remote>,
  log: (message: string) => void,
): Promise<Joined> {
  const sdls = await Promise.all(partners.map(({ name, sdl }) => sdl ?? askSchema(remotes.get(name))));
  let graph = await joined(ours).catch((error: Error) => {
    throw error instanceof GatewayFault ? error : new GatewayFault(error.message.split('\n'));
  });
  for (const [index, { name }] of partners.entries())
    try {
      const sdl = sdls[index];
      if (sdl === undefined) throw new Error('its schema cannot be had at `_service`');
      // oxlint-disable-next-line no-await-in-loop -- each is held against those before it
      graph = await withPartner(graph, name, sdl);
    } catch (error) {
      log(`subgraph ${name} is left out: ${told((error as Error).message, 600)}`);
    }
  return graph;
}

/** The schema that a subgraph tells; undefined where it tells none, and then the log says why. */
async function askSchema(remote: Remote | undefined): Promise<string | undefined> {
  const result = await askAt(remote, '{ _service { sdl } }').catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  });
  const { sdl } = (result?.data?.['_service'] ?? {}) as { sdl?: unknown };
  return typeof sdl === 'string' ? sdl : undefined;
}

/** Asks a subgraph elsewhere something of our own, in no client's name. */
async function askAt(
  remote: Remote | undefined,
  query: string,
  context: Pick<FusedContext, 'forwarded' | 'stop'> = {},
): Promise<ExecutionResult> {
  if (!remote) throw new Error('It runs nowhere else.');
  return remote.ask(
    { ...fetchDocument(parse(query)), query, variables: {} },
    { ...context, subgraph: () => undefined },
  );
}

/** Whoever sends a token and is taken for nobody is not let in as nobody. */
async function viewerAt(remote: Remote | undefined, token: string, signal: AbortSignal): Promise<Viewer> {
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort(signal.reason));
  const query = '{ viewer { role account partner { id } } }';
  const { data, errors } = await askAt(remote, query, { stop, forwarded: { authorization: `Bearer ${token}` } });
  const [error] = errors ?? [];
  if (error) throw error.originalError ?? error;
  const viewer = data?.['viewer'] as {
    role: Viewer['role'];
    account: string | null;
    partner: { id: string } | null;
  } | null;
  if (!viewer || viewer.role === 'ANONYMOUS') throw new Error('The directory does not say who sends a token.');
  return { role: viewer.role, partnerId: viewer.partner?.id ?? null, accountId: viewer.account };
}
