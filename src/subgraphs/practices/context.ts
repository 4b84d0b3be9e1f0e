import type { RequestContext } from '../../graph/context.js';
import { practicesLoaders } from './practices.loaders.js';

export interface PracticesContext extends RequestContext {
  loaders: ReturnType<typeof practicesLoaders>;
}

export const practicesContext = (request: RequestContext): PracticesContext => ({
  ...request,
  loaders: practicesLoaders(request.read),
});
