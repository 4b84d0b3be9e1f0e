import type { SearchDocument } from '../document.js';
import { EngineFault, type SearchEngine, type SearchRequest, type Word } from '../engine.js';
import { healthOf, inventoryOf, rebuildIn, removeFrom, upsertInto } from './index-store.js';
import { indexed } from './indexed-document.js';
import { presentLanguages } from './languages.js';
import { exactTexts, languagesOf, learnQuery, mistypedTexts } from './query-texts.js';
import { countOf, searchFor, type Asking } from './search.js';
import { meilisearchServer, type ServerAddress } from './server.js';
import { similarTo } from './similar.js';
import type { Stemming } from './stemming.js';
import { suggestFor } from './suggest.js';

export interface MeilisearchOptions {
  address: ServerAddress;
  stemming: Stemming;
}

/** The engine for many documents. Nothing is asked of its server before something is asked of it. */
export function meilisearchEngine({ address, stemming }: MeilisearchOptions): SearchEngine {
  const server = meilisearchServer(address);
  const languages = presentLanguages(server);

  async function search(request: SearchRequest, signal?: AbortSignal) {
    const { query } = request;
    const among = languagesOf(query, query.language === null ? await languages.get(signal) : []);
    await learnQuery(query, among, stemming);
    const strategy = query.match === 'all' ? 'all' : 'frequency';
    const asking: Asking = { server, texts: exactTexts(query, among, stemming), how: 'exactly', strategy, signal };
    const answer = await searchFor(asking, request);
    if (answer.total > 0 || !query.words.some(({ word }) => word.mayBeMistyped)) return answer;
    const isKnown = await knownWords(asking, request, among);
    const texts = mistypedTexts(query, among, stemming, isKnown);
    return texts.length === 0 ? answer : searchFor({ ...asking, texts, how: 'loosely' }, request);
  }

  /** Which words of a query something holds, as they are. */
  async function knownWords(asking: Asking, { query, filter, near }: SearchRequest, among: readonly string[]) {
    const known = await Promise.all(
      query.words.map(async ({ word }) => {
        const alone = { ...query, phrases: [], words: [{ word, synonyms: [] }] };
        const count = await countOf({ ...asking, texts: exactTexts(alone, among, stemming) }, { filter, near });
        return count > 0 ? [word] : [];
      }),
    );
    const words = new Set(known.flat());
    return (word: Word) => words.has(word);
  }

  async function* written(documents: AsyncIterable<SearchDocument[]>) {
    for await (const page of documents) yield await indexed(page, stemming);
  }

  return {
    name: 'meilisearch',
    capabilities: { typos: 2, reach: 1_000_000 },
    search,
    suggest: (prefix, filter, size, signal) => suggestFor({ server, prefix, filter, size, signal }),
    similar: (id, filter, size, signal) => similarTo({ server, id, filter, size, signal }),
    async upsert(documents) {
      if (documents.length > 0) await upsertInto(server, await indexed(documents, stemming));
      languages.forget();
    },
    remove: (ids) => (ids.length > 0 ? removeFrom(server, ids) : Promise.resolve()),
    async rebuild(documents) {
      await rebuildIn(server, written(documents));
      languages.forget();
    },
    inventory: () => inventoryOf(server),
    async health() {
      try {
        return { isReady: true, reason: null, ...(await healthOf(server)) };
      } catch (error) {
        if (!(error instanceof EngineFault)) throw error;
        return { isReady: false, reason: error.message, documents: 0, version: '' };
      }
    },
  };
}
