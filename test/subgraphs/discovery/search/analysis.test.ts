import { expect, test } from 'vitest';
import { deletionsOf, distance, tokensOf } from '../../../../src/subgraphs/discovery/search/postgresql/analysis.js';
import { withAncestors, withoutFacet } from '../../../../src/subgraphs/discovery/search/facet.js';

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
])('the words of %j are %j', (text, words) => {
  expect(tokensOf(text).map(({ folded }) => folded)).toEqual(words);
});

test('a word says where it stands', () => {
  expect(tokensOf('In Kraków!').map(({ start, end }) => 'In Kraków!'.slice(start, end))).toEqual(['In', 'Kraków']);
});

test.each([
  ['craft', 'craft', 0],
  ['craft', 'carft', 1],
  ['craft', 'crft', 1],
  ['craft', 'crafft', 1],
  ['craft', 'croft', 1],
  ['craft', 'cratf', 1],
  ['craft', 'rcatf', 2],
  ['', 'abc', 3],
])('from %s to %s it is %i', (one, other, expected) => {
  expect(distance(one, other)).toBe(expected);
  expect(distance(other, one)).toBe(expected);
});

test('a word without one of its letters', () => {
  expect(deletionsOf('abba')).toEqual(['bba', 'aba', 'abb']);
});

test('what lies in a region lies in those that hold it, but not in a version', () => {
  expect(withAncestors('region', ['2024/IT/ITI/', '2024/IT/ITC/'])).toEqual([
    '2024/IT/',
    '2024/IT/ITI/',
    '2024/IT/ITC/',
  ]);
  expect(withAncestors('theme', ['craft/pottery/'])).toEqual(['craft/', 'craft/pottery/']);
  expect(withAncestors('country', ['IT', 'IT'])).toEqual(['IT']);
});

test('a facet is counted without the conditions that speak of it alone', () => {
  const country = { or: [{ field: 'country', eq: 'IT' }, { not: { field: 'country', exists: true } }] };
  const mixed = {
    or: [
      { field: 'country', eq: 'IT' },
      { field: 'year', eq: '2012' },
    ],
  };
  const year = { field: 'year', gte: 2010 };
  expect(withoutFacet({ and: [country, { and: [mixed, year] }] }, 'country')).toEqual({ and: [mixed, year] });
  expect(withoutFacet({ and: [country, year] }, 'year')).toEqual({ and: [country] });
  expect(withoutFacet(year, 'year')).toEqual({ and: [] });
});
