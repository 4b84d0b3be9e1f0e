import { bulkhead } from 'cockatiel';
import type { SearchDocument } from '../document.js';
import type { SearchEngine } from '../engine.js';
import { corpusReader } from './corpus.js';
import { healthOf, inventoryOf, rebuildIn, removeFrom, upsertInto } from './index-store.js';
import { indexed } from './indexed-document.js';
import { searcher } from './searcher.js';
import { meilisearchServer, type ServerAddress } from './server.js';
import { similarTo } from './similar.js';
import type { Stemming } from '../analysis/stemming.js';
import { nothingLexical, type Lexical } from '../analysis/terms.js';
import { suggestFor } from './suggest.js';

export interface MeilisearchOptions {
  address: ServerAddress;
  stemming: Stemming;
  /** Another index of the same documents: nothing is asked that it knows not to be there, and what is mistyped as it reads it. */
  lexical?: Lexical;
  /** What names of its indexes begin with: several installations may share a server. */
  prefix?: string;
}

/** The engine for many documents. Nothing is asked of its server before something is asked of it. */
export function meilisearchEngine({
  address,
  stemming,
  lexical = nothingLexical,
  prefix = 'goodgraph',
}: MeilisearchOptions): SearchEngine {
  const server = meilisearchServer(address, prefix);
  const corpus = corpusReader(server);
  /** Of several batches the first is sent before the next is analysed. */
  const analysing = bulkhead(1, Infinity);

  async function* written(documents: AsyncIterable<SearchDocument[]>) {
    for await (const page of documents) yield await indexed(page, stemming);
  }

  return {
    name: 'meilisearch',
    capabilities: { typos: 2, reach: 1_000_000 },
    search: searcher({ server, corpus, stemming, lexical }),
    async suggest(typed, filter, size, signal) {
      await corpus.get(signal);
      return suggestFor({ server, typed, filter, size, signal });
    },
    async similar(id, filter, size, signal) {
      await corpus.get(signal);
      return similarTo({ server, stemming, id, filter, size, signal });
    },
    async upsert(documents) {
      if (documents.length > 0) await upsertInto(server, await analysing.execute(() => indexed(documents, stemming)));
      corpus.forget();
    },
    remove: (ids) => (ids.length > 0 ? removeFrom(server, ids) : Promise.resolve()),
    async rebuild(documents) {
      await rebuildIn(server, written(documents));
      corpus.forget();
    },
    inventory: () => inventoryOf(server),
    health: () => healthOf(server),
  };
}
