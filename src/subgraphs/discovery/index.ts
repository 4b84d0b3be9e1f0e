import { buildSubgraph } from '../../graph/subgraph.js';
import type { Manifest } from '../manifest.js';
import { discoveryContext, type DiscoveryContext } from './context.js';
import { FinderResolver } from './finder.resolver.js';
import { NodeResolver } from './node.resolver.js';
import { nodeStubs } from './node.stub.js';
import { searchMaxAge } from './search.fields.js';
import { SearchResolver, SimilarPracticesResolver } from './search.resolver.js';

/** What finds records of whatever kind, and lists whose question spans subgraphs. */
export const discovery: Manifest = {
  name: 'discovery',
  build: () =>
    buildSubgraph<DiscoveryContext>({
      name: 'discovery',
      resolvers: [NodeResolver, FinderResolver, SearchResolver, SimilarPracticesResolver],
      sizes: {
        'SearchConnection.facets': 3,
        'SearchFacet.values': 10,
        'SearchHit.highlights': 3,
        'SearchHit.snippet': 3,
      },
      // An engine is asked for each.
      weights: { 'Query.search': 20, 'Query.suggest': 7, 'GoodPractice.similar': 20 },
      orphanedTypes: Object.values(nodeStubs),
    }),
  context: discoveryContext,
  fields: [],
  maxAges: { SearchConnection: searchMaxAge, SearchHit: searchMaxAge },
  entities: [],
  seeds: [],
};
