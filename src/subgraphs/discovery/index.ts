import { buildSubgraph } from '../../graph/subgraph.js';
import type { Manifest } from '../manifest.js';
import { discoveryContext, type DiscoveryContext } from './context.js';
import { NodeResolver } from './node.resolver.js';
import { nodeStubs } from './node.stub.js';

/** What finds records of whatever kind. */
export const discovery: Manifest = {
  name: 'discovery',
  build: () =>
    buildSubgraph<DiscoveryContext>({ name: 'discovery', resolvers: [NodeResolver], orphanedTypes: nodeStubs }),
  context: discoveryContext,
  fields: [],
  entities: [],
  seeds: [],
};
