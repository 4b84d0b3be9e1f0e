import type { RequestContext } from '../../graph/context.js';
import { activitiesLoaders } from './activities.loaders.js';

export interface ActivitiesContext extends RequestContext {
  loaders: ReturnType<typeof activitiesLoaders>;
}

export const activitiesContext = (request: RequestContext): ActivitiesContext => ({
  ...request,
  loaders: activitiesLoaders(request.read),
});
