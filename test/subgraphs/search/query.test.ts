import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, planQuery, type Vocabulary } from '../../../src/subgraphs/discovery/search/query.js';

const vocabulary: Vocabulary = {
  isStopWord: (word) => ['the', 'of', 'a', 'and', 'who'].includes(word.toLowerCase()),
  synonymsOf: (word) => (word === 'craft' ? ['handicraft', 'arte manuale'] : []),
};
const planned = (text: string, language: string | null = null) => planQuery(text, language, vocabulary);
const words = (text: string) => planned(text).query.words.map(({ word }) => word.text);

describe('a query', () => {
  test('asks for all of its words, the last of which may be a beginning', () => {
    expect(planned('Craft incub', 'it')).toEqual({
      query: {
        language: 'it',
        words: [
          { word: { text: 'Craft', isPrefix: false, mayBeMistyped: true }, synonyms: [] },
          { word: { text: 'incub', isPrefix: true, mayBeMistyped: true }, synonyms: [] },
        ],
        phrases: [],
        match: 'all',
      },
      left: [],
    });
  });

  test.each(['craft ', 'craft.', 'craft\n', '"fine craft"', 'c'])('%j ends in no beginning', (text) => {
    expect(planned(text).query.words.filter(({ word }) => word.isPrefix)).toEqual([]);
  });

  test('gives each word its synonyms', () => {
    expect(planned('craft').query.words[0]?.synonyms).toEqual(['handicraft', 'arte manuale']);
  });

  test.each([
    ['2012 T2 10,5', [false, false, false]],
    ['eco econ', [false, true]],
  ])('%j: numbers and short words have no typing errors', (text, expected) => {
    expect(planned(text).query.words.map(({ word }) => word.mayBeMistyped)).toEqual(expected);
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
  ])('%j looks for %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
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
  ])('%j holds the phrases %j', (text, expected) => {
    expect(planned(text).query.phrases).toEqual(expected);
  });

  test('of 33 words leaves out the last, and says so', () => {
    const many = Array.from({ length: 33 }, (_, index) => `word${index}`);
    const { query, left } = planned(many.join(' '));
    expect(query.words).toHaveLength(32);
    expect(left).toEqual(['word32']);
  });

  test('of 501 characters is refused', () => {
    expect(planned('a'.repeat(500)).query.words).toHaveLength(1);
    expect(() => planned('a'.repeat(10_000))).toThrow(
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

  test('is in no word, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { query } = planned(text);
        for (const each of [...query.words.map(({ word }) => word.text), ...query.phrases.flat()])
          expect(each).toMatch(/^[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}\-‐‑&+.,]*$/u);
      }),
      { numRuns: 500 },
    );
  });
});
