import type { SearchDocument } from '../../../../src/subgraphs/discovery/search/document.js';
import type { SearchEngine, SearchQuery, SearchRequest } from '../../../../src/subgraphs/discovery/search/engine.js';
import { beforeAll, expect } from 'vitest';
import { aDocument, inBatches, requestOf } from './documents.js';

const italian = ['2024/IT/ITI/ITI1/ITI14/'];
const irish = ['2024/IE/IE0/IE05/'];

export const fuse = aDocument('Design weeks for handicrafts', {
  texts: { summary: 'Makers and designers answer briefs of firms.', body: 'A study visit showed how artisans work.' },
  facets: { country: ['IE'], region: irish, theme: ['craft/pottery/'], year: ['2012'], validation: ['EXPERT'] },
  updatedAt: '2024-03-01T00:00:00.000Z',
});
export const workshops = aDocument('Artisan workshops in Tuscany', {
  texts: { summary: 'Handmade leather, sold in 2015.', 'body:it': 'Le botteghe degli artigiani toscani.' },
  facets: { country: ['IT'], region: italian, theme: ['craft/'], year: ['2015'], sector: ['leather "goods"'] },
  point: { latitude: 43.7696, longitude: 11.2558 },
  updatedAt: '2024-02-01T00:00:00.000Z',
});
export const incubator = aDocument('An incubator of creative firms', {
  texts: { summary: 'Young firms visit a study, then found their own.', keyword: 'start\\ups' },
  facets: {
    country: ['IT'],
    region: ['2024/IT/ITC/ITC4/'],
    theme: ['business/'],
    year: ['2016'],
    sector: ['back\\slash'],
  },
  point: { latitude: 45.4642, longitude: 9.19 },
  updatedAt: '2024-01-15T00:00:00.000Z',
});
export const krakow = aDocument('Muzeum Rękodzieła w Krakowie', {
  language: 'pl',
  texts: { 'name:': 'Kraków', summary: 'Fairs of <b>lace & linen</b>.' },
  facets: { country: ['PL'] },
});
export const loka = aDocument('Rokodelski center', { language: 'sl', texts: { 'name:': 'Škofja Loka' } });
export const burgas = aDocument('Занаятчийска улица', { language: 'bg', texts: { 'name:': 'Бургас' } });
export const partner = aDocument('Chamber of Crafts', {
  type: 'Partner',
  texts: { 'name:': 'CNA Toscana' },
  facets: { country: ['IT'], region: italian },
});
export const small = [fuse, workshops, incubator, krakow, loka, burgas, partner];

export const titles = ({ hits }: { hits: { title: string }[] }) => hits.map(({ title }) => title);
export const sortedTitles = (documents: readonly SearchDocument[]) => documents.map(({ title }) => title).toSorted();

/** An engine with these documents, for a group of tests that change nothing. */
export function filled(makeEngine: () => Promise<SearchEngine>, documents: readonly SearchDocument[]) {
  let engine: SearchEngine;
  beforeAll(async () => {
    engine = await makeEngine();
    await engine.rebuild(inBatches(documents));
  }, 120_000);
  return {
    engine: () => engine,
    search: (query: SearchQuery | string, given: Partial<SearchRequest> = {}) => engine.search(requestOf(query, given)),
    found: async (query: SearchQuery | string, given: Partial<SearchRequest> = {}) => {
      const answer = await engine.search(requestOf(query, given));
      expect(answer.total).toBe(answer.hits.length);
      return titles(answer).toSorted();
    },
  };
}
