import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { anonymous } from '../../../../../src/graph/context.js';
import { meilisearchEngine } from '../../../../../src/subgraphs/discovery/search/meilisearch/meilisearch.engine.js';
import { stemmingBy } from '../../../../../src/subgraphs/discovery/search/analysis/stemming.js';
import { aDatabase } from '../../../../support/database.js';
import { aMeilisearch, hasMeilisearch } from '../../../../support/meilisearch.js';
import { itIsASearchEngine } from '../contract.js';
import { inBatches } from '../documents.js';

describe.skipIf(!hasMeilisearch)('on a real server', { timeout: 120_000 }, async () => {
  if (!hasMeilisearch) return;
  const address = await aMeilisearch();
  const database = await aDatabase();
  const stemming = stemmingBy(database.readAs(anonymous));
  itIsASearchEngine(async () => {
    const engine = meilisearchEngine({ address, stemming, prefix: `test-${randomUUID()}` });
    await engine.rebuild(inBatches([]));
    return engine;
  });
});
