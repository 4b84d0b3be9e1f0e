import { expect, test } from 'vitest';
import { withAncestors, withoutFacet } from '../../../../src/subgraphs/discovery/search/facet.js';

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
