import { expect } from 'vitest';
import type { SearchDocument } from '../../../../src/subgraphs/discovery/search/document.js';
import { aDatabase } from '../../../support/database.js';
import { aPractice, aProgramme, aRegion, aTheme, draft } from '../../../support/factories.js';
import { aGraph, type Answer } from '../../../support/graph.js';
import { aListedEngine } from '../../../support/listed-engine.js';

export const database = await aDatabase();
export const ids = {
  italy: (await aRegion(database, 'IT', { name_english: 'Italy', level: 0 })).id,
  glass: (await aPractice(database, { title: 'Glass craft of Murano', slug: 'glass' })).id,
  wood: (await aPractice(database, { title: 'Wood craft', slug: 'wood' })).id,
  hidden: (await aPractice(database, { title: 'Glass in secret', slug: 'hidden', ...draft })).id,
};
await aRegion(database, 'ITI', { name_latin: 'Centro', level: 1, path: '2024/IT/ITI/', country_code: 'IT' });
await aRegion(database, 'ITI1', {
  name_local: 'Toscana',
  name_latin: 'Toscana',
  name_english: 'Tuscany',
  level: 2,
  path: '2024/IT/ITI/ITI1/',
  country_code: 'IT',
});
await aRegion(database, 'ITH', { name_latin: 'Nord-Est', level: 1, path: '2024/IT/ITH/', country_code: 'IT' });
await aRegion(database, 'EL', { name_english: 'Greece', level: 0 });
const { id: craft } = await aTheme(database, { slug: 'craft', label: 'Crafts' });
await aTheme(database, { slug: 'glass', label: 'Glass', broader_id: craft });
await aProgramme(database, { slug: 'ivc', name: 'INTERREG IVC' });

const none = { country: [], region: [], theme: [], sector: [], year: [], programme: [], validation: [], status: [] };
const aDocument = (id: string, title: string, facets: Partial<SearchDocument['facets']> = {}): SearchDocument => ({
  id,
  type: 'GoodPractice',
  url: `/practices/${id}`,
  title,
  language: 'en',
  texts: [],
  facets: { ...none, type: ['GoodPractice'], origin: ['REPORTED'], ...facets },
  point: null,
  updatedAt: '2024-01-01T00:00:00.000Z',
  hash: id,
});
export const gone = 'gp_01h455vb4pex5vsknk084sn02q';
export const demo = 'gp_01h455vb4pex5vsknk084sn02r';
const tuscan = { region: ['2024/IT/ITI/ITI1/'], country: ['IT'], year: ['2012'], programme: ['ivc'] };
const documents = [
  aDocument(ids.glass, 'Glass craft of Murano', { ...tuscan, theme: ['craft/glass/'], validation: ['EXPERT'] }),
  aDocument(ids.wood, 'Wood craft', { region: ['2024/IT/ITH/'], country: ['IT'], year: ['2014'], theme: ['craft/'] }),
  aDocument(ids.hidden, 'Glass in secret', { country: ['EL'], region: ['2024/EL/'] }),
  aDocument(gone, 'Glass that is gone'),
  aDocument(demo, 'Glass made up', { origin: ['DEMONSTRATION'] }),
];
export const { engine, asked } = aListedEngine(documents);
export const vocabulary = { stopWordsAmong: async () => new Set(['of']), synonymsIn: async () => [] };
export const freshness = async () => ({ upTo: '2024-05-01T00:00:00Z', lag: 0.25 });
export const graph = await aGraph(database, { search: { engine, vocabulary, freshness } });

const QUERY = `query ($query: String, $where: SearchWhere, $facets: [SearchFacetInput!], $orderBy: SearchOrder, $first: Int, $after: String) {
  search(query: $query, where: $where, facets: $facets, orderBy: $orderBy, first: $first, after: $after) {
    totalCount totalCountIsExact
    edges { cursor node { id } }
    nodes { id type title highlights { text isMatch } url score matchedIn distance item { id ... on GoodPractice { slug } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    facets { field values { value label count parent } }
    relaxed { dropped isAnyWord } degraded freshness { upTo lag }
  }
}`;
export const run = async (variables: Record<string, unknown>) => {
  const { data, errors, statements } = await graph.run(QUERY, variables);
  return { found: data?.['search'] as Answer, errors, statements };
};
export const idsOf = (found: Answer) => found['nodes'].map(({ id }: { id: string }) => id);
export const refusal = async (variables: Record<string, unknown>) => {
  const { errors } = await run(variables);
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  return errors[0]?.message;
};
