import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { anonymous } from '../../../../../src/graph/context.js';
import { meilisearchEngine } from '../../../../../src/subgraphs/discovery/search/meilisearch/meilisearch.engine.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { postgresqlTerms } from '../../../../../src/subgraphs/discovery/search/postgresql/terms.js';
import type { SearchDocument } from '../../../../../src/subgraphs/discovery/search/document.js';
import type { SearchEngine } from '../../../../../src/subgraphs/discovery/search/engine.js';
import { stemmingBy } from '../../../../../src/subgraphs/discovery/search/analysis/stemming.js';
import { aDatabase } from '../../../../support/database.js';
import { aMeilisearch, hasMeilisearch } from '../../../../support/meilisearch.js';
import { itIsASearchEngine } from '../contract.js';
import { inBatches } from '../documents.js';

/** As it runs: PostgreSQL has an index of the same documents, which is written first. */
async function besidePostgresql(address: Parameters<typeof meilisearchEngine>[0]['address']): Promise<SearchEngine> {
  const database = await aDatabase();
  const run = database.readAs(anonymous);
  const prefix = `test-${randomUUID()}`;
  const engine = meilisearchEngine({ address, stemming: stemmingBy(run), lexical: postgresqlTerms(run), prefix });
  const beside = postgresqlEngine(database);
  return {
    ...engine,
    upsert: async (documents) => {
      await beside.upsert(documents);
      await engine.upsert(documents);
    },
    remove: async (ids) => {
      await beside.remove(ids);
      await engine.remove(ids);
    },
    rebuild: async (documents) => {
      const pages: SearchDocument[][] = [];
      for await (const page of documents) pages.push(page);
      await beside.rebuild(inBatches(pages.flat()));
      await engine.rebuild(inBatches(pages.flat()));
    },
  };
}

describe.skipIf(!hasMeilisearch)('on a real server', { timeout: 120_000 }, async () => {
  if (!hasMeilisearch) return;
  const address = await aMeilisearch();
  itIsASearchEngine(async () => {
    const engine = await besidePostgresql(address);
    await engine.rebuild(inBatches([]));
    return engine;
  });
});
