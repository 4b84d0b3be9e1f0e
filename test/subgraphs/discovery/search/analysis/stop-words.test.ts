import { beforeAll, expect, test } from 'vitest';
import { anonymous } from '../../../../../src/graph/context.js';
import { stemmingBy, type Stemming } from '../../../../../src/subgraphs/discovery/search/analysis/stemming.js';
import { isStopWord } from '../../../../../src/subgraphs/discovery/search/analysis/stop-words.js';
import { tokensOf } from '../../../../../src/subgraphs/discovery/search/analysis/tokens.js';
import { aDatabase } from '../../../../support/database.js';

let stemming: Stemming;
beforeAll(async () => {
  stemming = stemmingBy((await aDatabase()).readAs(anonymous));
});

async function isStop(word: string, ...languages: string[]): Promise<boolean> {
  const [token] = tokensOf(word);
  if (token === undefined) throw new Error(`'${word}' is no word.`);
  await stemming.learn(languages.map((language) => [language, token.bare]));
  return isStopWord(stemming, languages, token.bare);
}

test.each([
  ['the', 'en'],
  ['für', 'de'],
  ['più', 'it'],
  ['във', 'bg'],
  ['που', 'el'],
  ['oraz', 'pl'],
  ['však', 'cs'],
  ['který', 'cs'],
  ['medzi', 'sk'],
  ['među', 'hr'],
  ['oziroma', 'sl'],
  ['starp', 'lv'],
  ['apie', 'lt'],
  ['până', 'ro'],
  ['craft', 'en', false],
  ['занаят', 'bg', false],
  ['remeslo', 'sk', false],
  ['the', 'xx', false],
])('%s in %s alone', async (word, language, expected = true) => {
  expect(await isStop(word, language)).toBe(expected);
});

test('of several languages a short word in any says nothing, a longer one in English or in two others', async () => {
  expect(await isStop('dla', 'pl', 'en', 'it')).toBe(true);
  expect(await isStop('with', 'it', 'en')).toBe(true);
  expect(await isStop('come', 'it', 'en')).toBe(false);
  expect(await isStop('come', 'it')).toBe(true);
  expect(await isStop('pero', 'es', 'ca', 'en')).toBe(true);
});

test('nothing is silent in no language', async () => {
  expect(await isStop('the')).toBe(false);
});
