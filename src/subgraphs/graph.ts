import { compiledExecutor } from '../graph/compiled/executor.js';
import { knowledgeOf, type Knowledge } from '../graph/compiled/knowledge.js';
import { compose } from '../graph/compose.js';
import { anonymous, forgetful, readInWaves, type Write } from '../graph/context.js';
import { fusedExecutor, type GraphExecutor } from '../graph/executor.js';
import { fuse, type FusedContext } from '../graph/fuse.js';
import type { Subgraph } from '../graph/subgraph.js';
import type { HouseRequest, Manifest } from './manifest.js';
import { withIdPrefixes } from './records.js';
import { withDecisions } from './rights.js';

/** The whole graph of some subgraphs: what is committed under `schema/`, and what answers. */
export interface Graph<Member = Subgraph> {
  subgraphs: readonly Member[];
  supergraphSdl: string;
  /** The API schema that clients see. */
  publicSdl: string;
  executor: GraphExecutor;
  /** A fresh context for one request: each subgraph's loaders are made when its first resolver runs. */
  contextFor(request: HouseRequest): Pick<FusedContext, 'subgraph' | 'read'>;
}

const graphs = new WeakMap<readonly Manifest[], Graph>();

/**
 * Builds, composes and fuses subgraphs in this process, the same ones once: it takes most of a second, and what comes of it
 * keeps nothing of a request. What asks for declared data alone is compiled. Throws where they contradict each other.
 */
export function fusedGraph(manifests: readonly Manifest[]): Graph {
  const graph = graphs.get(manifests) ?? fused(manifests);
  graphs.set(manifests, graph);
  return graph;
}

function fused(manifests: readonly Manifest[]): Graph {
  const subgraphs = manifests.map((manifest) => withDecisions(manifest.build()));
  const { supergraphSdl, publicSdl } = compose(subgraphs);
  return {
    subgraphs,
    supergraphSdl,
    publicSdl,
    executor: compiledExecutor(
      fusedExecutor(withIdPrefixes(fuse({ publicSdl, subgraphs }))),
      knowledgeIn(manifests, subgraphs),
    ),
    contextFor: (request) => contextOf(manifests, request),
  };
}

/** What the declarations of these subgraphs say, and the loaders that their resolvers name. */
export function knowledgeIn(manifests: readonly Manifest[], subgraphs: readonly Subgraph[]): Knowledge {
  const read = readInWaves(() => Promise.reject(new Error('Loaders are asked what they read, not to read it.')));
  const told = manifests.map((manifest, index) => {
    const { loaders = {} } = manifest.context({ viewer: anonymous, read }) as { loaders?: Record<string, unknown> };
    return { loaders, sources: subgraphs[index]?.sources ?? new Map() };
  });
  return knowledgeOf(
    told,
    manifests.flatMap(({ fields }) => fields),
  );
}

/** One subgraph alone, with `_service` and `_entities`, for a router; compiled as the whole graph is. */
export function subgraphGraph(manifest: Manifest): Graph {
  const subgraph = withDecisions(manifest.build());
  const { schema, execute } = fusedExecutor(withIdPrefixes(subgraph.schema));
  const alone: GraphExecutor = {
    schema,
    execute: (operation) =>
      execute({ ...operation, context: operation.context.subgraph(manifest.name) as FusedContext }),
  };
  return {
    subgraphs: [subgraph],
    supergraphSdl: '',
    publicSdl: subgraph.sdl,
    executor: compiledExecutor(alone, knowledgeIn([manifest], [subgraph])),
    contextFor: (request) => contextOf([manifest], request),
  };
}

/**
 * The context of each subgraph in one request, made when it is first asked for. After a write they are the same objects
 * with new loaders: those before keep what they have read.
 */
export function contextOf(
  manifests: readonly Manifest[],
  request: HouseRequest,
): Pick<FusedContext, 'subgraph' | 'read'> {
  const made = new Map<string, { loaders?: unknown }>();
  const makeOf = (name: string, asked: HouseRequest) =>
    manifests.find((manifest) => manifest.name === name)?.context(asked) as { loaders?: unknown } | undefined;
  let present = request;
  if (request.write) present = { ...request, write: renewing(request.write) };

  function renewing(write: Write): Write {
    return async (work) => {
      const result = await write(work);
      present = { ...present, read: forgetful(request.read) };
      for (const [name, context] of made) context.loaders = makeOf(name, present)?.loaders;
      return result;
    };
  }

  return {
    read: request.read,
    subgraph: (name) => {
      const known = made.get(name);
      if (known !== undefined) return known;
      const context = makeOf(name, present);
      if (context) made.set(name, context);
      return context;
    },
  };
}
