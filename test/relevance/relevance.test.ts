import { describe, expect, test } from 'vitest';
import { openSearch } from '../../src/subgraphs/discovery/search/open.js';
import type { SearchEngine, SearchRequest } from '../../src/subgraphs/discovery/search/engine.js';
import type { Search } from '../../src/subgraphs/discovery/search/search.js';
import { inLatin } from '../../src/subgraphs/discovery/search/analysis/tokens.js';
import { postgresqlEngine } from '../../src/subgraphs/discovery/search/postgresql/engine.js';
import { Stems } from '../../src/subgraphs/discovery/search/analysis/stems.js';
import { fields } from '../../src/subgraphs/discovery/search/postgresql/entry.js';
import { allDocuments } from '../../src/subgraphs/discovery/search/document.loaders.js';
import { readPublic } from '../../src/subgraphs/discovery/search/upkeep/reading.js';
import { askAll } from './asking.js';
import { collectionFolder, folderCorpus, generatedCorpus, seedsCorpus, type Corpus } from './corpus.js';
import { baselines, losses, scoresOf } from './gate.js';
import { meansOf } from './measures.js';

/** What the search of PostgreSQL has lost against what was kept; after `npm run relevance -- --keep` nothing. */
async function lostBy(corpus: Corpus, search: Search = openSearch(corpus.database)): Promise<string[]> {
  const baseline = baselines()[corpus.name];
  if (baseline === undefined) throw new Error(`baseline.json knows nothing of ${corpus.name}.`);
  return losses(scoresOf(await askAll(corpus, search)), baseline);
}

/** Knows stop words, and no inflections. */
class Unstemmed extends Stems {
  override of(language: string, bare: string): string | null {
    return super.of(language, bare) === null ? null : inLatin(bare);
  }
}

const isOfAll = expect.stringMatching(/^all: /);

describe('of the seeds', { timeout: 120_000 }, async () => {
  const corpus = await seedsCorpus();
  const search = openSearch(corpus.database);

  test('every record that was judged is in the index', async () => {
    const pages = new Set<string>();
    for await (const documents of allDocuments(readPublic(corpus.database.em())))
      for (const document of documents) pages.add(corpus.nameOf(document));
    const judged = [...corpus.judgements.values()].flatMap((grades) => [...grades.keys()]);
    expect(judged.filter((page) => !pages.has(page))).toEqual([]);
    expect(corpus.questions.filter(({ id }) => !corpus.judgements.has(id))).toEqual([]);
    expect(corpus.questions.length).toBeGreaterThan(200);
  });

  test('questions are answered as well as before', async () => {
    expect(await lostBy(corpus)).toEqual([]);
  });

  /** Asks the engine for something else than it is asked. */
  const asking = (change: (query: SearchRequest['query']) => SearchRequest['query']): Search => {
    const engine: SearchEngine = {
      ...search.engine,
      search: (request, signal) => search.engine.search({ ...request, query: change(request.query) }, signal),
    };
    return { ...search, engine };
  };
  const words = (query: SearchRequest['query'], change: (word: SearchRequest['query']['words'][0]) => object) => ({
    ...query,
    words: query.words.map((each) => ({ ...each, ...change(each) })),
  });

  test.each([
    ['without synonyms', asking((query) => words(query, () => ({ synonyms: [] })))],
    ['without typos', asking((query) => words(query, ({ word }) => ({ word: { ...word, mayBeMistyped: false } })))],
    ['that knows no language', asking((query) => ({ ...query, language: 'tlh' }))],
    ['that never relaxes', asking((query) => (query.match === 'some' ? { ...query, match: 'all' } : query))],
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

test('questions about generated practices are answered as well as before', { timeout: 120_000 }, async () => {
  expect(await lostBy(await generatedCorpus())).toEqual([]);
});

const floor = 0.39;
const folder = collectionFolder();
test.skipIf(folder === undefined)(`nDCG@10 of Cranfield is ${floor} at least`, { timeout: 120_000 }, async () => {
  const corpus = await folderCorpus(folder as string, 'cranfield');
  const { ndcg } = meansOf(await askAll(corpus, openSearch(corpus.database)));
  expect(ndcg).toBeGreaterThanOrEqual(floor);
});
