import type { Server } from './server.js';

/** What searches need to know of the whole index. */
export interface Corpus {
  documents: number;
  /** That its texts are stemmed in. */
  languages: string[];
}

/** Milliseconds after which another process may have changed it. */
const fresh = 30_000;

export interface CorpusReader {
  /** Rejects for a server that is too old, or has no index of ours. */
  get(signal: AbortSignal | undefined): Promise<Corpus>;
  /** The index has changed. */
  forget(): void;
}

export function corpusReader(server: Server): CorpusReader {
  let known: (Corpus & { at: number }) | undefined;
  return {
    async get(signal) {
      if (known && performance.now() - known.at < fresh) return known;
      // Another server may have taken the place of the one that was asked before.
      await server.version();
      const { facetDistribution, estimatedTotalHits } = await server.ask((client) =>
        client.index(server.live).search('', { limit: 0, facets: ['languages'] }, signal ? { signal } : {}),
      );
      const languages = Object.keys(facetDistribution?.['languages'] ?? {});
      known = { languages, documents: estimatedTotalHits, at: performance.now() };
      return known;
    },
    forget: () => {
      known = undefined;
    },
  };
}
