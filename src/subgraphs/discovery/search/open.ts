import type { Database } from '../../../database/database.js';
import { anonymous } from '../../../graph/context.js';
import { stemmingBy } from './analysis/stemming.js';
import { Stems } from './analysis/stems.js';
import type { SearchEngine } from './engine.js';
import { withFallback } from './failover.js';
import { meilisearchEngine } from './meilisearch/meilisearch.engine.js';
import type { ServerAddress } from './meilisearch/server.js';
import { postgresqlEngine } from './postgresql/engine.js';
import { postgresqlTerms } from './postgresql/terms.js';
import { postgresqlVocabulary } from './postgresql/vocabulary.js';
import type { Search } from './search.js';
import { themeSynonyms } from './synonyms.js';
import { rebuild } from './upkeep/fill.js';
import { freshnessOf } from './upkeep/freshness.js';

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
  const first =
    meilisearch &&
    meilisearchEngine({ address: meilisearch, stemming: stemmingBy(run, stems), lexical: postgresqlTerms(run) });
  return {
    engine: first ? withFallback({ first, second: postgresql, log }) : postgresql,
    engines: first ? [postgresql, first] : [postgresql],
    vocabulary: { ...postgresqlVocabulary(run, stems), ...themeSynonyms(run, stems) },
    freshness: (isDegraded) => freshnessOf(run, isDegraded || !first ? postgresql.name : first.name),
  };
}

/** Builds the indexes of all that is public; whoever searches meanwhile finds what was there before. */
export async function rebuildSearch(
  { engines }: Pick<OpenedSearch, 'engines'>,
  { em }: Pick<Database, 'em'>,
): Promise<void> {
  for (const engine of engines) await rebuild({ em: em(), engine });
}
