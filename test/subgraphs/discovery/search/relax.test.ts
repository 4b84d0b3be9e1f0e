import { expect, test } from 'vitest';
import type { SearchQuery } from '../../../../src/subgraphs/discovery/search/engine.js';
import { planQuery } from '../../../../src/subgraphs/discovery/search/query.js';
import { searchRelaxed, type Kept } from '../../../../src/subgraphs/discovery/search/relax.js';

const vocabulary = { stopWordsAmong: async () => new Set<string>(), synonymsIn: async () => [] };
const request = {
  filter: { and: [] },
  near: null,
  facets: [],
  order: 'RELEVANCE' as const,
  offset: 0,
  size: 20,
};

/**
 * What came of a query on these documents, each the words that it holds, and what was asked on the way. `isOpen`: the engine
 * tells the words that nothing has, and leaves out the word that all documents have.
 */
async function relaxed(text: string, documents: string[], { before, isOpen = true }: Options = {}) {
  const asked: string[] = [];
  const search = async ({ query: { words, match } }: { query: SearchQuery }) => {
    const texts = words.map(({ word }) => word.text);
    asked.push(`${match}: ${texts.join(' ')}`);
    const found = documents.filter((each) =>
      match === 'all' ? texts.every((one) => each.includes(one)) : texts.some((one) => each.includes(one)),
    );
    const unknown = texts.filter((one) => !documents.some((each) => each.includes(one)));
    const commonest = match === 'all' ? [] : texts.filter((one) => documents.every((each) => each.includes(one)));
    return { hits: [], total: found.length, facets: {}, ...(isOpen && { unknown, commonest }) };
  };
  const { answer, kept } = await searchRelaxed({ search }, request, await planQuery(text, null, vocabulary), {
    before,
  });
  return { total: answer.total, ...kept, asked };
}

interface Options {
  before?: Kept['query'];
  isOpen?: boolean;
}

test('nothing is relaxed where three documents have all words', async () => {
  expect(await relaxed('craft glass', ['craft glass', 'glass craft', 'glass of a craft', 'craft'])).toEqual({
    total: 3,
    query: { match: 'all', words: ['craft', 'glass'] },
    dropped: [],
    asked: ['all: craft glass'],
  });
});

test('where fewer have all words, those with some of them are found too', async () => {
  expect(await relaxed('craft glass', ['craft glass', 'glass craft', 'glass', 'wood'])).toEqual({
    total: 3,
    query: { match: 'some', words: ['craft', 'glass'] },
    dropped: [],
    asked: ['all: craft glass', 'some: craft glass'],
  });
});

test('nothing is said to be relaxed where that finds no more', async () => {
  expect(await relaxed('craft glass', ['craft glass', 'wood'])).toMatchObject({
    total: 1,
    query: { match: 'all', words: ['craft', 'glass'] },
    // The one hit was left out at first, for so few are rarely shown.
    asked: ['all: craft glass', 'some: craft glass', 'all: craft glass'],
  });
});

test('words that nothing has are left out first', async () => {
  const documents = ['craft glass', 'glass craft', 'glass of a craft', 'craft'];
  expect(await relaxed('craft xyzzy glass', documents)).toEqual({
    total: 3,
    query: { match: 'all', words: ['craft', 'glass'] },
    dropped: ['xyzzy'],
    asked: ['all: craft xyzzy glass', 'all: craft glass'],
  });
  expect(await relaxed('craft xyzzy', ['craft', 'glass'])).toMatchObject({ total: 1, dropped: ['xyzzy'] });
});

test('where an engine cannot tell such words, some of all will do', async () => {
  expect(await relaxed('craft xyzzy glass', ['craft glass', 'craft'], { isOpen: false })).toEqual({
    total: 2,
    query: { match: 'some', words: ['craft', 'xyzzy', 'glass'] },
    dropped: [],
    asked: ['all: craft xyzzy glass', 'some: craft xyzzy glass'],
  });
});

test('words that are nowhere together are looked for apart', async () => {
  expect(await relaxed('craft xyzzy glass', ['glass', 'craft'])).toMatchObject({
    total: 2,
    query: { match: 'some', words: ['craft', 'glass'] },
    dropped: ['xyzzy'],
  });
});

test('of a long question some words will do at once; those that nothing has, or all, are told', async () => {
  expect(await relaxed('how do glass makers find apprentices', ['glass makers do', 'do it', 'do'])).toEqual({
    total: 3,
    query: { match: 'some', words: ['how', 'do', 'glass', 'makers', 'find', 'apprentices'] },
    dropped: ['how', 'do', 'find', 'apprentices'],
    asked: ['some: how do glass makers find apprentices'],
  });
});

test('what is nowhere stays unfound, and nothing is said to be relaxed', async () => {
  expect(await relaxed('xyzzy plugh', ['glass'])).toMatchObject({
    total: 0,
    query: { match: 'all', words: ['xyzzy', 'plugh'] },
    dropped: [],
  });
  expect((await relaxed('xyzzy', ['glass'])).asked).toEqual(['all: xyzzy']);
});

test('a later page asks for what the first came to', async () => {
  const before = { match: 'some' as const, words: ['craft', 'glass'] };
  expect(await relaxed('craft xyzzy glass', ['glass', 'craft'], { before })).toEqual({
    total: 2,
    query: before,
    dropped: ['xyzzy'],
    asked: ['some: craft glass'],
  });
});
