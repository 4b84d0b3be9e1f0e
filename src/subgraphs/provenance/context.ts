import type { RequestContext } from '../../graph/context.js';
import { provenanceLoaders } from './provenance.loaders.js';

export interface ProvenanceContext extends RequestContext {
  loaders: ReturnType<typeof provenanceLoaders>;
}

export const provenanceContext = (request: RequestContext): ProvenanceContext => ({
  ...request,
  loaders: provenanceLoaders(request.read),
});
