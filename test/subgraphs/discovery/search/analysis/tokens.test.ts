import { expect, test } from 'vitest';
import { tokensOf } from '../../../../../src/subgraphs/discovery/search/analysis/tokens.js';

test.each([
  ['Kraków, Škofja Loka', ['krakow', 'skofja', 'loka']],
  ['Бургас', ['burgas']],
  ['Щастие', ['shtastie']],
  ['Θεσσαλονίκη και Πάτρα', ['thessaloniki', 'kai', 'patra']],
  ['Λουτράκι', ['loutraki']],
  ['Łódź, Straße, Œuvre, Ærø', ['lodz', 'strasse', 'oeuvre', 'aero']],
  ["métiers d'art", ['metiers', 'd', 'art']],
  ['e-learning 2.0', ['e', 'learning', '2', '0']],
  ['a\0b \u202Ec', ['a', 'b', 'c']],
  ['🧶 — …', []],
  // Letters beyond the first 65,536 characters, a mark that begins nothing, and halves of pairs.
  ['𝓁𝒶𝓃𝒶, 𐐨𐐩', ['lana', '𐐨𐐩']],
  ['\u0301a\u0301b', ['ab']],
  ['a\udc00\ud835b', ['a', 'b']],
])('the words of %j are %j', (text, words) => {
  expect(tokensOf(text).map(({ folded }) => folded)).toEqual(words);
});

test('a word says where it stands', () => {
  expect(tokensOf('In Kraków!').map(({ start, end }) => 'In Kraków!'.slice(start, end))).toEqual(['In', 'Kraków']);
});
