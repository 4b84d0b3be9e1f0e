import { buildSubgraph } from '../../graph/subgraph.js';
import type { Manifest } from '../manifest.js';
import { discoveryContext, type DiscoveryContext } from './context.js';
import { FinderResolver } from './finder.resolver.js';
import { NodeResolver } from './node.resolver.js';
import { nodeStubs } from './node.stub.js';

/** What finds records of whatever kind, and lists whose question spans subgraphs. */
export const discovery: Manifest = {
  name: 'discovery',
  build: () =>
    buildSubgraph<DiscoveryContext>({
      name: 'discovery',
      resolvers: [NodeResolver, FinderResolver],
      orphanedTypes: Object.values(nodeStubs),
    }),
  context: discoveryContext,
  fields: [],
  entities: [],
  seeds: [],
};
