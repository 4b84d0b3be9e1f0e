import { activities } from './activities/index.js';
import { directory } from './directory/index.js';
import { discovery } from './discovery/index.js';
import type { Manifest } from './manifest.js';
import { practices } from './practices/index.js';
import { provenance } from './provenance/index.js';
import { transfers } from './transfers/index.js';

/** Every subgraph, each above those whose keys it holds. */
export const subgraphs: readonly Manifest[] = [directory, practices, transfers, activities, provenance, discovery];
