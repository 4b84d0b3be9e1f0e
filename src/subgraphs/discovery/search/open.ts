import type { Database } from '../../../database/database.js';
import { anonymous } from '../../../graph/context.js';
import { allDocuments } from './document.loaders.js';
import { postgresqlEngine } from './postgresql/engine.js';
import { Stems } from './postgresql/stems.js';
import { postgresqlVocabulary } from './postgresql/vocabulary.js';
import type { Search } from './search.js';

/** The search of a process over its database. */
export function openSearch(database: Pick<Database, 'em' | 'readAs'>): Search {
  const stems = new Stems();
  return {
    engine: postgresqlEngine(database, stems),
    vocabulary: { ...postgresqlVocabulary(database.readAs(anonymous), stems), synonymsOf: () => [] },
    freshness: async () => null,
  };
}

/** Builds the index of all that is public; whoever searches meanwhile finds what was there before. */
export const rebuildSearch = ({ engine }: Search, database: Pick<Database, 'readAs'>): Promise<void> =>
  engine.rebuild(allDocuments(database.readAs(anonymous)));
