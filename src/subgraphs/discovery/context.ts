import type { RequestContext } from '../../graph/context.js';
import { finderLoaders } from './finder.loaders.js';
import { nodeLoaders } from './node.loaders.js';

export interface DiscoveryContext extends RequestContext {
  loaders: ReturnType<typeof nodeLoaders> & ReturnType<typeof finderLoaders>;
}

export const discoveryContext = (request: RequestContext): DiscoveryContext => ({
  ...request,
  loaders: { ...nodeLoaders(request.read), ...finderLoaders(request.read) },
});
