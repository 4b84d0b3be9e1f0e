import type { RequestContext } from '../../graph/context.js';
import { transfersLoaders } from './transfers.loaders.js';

export interface TransfersContext extends RequestContext {
  loaders: ReturnType<typeof transfersLoaders>;
}

export const transfersContext = (request: RequestContext): TransfersContext => ({
  ...request,
  loaders: transfersLoaders(request.read),
});
