import { describe, expect, test } from 'vitest';
import { openSearch } from '../../src/subgraphs/discovery/search/open.js';
import { allDocuments } from '../../src/subgraphs/discovery/search/document.loaders.js';
import { readPublic } from '../../src/subgraphs/discovery/search/upkeep/reading.js';
import { askAll } from './asking.js';
import { collectionFolder, folderCorpus, generatedCorpus, seedsCorpus } from './corpus.js';
import { asking, eachWord, lostBy } from './lost.js';
import { meansOf } from './measures.js';

describe('of the seeds', { timeout: 120_000 }, async () => {
  const corpus = await seedsCorpus();

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

  test('a search without typos is found out', async () => {
    const broken = asking(openSearch(corpus.database), (query) =>
      eachWord(query, ({ word }) => ({ word: { ...word, mayBeMistyped: false } })),
    );
    expect(await lostBy(corpus, broken)).toContainEqual(expect.stringMatching(/^all: /));
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
