import type { HouseRequest } from '../manifest.js';
import { Refusal } from '../../graph/errors.js';
import { finderLoaders } from './finder.loaders.js';
import { nodeLoaders } from './node.loaders.js';
import { searchLoaders } from './search.loaders.js';
import type { Search } from './search/search.js';

export interface DiscoveryContext extends HouseRequest {
  search: Search;
  loaders: ReturnType<typeof nodeLoaders> & ReturnType<typeof finderLoaders> & ReturnType<typeof searchLoaders>;
}

export const discoveryContext = ({ search, ...request }: HouseRequest): DiscoveryContext => ({
  ...request,
  get search() {
    if (search) return search;
    throw new Refusal('SERVICE_UNAVAILABLE', 'This process has no search engine. Ask one that serves it.');
  },
  loaders: { ...nodeLoaders(request.read), ...finderLoaders(request.read), ...searchLoaders(request.read) },
});
