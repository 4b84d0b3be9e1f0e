import { parse, visit, type DocumentNode } from 'graphql';
import { compose, type Composition } from '../graph/compose.js';
import { gatewayExecutor, localService, type SubgraphService } from '../graph/gateway/gateway.js';
import { GatewayFault } from '../graph/gateway/gateway-fault.js';
import type { Place } from '../graph/gateway/gateway-file.js';
import { createPlanner } from '../graph/gateway/planner.js';
import { remoteSubgraph, type Remote } from '../graph/gateway/remote.js';
import type { Subgraph } from '../graph/subgraph.js';
import { contextOf, type Graph } from './graph.js';
import type { Manifest } from './manifest.js';
import { withIdPrefixes } from './records.js';

type Member = Pick<Subgraph, 'name' | 'typeDefs'>;

export interface GatewayGraph extends Graph<Member> {
  /** Of the subgraphs that run elsewhere. */
  health(): Record<string, 'up' | 'down'>;
}

export interface GatewayGraphOptions {
  manifests: readonly Manifest[];
  places: readonly Place[];
  /** What our own subgraphs elsewhere are shown. */
  secret?: string | undefined;
  log: (message: string) => void;
}

/**
 * Composes the subgraphs of a gateway, wherever they run. Throws a GatewayFault when ours do not make a graph; a partner's
 * that cannot be had, does not compose or takes a field of ours is told and left out.
 */
export async function gatewayGraph({ manifests, places, secret, log }: GatewayGraphOptions): Promise<GatewayGraph> {
  const built = manifests
    .filter((manifest) => places.some(({ name }) => name === manifest.name))
    .map((manifest) => manifest.build());
  const remotes = new Map<string, Remote>(
    places.flatMap((place) =>
      place.url === undefined ? [] : [[place.name, remoteSubgraph({ ...place, url: place.url, secret, log })]],
    ),
  );
  const partners = places.filter(({ name }) => !built.some((subgraph) => subgraph.name === name));
  const members = await join(built, partners, remotes, log);
  const composition = composed(members);
  const services = new Map(
    members.map(({ name }) => {
      const isLocal = places.some((place) => place.name === name && place.isLocal);
      const local = built.filter((subgraph) => isLocal && subgraph.name === name).map(localService)[0];
      return [name, serviceOf(remotes.get(name)?.ask, local)] as const;
    }),
  );
  const plan = await createPlanner(composition.supergraphSdl);
  const executor = gatewayExecutor({ ...composition, plan, services, local: built });
  withIdPrefixes(executor.schema);
  return {
    subgraphs: members,
    ...composition,
    executor,
    contextFor: (request) => contextOf(manifests, request),
    health: () => Object.fromEntries([...remotes].map(([name, remote]) => [name, remote.health()])),
  };
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

function composed(members: readonly Member[]): Composition {
  try {
    return compose(members);
  } catch (error) {
    throw new GatewayFault((error as Error).message.split('\n'));
  }
}

/** Ours, and each partner's that fits to those before it. */
async function join(
  ours: readonly Member[],
  partners: readonly Place[],
  remotes: ReadonlyMap<string, Remote>,
  log: (message: string) => void,
): Promise<Member[]> {
  const schemas = await Promise.all(
    partners.map(async ({ name, typeDefs }) => {
      try {
        return { name, typeDefs: typeDefs ?? (await askSchema(remotes.get(name))) };
      } catch (error) {
        log(`subgraph ${name} is left out, its schema cannot be had: ${(error as Error).message}`);
        return undefined;
      }
    }),
  );
  const members = [...ours];
  for (const partner of schemas) {
    if (!partner) continue;
    try {
      refuseOverride(partner.typeDefs);
      compose([...members, partner]);
      members.push(partner);
    } catch (error) {
      log(`subgraph ${partner.name} is left out: ${(error as Error).message}`);
    }
  }
  return members;
}

const serviceQuery = '{ _service { sdl } }';

async function askSchema(remote: Remote | undefined): Promise<DocumentNode> {
  const request = { document: parse(serviceQuery), query: serviceQuery, variables: {} };
  const result = await remote?.ask(request, { subgraph: () => undefined });
  const { sdl } = (result?.data?.['_service'] ?? {}) as { sdl?: unknown };
  if (typeof sdl !== 'string') throw new Error(result?.errors?.[0]?.message ?? 'it tells none at `_service`');
  return parse(sdl, { noLocation: true });
}

/** A composer would let another organisation answer for a field of ours. */
function refuseOverride(typeDefs: DocumentNode): void {
  visit(typeDefs, {
    Directive: ({ name }) => {
      if (/(^|__)override$/.test(name.value)) throw new Error('it takes over a field by @override');
    },
  });
}
