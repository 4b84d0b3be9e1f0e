import { expect, test } from 'vitest';
import { anonymous } from '../../../../src/graph/context.js';
import { dependantsOf } from '../../../../src/subgraphs/discovery/search/dependant.loaders.js';
import { allDocuments, documentsOf } from '../../../../src/subgraphs/discovery/search/document.loaders.js';
import { searchedTypes } from '../../../../src/subgraphs/discovery/search/document.js';
import { aDatabase, execute, type TestDatabase } from '../../../support/database.js';
import * as a from '../../../support/factories.js';
import { fill } from '../../../support/filled.js';

const reader = (database: TestDatabase) => database.readAs(anonymous);

async function aWorld(database: TestDatabase) {
  const country = await a.aRegion(database, 'XI', { name_english: 'Ixland' });
  const inside = { country_code: 'XI', iso_country_code: 'XI', parent_id: country.id };
  const region = await a.aRegion(database, 'XI1', { ...inside, level: 1, path: '2024/XI/XI1/', name_latin: 'Norte' });
  const point = { latitude: 41.5, longitude: 2.25, point_precision: 'CITY' };
  const place = await a.aPlace(database, { name: 'Barx', region_id: region.id, ...point });
  const partner = await a.aPartner(database, {
    name_english: 'Guild',
    name_original: 'Ceh',
    acronym: 'GLD',
    region_id: region.id,
  });
  const programme = await a.aProgramme(database, { slug: 'interreg' });
  const project = await a.aProject(database, { programme_id: programme.id, acronym: 'CRAFTY' });
  const participation = await a.aParticipation(database, { project_id: project.id, partner_id: partner.id });
  const theme = await a.aTheme(database, {
    slug: 'craft',
    label: 'craft',
    alternative_labels: JSON.stringify([{ language: 'it', labels: ['artigianato'] }]),
  });
  const practice = await a.aPractice(database, {
    slug: 'looms',
    title: 'Looms',
    summary: 'Weaving.',
    lessons_learnt: 'Patience.',
    keywords: ['wool'],
    sectors: ['textiles'],
    owner_id: partner.id,
    identified_in_id: project.id,
    start_date: '2012-01-01',
    start_date_precision: 'YEAR',
    validation_level: 'EXPERT',
    updated_at: '2024-05-01T10:00:00Z',
  });
  await a.link(database, 'good_practice_place', { good_practice_id: practice.id, place_id: place.id });
  await a.link(database, 'good_practice_theme', { good_practice_id: practice.id, theme_id: theme.id });
  const transfer = await a.aTransfer(database, {
    destination_id: region.id,
    status: 'PLANNED',
    receiver_id: partner.id,
  });
  await a.link(database, 'transfer_practice', { transfer_id: transfer.id, practice_id: practice.id });
  await execute(database, `insert into translation values ($1, 'lessonsLearnt', 'it', 'Pazienza.', 'HUMAN')`, [
    practice.id,
  ]);
  return { country, region, place, partner, programme, project, participation, theme, practice, transfer };
}

test('a document holds all that is said of its record in any language, and what it mentions', async () => {
  const database = await aDatabase();
  const { practice } = await aWorld(database);
  const [document] = await documentsOf(reader(database), [practice.id]);
  expect(document).toEqual({
    id: practice.id,
    type: 'GoodPractice',
    url: '/practices/looms',
    title: 'Looms',
    language: 'en',
    texts: [
      { field: 'title', language: 'en', text: 'Looms' },
      { field: 'summary', language: 'en', text: 'Weaving.' },
      { field: 'body', language: 'en', text: 'Patience.' },
      { field: 'body', language: 'it', text: 'Pazienza.' },
      { field: 'keyword', language: 'en', text: 'textiles' },
      { field: 'keyword', language: 'en', text: 'wool' },
      { field: 'keyword', language: 'en', text: 'craft' },
      { field: 'keyword', language: 'it', text: 'artigianato' },
      { field: 'keyword', language: null, text: 'Guild' },
      { field: 'keyword', language: null, text: 'Ceh' },
      { field: 'keyword', language: null, text: 'GLD' },
      { field: 'keyword', language: null, text: 'CRAFTY' },
      { field: 'keyword', language: null, text: 'Barx' },
      { field: 'keyword', language: null, text: 'Ixland' },
      { field: 'keyword', language: null, text: 'Norte' },
      { field: 'keyword', language: null, text: 'XI' },
      { field: 'keyword', language: null, text: 'XI1' },
    ],
    facets: {
      type: ['GoodPractice'],
      country: ['XI'],
      region: ['2024/XI/XI1/'],
      theme: ['craft/'],
      sector: ['textiles'],
      year: ['2012'],
      programme: ['interreg'],
      validation: ['EXPERT'],
      status: [],
      origin: ['REPORTED'],
    },
    point: { latitude: 41.5, longitude: 2.25 },
    updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const [again] = await documentsOf(reader(database), [practice.id]);
  expect(again?.hash).toBe(document?.hash);
  await execute(database, `update partner set name_english = 'Brotherhood'`);
  const [renamed] = await documentsOf(reader(database), [practice.id]);
  expect(renamed?.hash).not.toBe(document?.hash);
});

test('what is not public gives no document, and no word to another', async () => {
  const database = await aDatabase();
  const { practice, partner, theme } = await aWorld(database);
  await execute(database, `update partner set publication_status = 'DRAFT' where id = $1`, [partner.id]);
  await execute(database, `update theme set publication_status = 'WITHDRAWN', withdrawn_reason = 'x' where id = $1`, [
    theme.id,
  ]);
  expect(await documentsOf(reader(database), [partner.id])).toEqual([]);
  const [document] = await documentsOf(reader(database), [practice.id]);
  expect(document?.texts.map(({ text }) => text)).not.toContain('Guild');
  expect(document?.texts.map(({ text }) => text)).not.toContain('artigianato');
  expect(document?.facets.theme).toEqual([]);
  expect(await documentsOf(reader(database), [theme.id])).toEqual([]);
});

test('a changed record changes the documents that speak of it', async () => {
  const database = await aDatabase();
  const world = await aWorld(database);
  const name = new Map(Object.entries(world).map(([key, { id }]) => [id, key]));
  const after = async (key: keyof typeof world) =>
    (await dependantsOf(reader(database), [world[key].id])).map((id) => name.get(id)).toSorted();
  expect(await after('practice')).toEqual(['practice', 'transfer']);
  expect(await after('partner')).toEqual(['partner', 'practice', 'project', 'transfer']);
  expect(await after('participation')).toEqual(['partner', 'project']);
  expect(await after('project')).toEqual(['partner', 'practice', 'project']);
  expect(await after('programme')).toEqual(['partner', 'practice', 'project']);
  expect(await after('theme')).toEqual(['practice', 'transfer']);
  expect(await after('place')).toEqual(['practice']);
  expect(await after('country')).toEqual(['partner', 'practice', 'project', 'transfer']);
  expect(await dependantsOf(reader(database), [])).toEqual([]);
});

test('all documents are there, each once, in batches', async () => {
  const database = await aDatabase();
  await fill(database);
  await a.aPractice(database, a.draft);
  const ids: string[] = [];
  const types = new Set<string>();
  for await (const batch of allDocuments(reader(database), 50)) {
    expect(batch.length).toBeLessThanOrEqual(50);
    for (const { id, type } of batch) {
      ids.push(id);
      types.add(type);
    }
  }
  expect([...types]).toEqual([...searchedTypes]);
  expect(new Set(ids).size).toBe(ids.length);
  const tables = ['good_practice', 'partner', 'project', 'transfer', 'event', 'output'];
  const [{ count } = { count: 0 }] = await execute<{ count: number }>(
    database,
    `select (${tables.map((table) => `(select count(*) from ${table} where publication_status = 'PUBLISHED')`).join(' + ')})::integer as count`,
  );
  expect(ids).toHaveLength(count);
});
