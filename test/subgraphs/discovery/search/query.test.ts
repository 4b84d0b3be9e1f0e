import { assert, asyncProperty, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, planQuery, type Vocabulary } from '../../../../src/subgraphs/discovery/search/query.js';

const vocabulary: Vocabulary = {
  stopWordsAmong: async (all) => new Set(all.filter((word) => ['the', 'of', 'a', 'and', 'who'].includes(word))),
  synonymsIn: async (words) =>
    words.flatMap((word, at) => {
      if (word === 'craft') return [{ at, length: 1, synonyms: ['handicraft', 'arte manuale'] }];
      const isExpression = word === 'arts' && words[at + 1] === 'and' && words[at + 2] === 'crafts';
      return isExpression ? [{ at, length: 3, synonyms: ['Kunsthandwerk'] }] : [];
    }),
};
const planned = (text: string, language: string | null = null) => planQuery(text, language, vocabulary);
const words = async (text: string) => (await planned(text)).query.words.map(({ word }) => word.text);

describe('a query', () => {
  test('asks for all of its words, the last of which may be a beginning', async () => {
    expect(await planned('Craft incub', 'it')).toEqual({
      query: {
        language: 'it',
        words: [
          { word: { text: 'Craft', isPrefix: false, mayBeMistyped: true }, synonyms: [] },
          { word: { text: 'incub', isPrefix: true, mayBeMistyped: true }, synonyms: [] },
        ],
        expressions: [],
        phrases: [],
        match: 'all',
      },
      left: [],
    });
  });

  test.each(['craft ', 'craft.', 'craft\n', '"fine craft"', 'c'])('%j ends in no beginning', async (text) => {
    expect((await planned(text)).query.words.filter(({ word }) => word.isPrefix)).toEqual([]);
  });

  test('gives each word its synonyms', async () => {
    expect((await planned('craft')).query.words[0]?.synonyms).toEqual(['handicraft', 'arte manuale']);
  });

  test.each([
    ['Modern arts and crafts schools', [{ words: ['arts', 'crafts'], synonyms: ['Kunsthandwerk'] }]],
    ['arts and crafts and CRAFTS', [{ words: ['arts', 'CRAFTS'], synonyms: ['Kunsthandwerk'] }]],
    ['"arts and crafts"', []],
    ['arts or crafts', []],
  ])('%j holds the expressions %j', async (text, expected) => {
    expect((await planned(text)).query.expressions).toEqual(expected);
  });

  test('holds no expression of which a word is left out', async () => {
    const many = Array.from({ length: 29 }, (_, index) => `word${index}`);
    expect((await planned(`${many.join(' ')} arts and crafts`)).query.expressions).toEqual([]);
  });

  test.each([
    ['2012 T2 10,5', [false, false, false]],
    ['eco econ', [false, true]],
  ])('%j: numbers and short words have no typing errors', async (text, expected) => {
    expect((await planned(text)).query.words.map(({ word }) => word.mayBeMistyped)).toEqual(expected);
  });

  test.each([
    ['the craft of glass', ['craft', 'glass']],
    ["l'artigianato d'arte, Europe's", ['artigianato', 'arte', 'Europe']],
    ['e-learning R&D 1.5 C++', ['e-learning', 'R&D', '1.5']],
    ['занаят, χειροτεχνία; meșteșug', ['занаят', 'χειροτεχνία', 'meșteșug']],
    ['craft CRAFT craft', ['craft']],
    ['the who', ['the', 'who']],
    ['"arts and crafts" the', []],
    ['', []],
    [' \t" "', []],
    ["'; drop table partner; -- {$ne: 1} origin = 'x' OR 1=1", ['drop', 'table', 'partner', 'ne', '1', 'origin', 'OR']],
  ])('%j looks for %j', async (text, expected) => {
    expect(await words(text)).toEqual(expected);
  });

  test.each([
    ['"arts and crafts"', [['arts', 'and', 'crafts']]],
    [
      '„fine art“ «métiers d’art» glass',
      [
        ['fine', 'art'],
        ['métiers', 'd', 'art'],
      ],
    ],
    ['an "open end', []],
  ])('%j holds the phrases %j', async (text, expected) => {
    expect((await planned(text)).query.phrases).toEqual(expected);
  });

  test('of 30 words and a phrase leaves out the last, and says so', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `word${index}`);
    const { query, left } = await planned(`"fine art" ${many.join(' ')}`);
    expect(query.words).toHaveLength(29);
    expect(left).toEqual(['word29']);
  });

  test('of 501 characters is refused', async () => {
    expect(await words('a'.repeat(500))).toHaveLength(1);
    await expect(planned('a'.repeat(10_000))).rejects.toThrow(
      '`query` has 10,000 characters; 500 are allowed. Search for its most telling words.',
    );
  });
});

describe('what cannot be seen', () => {
  test.each([
    ['cr\0aft', 'cr aft'],
    ['\u{202e}tfarc\u{2066}', 'tfarc'],
    ['so\u{ad}ft\u{200b}ly', 'softly'],
    ['a\r\nb', 'a  b'],
    ['\u{e000}x\u{e001}', 'x'],
    ['\u{d800}x', ' x'],
    ['Krako\u{301}w', 'Kraków'],
  ])('goes: %j is %j', (text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  test('is in no word, whatever is typed', async () => {
    await assert(
      asyncProperty(string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const { query } = await planned(text);
        for (const each of [...query.words.map(({ word }) => word.text), ...query.phrases.flat()])
          expect(each).toMatch(/^[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}\-‐‑&+.,]*$/u);
      }),
      { numRuns: 500 },
    );
  });
});
