import type { RequestContext } from '../../graph/context.js';
import { directoryLoaders } from './directory.loaders.js';

export interface DirectoryContext extends RequestContext {
  loaders: ReturnType<typeof directoryLoaders>;
}

export const directoryContext = (request: RequestContext): DirectoryContext => ({
  ...request,
  loaders: directoryLoaders(request.read),
});
