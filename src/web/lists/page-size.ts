import type { DocumentNode } from 'graphql';
import { limits } from '../../graph/limits.js';
import type { Pricer } from '../../graph/price.js';

const sizes = [limits.page, 50, 20, 10, 5, 2];

/** How long a page may be where subgraphs run elsewhere: they give what they give anyone. */
export const sizeElsewhere =
  (price: Pricer) =>
  (document: DocumentNode): number =>
    sizes.find((first) => price(document, { first }).cost <= limits.cost.anonymous) ?? 1;
