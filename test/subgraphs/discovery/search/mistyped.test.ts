import { expect, test } from 'vitest';
import { anonymous } from '../../../../src/graph/context.js';
import { stemmingBy } from '../../../../src/subgraphs/discovery/search/analysis/stemming.js';
import { allDocuments } from '../../../../src/subgraphs/discovery/search/document.loaders.js';
import { openSearch } from '../../../../src/subgraphs/discovery/search/open.js';
import { planQuery } from '../../../../src/subgraphs/discovery/search/query.js';
import { searchRelaxed } from '../../../../src/subgraphs/discovery/search/relax.js';
import { aDatabase } from '../../../support/database.js';
import { mistypedWords } from '../../../support/mistyped.js';
import { requestOf } from './documents.js';

const words = 200;
const floor = 0.97;

test(`of ${words} words of the seeds with one typing error, ${100 * floor} in 100 are found in the first page`, async () => {
  const database = await aDatabase('seeded');
  const run = database.readAs(anonymous);
  const { engines, vocabulary } = openSearch(database);
  const asked = await mistypedWords(allDocuments(run), stemmingBy(run), words);
  expect(asked).toHaveLength(words);
  const missed = [];
  for (const { word, typed, meant } of asked) {
    const plan = await planQuery(typed, null, vocabulary);
    const { answer } = await searchRelaxed(engines[0], requestOf(''), plan);
    if (!answer.hits.some(({ id }) => meant.has(id))) missed.push(`${word}: ${typed}`);
  }
  expect(missed.length, `missed ${missed.join(', ')}`).toBeLessThanOrEqual(words * (1 - floor));
});
