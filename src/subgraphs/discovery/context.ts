import type { RequestContext } from '../../graph/context.js';
import { nodeLoaders } from './node.loaders.js';

export interface DiscoveryContext extends RequestContext {
  loaders: ReturnType<typeof nodeLoaders>;
}

export const discoveryContext = (request: RequestContext): DiscoveryContext => ({
  ...request,
  loaders: nodeLoaders(request.read),
});
