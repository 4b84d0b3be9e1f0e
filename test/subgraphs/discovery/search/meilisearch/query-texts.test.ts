import { expect, test } from 'vitest';
import {
  exactTexts,
  languagesOf,
  readQuery,
  tellingOf,
} from '../../../../../src/subgraphs/discovery/search/meilisearch/query-texts.js';
import type { Stemming } from '../../../../../src/subgraphs/discovery/search/analysis/stemming.js';
import { anyTerms, type Terms } from '../../../../../src/subgraphs/discovery/search/analysis/terms.js';
import { queryOf } from '../documents.js';

/** English and Italian, as far as these tests speak them. */
const stems: Record<string, Record<string, string | null>> = {
  en: { crafts: 'craft', the: null, incubators: 'incub', learning: 'learn' },
  it: { crafts: 'crafts', artigiano: 'artigian', incubators: 'incubators', the: 'the' },
};
const stemming: Stemming = {
  languages: Object.keys(stems),
  learn: async () => {},
  of: (language, bare) => (bare in (stems[language] ?? {}) ? (stems[language]?.[bare] as string | null) : bare),
};

const english = { languages: ['en'], stemming, terms: anyTerms };

async function textsOf(...given: Parameters<typeof queryOf>): Promise<string[]> {
  const languages = languagesOf(queryOf(...given), ['en', 'it']);
  const { query } = await readQuery(queryOf(...given), { languages, stemming });
  return exactTexts(query, { languages, stemming, terms: anyTerms }).map(({ text }) => text);
}

test('a word is looked for as it stands, and without its inflection in each language', async () => {
  expect(await textsOf('Crafts')).toEqual(['crafts ', 'craft ']);
  expect(await textsOf('crafts', { language: 'it' })).toEqual(['crafts ']);
  expect(await textsOf('crafts', { language: 'bg' })).toEqual(['crafts ']);
});

test('the last word may be a beginning, beside what it is without inflection', async () => {
  expect(await textsOf('crafts incubators', { isTyped: true, language: 'en' })).toEqual([
    'crafts incubators',
    'craft incub ',
    'craftsincubators',
  ]);
});

test('phrases stand in quotes, and what a hyphen joins is a phrase or one word', async () => {
  expect(await textsOf('"Study Visit" crafts', { language: 'it' })).toEqual(['"study visit" crafts ']);
  expect(await textsOf('e-learning', { language: 'it' })).toEqual(['"e learning" ', 'elearning ']);
});

test('words that say nothing are left out, but for a query of nothing else', async () => {
  expect(await textsOf('the crafts', { language: 'it' })).toEqual(['the crafts ', 'thecrafts ']);
  expect(await textsOf('the crafts', { language: 'en' })).toEqual(['crafts ', 'craft ']);
  expect(await textsOf('the', { language: 'en' })).toEqual(['the ']);
});

test('nothing that is typed becomes syntax', async () => {
  expect(await textsOf('-crafts it\\ *', { language: 'it' })).toEqual(['crafts it ', 'craftsit ']);
  const quotes = { language: 'it', phrases: [['"study', 'visit" -"']], words: [] };
  expect(await textsOf('', quotes)).toEqual(['"study visit"']);
});

test('a synonym weighs less than the word, and the number of texts is bounded', async () => {
  const query = queryOf('crafts incubators', { language: 'en' });
  const one = { ...query, words: [{ word: query.words[0]!.word, synonyms: ['artigiano'] }] };
  expect(exactTexts(one, english)).toEqual([
    { text: 'crafts ', weight: 1 },
    { text: 'craft ', weight: 1 },
    { text: 'artigiano ', weight: 0.85 },
  ]);
  const synonyms = Array.from({ length: 50 }, (_, index) => `synonym${index}`);
  const many = { ...query, words: query.words.map(({ word }) => ({ word, synonyms })) };
  expect(exactTexts(many, english)).toHaveLength(24);
});

test('the server heeds ten words and phrases of a text: a query has no more', async () => {
  const [text = ''] = await textsOf(Array.from({ length: 40 }, (_, index) => `word${index}`).join(' '));
  expect(text.trim().split(' ')).toHaveLength(10);
});

/** An index that has these tokens, each in so many documents. */
const having = (documents: Record<string, number>): Terms => ({
  has: (token) => token in documents,
  formsOf: () => [],
  documentsWith: (token) => documents[token] ?? 0,
});

test('what no text has is not looked for, but for the words as they were typed', async () => {
  const given = queryOf('crafts incubators', { isTyped: true, language: 'en' });
  const known = async (...tokens: string[]) => {
    const terms = having(Object.fromEntries(tokens.map((token) => [token, 1])));
    const read = await readQuery(given, { languages: ['en'], stemming }, { termsOf: async () => terms });
    return exactTexts(read.query, { languages: ['en'], stemming, terms: read.terms }).map(({ text }) => text);
  };
  expect(await known()).toEqual(['crafts incubators']);
  expect(await known('craft', 'incub')).toEqual(['crafts incubators', 'craft incub ']);
  expect(await known('craft')).toEqual(['crafts incubators', 'craft incubators']);
  expect(await known('craftsincubators')).toEqual(['crafts incubators', 'craftsincubators']);
});

test('of a long question the twelve rarest words are looked for, those that nothing has the last', async () => {
  const words = Array.from({ length: 14 }, (_, index) => `word${index}`);
  const documents = Object.fromEntries(words.map((word, index) => [word, index]));
  const reading = { languages: [], stemming, terms: having(documents) };
  const { query, commonest } = tellingOf(queryOf(words.join(' '), { match: 'some' }), reading);
  expect(query.words.map(({ word }) => word.text)).toEqual(words.slice(1, 13));
  expect(commonest).toEqual(['word0', 'word13']);
});
