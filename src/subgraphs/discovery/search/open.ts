import type { Database } from '../../../database/database.js';
import { anonymous } from '../../../graph/context.js';
import { allDocuments } from './document.loaders.js';
import type { SearchEngine } from './engine.js';
import { withFallback } from './failover.js';
import { meilisearchEngine } from './meilisearch/meilisearch.engine.js';
import type { ServerAddress } from './meilisearch/server.js';
import { stemmingBy } from './meilisearch/stemming.js';
import { postgresqlEngine } from './postgresql/engine.js';
import { Stems } from './postgresql/stems.js';
import { themeSynonyms } from './postgresql/synonyms.js';
import { postgresqlVocabulary } from './postgresql/vocabulary.js';
import type { Search } from './search.js';

export interface SearchOptions {
  /** The server that answers; without it, and when it does not, PostgreSQL does. */
  meilisearch?: ServerAddress | undefined;
  log?: (message: string) => void;
}

export interface OpenedSearch extends Search {
  /** All that are to be kept up, each by itself; PostgreSQL's first. */
  engines: readonly [SearchEngine, ...SearchEngine[]];
}

/** The search of a process over its database. */
export function openSearch(
  database: Pick<Database, 'em' | 'readAs'>,
  { meilisearch, log = () => {} }: SearchOptions = {},
): OpenedSearch {
  const stems = new Stems();
  const run = database.readAs(anonymous);
  const postgresql = postgresqlEngine(database, stems);
  const first = meilisearch && meilisearchEngine({ address: meilisearch, stemming: stemmingBy(run, stems) });
  return {
    engine: first ? withFallback({ first, second: postgresql, log }) : postgresql,
    engines: first ? [postgresql, first] : [postgresql],
    vocabulary: { ...postgresqlVocabulary(run, stems), ...themeSynonyms(run, stems) },
    freshness: async () => null,
  };
}

type Source = Pick<Database, 'readAs'>;

/** Builds the indexes of all that is public; whoever searches meanwhile finds what was there before. */
export async function rebuildSearch({ engines }: Pick<OpenedSearch, 'engines'>, database: Source): Promise<void> {
  for (const engine of engines) await engine.rebuild(allDocuments(database.readAs(anonymous)));
}

/** Builds the index of an engine that has none; what keeps it from that is told, and not thrown. */
export async function buildMissing(
  engine: SearchEngine,
  database: Source,
  log: (message: string) => void,
): Promise<void> {
  try {
    if ((await engine.health()).isReady) return;
    await rebuildSearch({ engines: [engine] }, database);
    log(`${engine.name} has built its search index of ${(await engine.health()).documents} documents`);
  } catch (error) {
    log(`${engine.name} has no search index: ${error instanceof Error ? error.message : String(error)}`);
  }
}
