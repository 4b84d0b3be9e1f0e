import { beforeAll, expect, test } from 'vitest';
import { seedId } from '../../src/graph/ids.js';
import { aDatabase, execute, type TestDatabase } from '../support/database.js';
import { count, load } from './tiny-seeds.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase('seeded');
});

test('the seeds hold so many records and edges', async () => {
  const counts: Record<string, number> = {
    region: 4983,
    region_link: 3318,
    place: 62,
    programme: 3,
    partner: 29,
    project: 4,
    participation: 24,
    theme: 15,
    indicator: 13,
    good_practice: 37,
    measurement: 13,
    policy_instrument: 1,
    transfer: 9,
    transfer_status: 10,
    transfer_origin_place: 0,
    outcome: 0,
    source: 44,
    claim: 37,
    record_source: 5284,
    project_theme: 4,
    good_practice_region: 36,
    good_practice_place: 20,
    good_practice_theme: 14,
    transfer_practice: 10,
    transfer_origin: 10,
  };
  const found = await Promise.all(
    Object.keys(counts).map(async (table) => [table, await count(database, table)] as const),
  );
  expect(Object.fromEntries(found)).toEqual(counts);
});

test('a first load leaves one change of version 1 for every record', async () => {
  expect(await execute(database, 'select kind, version, count(*)::int from change group by 1, 2')).toEqual([
    { kind: 'CREATED', version: 1, count: 5349 },
  ]);
});

test('loading the seeds again changes nothing', async () => {
  const files = await load(database);
  expect(files).toEqual([
    { file: 'sources.yaml', entries: 44 },
    { file: 'regions/nuts-2024.tsv', entries: 1799 },
    { file: 'regions/nuts-2010-to-2024.tsv', entries: 1712 },
    { file: 'regions/nuts-2021-to-2024.tsv', entries: 1606 },
    { file: 'places.yaml', entries: 62 },
    { file: 'programmes.yaml', entries: 3 },
    { file: 'partners.yaml', entries: 29 },
    { file: 'projects.yaml', entries: 4 },
    { file: 'participations.yaml', entries: 24 },
    { file: 'themes.yaml', entries: 15 },
    { file: 'practices.yaml', entries: 37 },
    { file: 'policy-instruments.yaml', entries: 1 },
    { file: 'transfers.yaml', entries: 9 },
    { file: 'events.yaml', entries: 10 },
    { file: 'outputs.yaml', entries: 7 },
    { file: 'tasks.yaml', entries: 2 },
    { file: 'action-plans.yaml', entries: 5 },
    { file: 'claims.yaml', entries: 18 },
  ]);
  expect(await count(database, 'change')).toBe(5349);
});

test('a region stands below its parents, with its names and the id of its code', async () => {
  const rows = await execute(
    database,
    `select r.id, p.code as parent, r.scheme, r.level, r.path, r.country_code, r.iso_country_code, r."group",
       r.name_local, r.name_latin, r.name_english, r.designation_note
     from region r left join region p on p.id = r.parent_id where r.code_version = 2024 and r.code in ('ITI14', 'BG315', 'EL', 'CH0') order by r.code`,
  );
  expect(rows).toEqual([
    {
      id: seedId('rgn', 'NUTS:2024:BG315'),
      parent: 'BG31',
      scheme: 'NUTS',
      level: 3,
      path: '2024/BG/BG3/BG31/BG315/',
      country_code: 'BG',
      iso_country_code: 'BG',
      group: 'EU',
      name_local: 'Ловеч',
      name_latin: 'Lovech',
      name_english: 'Lovech',
      designation_note: null,
    },
    {
      id: seedId('rgn', 'SR:2024:CH0'),
      parent: 'CH',
      scheme: 'SR',
      level: 1,
      path: '2024/CH/CH0/',
      country_code: 'CH',
      iso_country_code: 'CH',
      group: 'EFTA',
      name_local: 'Schweiz/Suisse/Svizzera',
      name_latin: 'Schweiz/Suisse/Svizzera',
      name_english: null,
      designation_note: null,
    },
    {
      id: seedId('rgn', 'NUTS:2024:EL'),
      parent: null,
      scheme: 'NUTS',
      level: 0,
      path: '2024/EL/',
      country_code: 'EL',
      iso_country_code: 'GR',
      group: 'EU',
      name_local: 'Ελλάδα',
      name_latin: 'Elláda',
      name_english: 'Greece',
      designation_note: null,
    },
    {
      id: seedId('rgn', 'NUTS:2024:ITI14'),
      parent: 'ITI1',
      scheme: 'NUTS',
      level: 3,
      path: '2024/IT/ITI/ITI1/ITI14/',
      country_code: 'IT',
      iso_country_code: 'IT',
      group: 'EU',
      name_local: 'Firenze',
      name_latin: 'Firenze',
      name_english: 'Florence',
      designation_note: null,
    },
  ]);
});

test('every region of Kosovo says what its name leaves open, and no other does', async () => {
  const noted = await execute(
    database,
    'select country_code, count(*)::int from region where designation_note is not null group by 1',
  );
  expect(noted).toEqual([{ country_code: 'XK', count: await count(database, `region where code like 'XK%'`) }]);
});

test('INNOCRAFTS is told as its sources do', async () => {
  const rows = await execute(
    database,
    `select j.id, j.title, j.reference, g.slug as programme, j.start_date::text, j.start_date_precision, j.end_date::text,
       j.status, j.budget_amount, j.budget_currency, j.eu_contribution_amount, j.sectors, j.confidence, j.origin,
       (select array_agg(h.slug order by e.position) from project_theme e join theme h on h.id = e.theme_id where e.project_id = j.id) as themes
     from project j join programme g on g.id = j.programme_id where j.slug = 'innocrafts'`,
  );
  expect(rows).toEqual([
    {
      id: seedId('prj', 'innocrafts'),
      title: 'INNOvating entrepreneurship policies in the CRAFTS sector',
      reference: '1019R4',
      programme: 'interreg-ivc',
      start_date: '2012-01-01',
      start_date_precision: 'DAY',
      end_date: '2014-12-31',
      status: 'CLOSED',
      budget_amount: '2230494.00',
      budget_currency: 'EUR',
      eu_contribution_amount: '1741237.30',
      sectors: ['artistic and contemporary crafts', 'creative industries'],
      confidence: 'STATED',
      origin: 'REPORTED',
      themes: ['innocrafts-t1', 'innocrafts-t2', 'innocrafts-t3', 'innocrafts-t4'],
    },
  ]);
});

test('both Finnish partners have one number, and the second replaces the first', async () => {
  const rows = await execute(
    database,
    `select c.id, o.slug, c.role, c.region_code, s.partner_id as successor from participation c join partner o on o.id = c.partner_id
       join project j on j.id = c.project_id left join participation s on s.id = c.replaced_by_id
     where j.slug = 'innocrafts' and c.position = 10 order by o.slug`,
  );
  const [aalto, vaasa] = [
    'aalto-university-school-of-arts-design-and-architecture',
    'vaasa-university-of-applied-sciences',
  ];
  expect(rows).toEqual([
    {
      id: seedId('par', `innocrafts/${aalto}/PARTNER`),
      slug: aalto,
      role: 'PARTNER',
      region_code: 'FI195',
      successor: seedId('ptn', String(vaasa)),
    },
    {
      id: seedId('par', `innocrafts/${vaasa}/PARTNER`),
      slug: vaasa,
      role: 'PARTNER',
      region_code: 'FI195',
      successor: null,
    },
  ]);
});
