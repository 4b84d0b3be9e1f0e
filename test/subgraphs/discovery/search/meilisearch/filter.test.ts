import { expect, test } from 'vitest';
import type { Filter } from '../../../../../src/graph/filter.js';
import { conditionText, filterText } from '../../../../../src/subgraphs/discovery/search/meilisearch/filter.js';

test.each<[Filter, string]>([
  [{ and: [] }, 'id EXISTS'],
  [{ or: [] }, 'id NOT EXISTS'],
  [{ field: 'sector', in: [] }, 'id NOT EXISTS'],
  [{ field: 'country', eq: 'IT' }, 'facet.country = "IT"'],
  [{ field: 'sector', in: ['a', 'b'] }, 'facet.sector IN ["a", "b"]'],
  [{ field: 'region', within: { path: '2024/IT/ITI/' } }, 'facet.region = "2024/IT/ITI/"'],
  [{ not: { field: 'theme', exists: true } }, 'NOT (facet.theme EXISTS)'],
  [{ field: 'theme', exists: false }, 'facet.theme NOT EXISTS'],
  [{ field: 'year', gte: 2012, lte: 2014 }, '(year >= 2012 AND year <= 2014)'],
  [{ field: 'updated', gte: '1970-01-01T00:00:01Z' }, 'updated >= 1000'],
  [
    {
      or: [
        { field: 'id', eq: 'gp_1' },
        { field: 'country', eq: 'IT' },
      ],
    },
    '(id = "gp_1" OR facet.country = "IT")',
  ],
])('%o is %s', (filter, text) => {
  expect(filterText(filter)).toBe(text);
});

test.each([
  ['a "quoted" word', String.raw`"a \"quoted\" word"`],
  ['ends with \\', String.raw`"ends with \\"`],
  [String.raw`\" OR id EXISTS`, String.raw`"\\\" OR id EXISTS"`],
  ['two\nlines', '"two\nlines"'],
])('the value %j stays a value', (value, text) => {
  expect(filterText({ field: 'sector', eq: value })).toBe(`facet.sector = ${text}`);
});

test.each([
  [{ field: 'title', eq: 'x' }, "No filter is known for 'title'."],
  [{ field: 'sector', contains: 'x' }, "'sector' is not compared in this way."],
  [{ field: 'country', gte: 'IT' }, "'country' is not compared in this way."],
])('%o is refused', (filter, message) => {
  expect(() => filterText(filter)).toThrow(message);
});

test('a circle is in metres, beside the filter', () => {
  const near = { latitude: 41.9, longitude: 12.5, radius: 50 };
  expect(conditionText({ and: [] }, null)).toBeUndefined();
  expect(conditionText({ and: [] }, near)).toBe('_geoRadius(41.9, 12.5, 50000)');
  expect(conditionText({ field: 'country', eq: 'IT' }, near)).toBe(
    'facet.country = "IT" AND _geoRadius(41.9, 12.5, 50000)',
  );
});
