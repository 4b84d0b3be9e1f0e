import { live } from './index-store.js';
import type { Server } from './server.js';

/** Milliseconds after which another process may have added a language. */
const fresh = 60_000;

export interface PresentLanguages {
  get(signal: AbortSignal | undefined): Promise<string[]>;
  forget(): void;
}

/** The languages that texts of the index are stemmed in. */
export function presentLanguages(server: Server): PresentLanguages {
  let known: { languages: string[]; at: number } | undefined;
  return {
    async get(signal) {
      if (known && performance.now() - known.at < fresh) return known.languages;
      const { facetDistribution } = await server.ask((client) =>
        client.index(live).search('', { limit: 0, facets: ['languages'] }, signal ? { signal } : {}),
      );
      const languages = Object.keys(facetDistribution?.['languages'] ?? {});
      known = { languages, at: performance.now() };
      return languages;
    },
    forget: () => {
      known = undefined;
    },
  };
}
