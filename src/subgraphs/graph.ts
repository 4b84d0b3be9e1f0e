import { compose } from '../graph/compose.js';
import { fusedExecutor, type GraphExecutor } from '../graph/executor.js';
import { fuse, type FusedContext } from '../graph/fuse.js';
import type { Subgraph } from '../graph/subgraph.js';
import type { HouseRequest, Manifest } from './manifest.js';

/** The whole graph of some subgraphs: what is committed under `schema/`, and what answers. */
export interface Graph<Member = Subgraph> {
  subgraphs: readonly Member[];
  supergraphSdl: string;
  /** The API schema that clients see. */
  publicSdl: string;
  executor: GraphExecutor;
  /** A fresh context for one request: each subgraph's loaders are made when its first resolver runs. */
  contextFor(request: HouseRequest): Pick<FusedContext, 'subgraph'>;
}

/** Builds, composes and fuses subgraphs in this process. Throws where they contradict each other. */
export function fusedGraph(manifests: readonly Manifest[]): Graph {
  const subgraphs = manifests.map((manifest) => manifest.build());
  const { supergraphSdl, publicSdl } = compose(subgraphs);
  return {
    subgraphs,
    supergraphSdl,
    publicSdl,
    executor: fusedExecutor(fuse({ publicSdl, subgraphs })),
    contextFor: (request) => contextOf(manifests, request),
  };
}

/** One subgraph alone, with `_service` and `_entities`, for a router. */
export function subgraphGraph(manifest: Manifest): Graph {
  const subgraph = manifest.build();
  const executor = fusedExecutor(subgraph.schema);
  return {
    subgraphs: [subgraph],
    supergraphSdl: '',
    publicSdl: subgraph.sdl,
    executor: {
      ...executor,
      execute: (operation) =>
        executor.execute({ ...operation, context: operation.context.subgraph(manifest.name) as FusedContext }),
    },
    contextFor: (request) => contextOf([manifest], request),
  };
}

/** The context of each subgraph in one request, made when it is first asked for. */
export function contextOf(manifests: readonly Manifest[], request: HouseRequest): Pick<FusedContext, 'subgraph'> {
  const made = new Map<string, unknown>();
  return {
    subgraph: (name) => {
      const known = made.get(name);
      if (known !== undefined) return known;
      const context = manifests.find((manifest) => manifest.name === name)?.context(request);
      made.set(name, context);
      return context;
    },
  };
}
