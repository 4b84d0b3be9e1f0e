import { describe, expect, test } from 'vitest';
import { openSearch } from '../../src/subgraphs/discovery/search/open.js';
import type { SearchEngine } from '../../src/subgraphs/discovery/search/engine.js';
import type { Search } from '../../src/subgraphs/discovery/search/search.js';
import { inLatin } from '../../src/subgraphs/discovery/search/analysis/tokens.js';
import { postgresqlEngine } from '../../src/subgraphs/discovery/search/postgresql/engine.js';
import { Stems } from '../../src/subgraphs/discovery/search/analysis/stems.js';
import { fields } from '../../src/subgraphs/discovery/search/postgresql/entry.js';
import { allDocuments } from '../../src/subgraphs/discovery/search/document.loaders.js';
import { readPublic } from '../../src/subgraphs/discovery/search/upkeep/reading.js';
import { seedsCorpus } from '../relevance/corpus.js';
import { asking, eachWord, lostBy } from '../relevance/lost.js';

/** Knows stop words, and no inflections. */
class Unstemmed extends Stems {
  override of(language: string, bare: string): string | null {
    return super.of(language, bare) === null ? null : inLatin(bare);
  }
}

const isOfAll = expect.stringMatching(/^all: /);

describe('the gate of relevance', { timeout: 120_000 }, async () => {
  const corpus = await seedsCorpus();
  const search = openSearch(corpus.database);

  test.each([
    ['without synonyms', asking(search, (query) => eachWord(query, () => ({ synonyms: [] })))],
    ['that knows no language', asking(search, (query) => ({ ...query, language: 'tlh' }))],
    ['that never relaxes', asking(search, (query) => (query.match === 'some' ? { ...query, match: 'all' } : query))],
  ])('a search %s is found out', async (_, broken) => {
    expect(await lostBy(corpus, broken)).toContainEqual(isOfAll);
  });

  /** The index as another engine, or another weighing, would have written it. */
  const rebuilt = async (engine: SearchEngine): Promise<Search> => {
    await engine.rebuild(allDocuments(readPublic(corpus.database.em())));
    return { ...search, engine };
  };

  test('an engine that leaves words as they are is found out', async () => {
    const engine = await rebuilt(postgresqlEngine(corpus.database, new Unstemmed()));
    expect(await lostBy(corpus, engine)).toContainEqual(isOfAll);
  });

  test('an engine whose fields all weigh the same is found out', async () => {
    const before = structuredClone(fields);
    try {
      for (const field of Object.values(fields)) field.weight = 1;
      expect(await lostBy(corpus, await rebuilt(search.engine))).toContainEqual(isOfAll);
    } finally {
      Object.assign(fields, before);
    }
  });
});
