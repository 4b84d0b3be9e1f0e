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
    region: 1798,
    place: 25,
    programme: 2,
    partner: 22,
    project: 2,
    participation: 18,
    theme: 15,
    indicator: 13,
    good_practice: 23,
    measurement: 13,
    transfer: 9,
    outcome: 0,
    project_theme: 4,
    good_practice_region: 23,
    good_practice_place: 11,
    good_practice_theme: 14,
    transfer_practice: 10,
    transfer_origin: 10,
  };
  const found = await Promise.all(
    Object.keys(counts).map(async (table) => [table, await count(database, table)] as const),
  );
  expect(Object.fromEntries(found)).toEqual(counts);
});

test('the seeds hold every level of NUTS 2024', async () => {
  const levels = await execute(database, 'select level, count(*)::int from region group by level order by level');
  expect(levels.map(({ count: regions }) => regions)).toEqual([39, 115, 299, 1345]);
});

test('a first load leaves one change of version 1 for every record', async () => {
  expect(await execute(database, 'select kind, version, count(*)::int from change group by 1, 2')).toEqual([
    { kind: 'CREATED', version: 1, count: 1940 },
  ]);
});

test('loading the seeds again changes nothing', async () => {
  const files = await load(database);
  expect(files).toEqual([
    { file: 'regions/nuts-2024.tsv', entries: 1798 },
    { file: 'places.yaml', entries: 25 },
    { file: 'programmes.yaml', entries: 2 },
    { file: 'partners.yaml', entries: 22 },
    { file: 'projects.yaml', entries: 2 },
    { file: 'participations.yaml', entries: 18 },
    { file: 'themes.yaml', entries: 15 },
    { file: 'practices.yaml', entries: 23 },
    { file: 'transfers.yaml', entries: 9 },
  ]);
  expect(await count(database, 'change')).toBe(1940);
});

test('a region stands below its parents, with its names and the id of its code', async () => {
  const rows = await execute(
    database,
    `select r.id, p.code as parent, r.scheme, r.level, r.path, r.country_code, r.iso_country_code, r."group",
       r.name_local, r.name_latin, r.name_english, r.designation_note
     from region r left join region p on p.id = r.parent_id where r.code in ('ITI14', 'BG315', 'EL', 'CH0') order by r.code`,
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

test('FUSE is told with what it cost and where it is', async () => {
  const rows = await execute(
    database,
    `select g.id, g.title, o.slug as owner, g.start_date::text, g.start_date_precision, g.is_ongoing, g.ongoing_as_of::text,
       g.ongoing_as_of_precision, g.cost_amount, g.cost_currency, g.cost_basis, r.code as region, p.slug as place
     from good_practice g join partner o on o.id = g.owner_id join good_practice_region e on e.good_practice_id = g.id
       join region r on r.id = e.region_id join good_practice_place f on f.good_practice_id = g.id join place p on p.id = f.place_id
     where g.slug = 'fuse'`,
  );
  expect(rows).toEqual([
    {
      id: seedId('gp', 'fuse'),
      title: 'FUSE',
      owner: 'design-and-crafts-council-of-ireland',
      start_date: '2012-01-01',
      start_date_precision: 'YEAR',
      is_ongoing: true,
      ongoing_as_of: '2014-01-01',
      ongoing_as_of_precision: 'YEAR',
      cost_amount: '20000.00',
      cost_currency: 'EUR',
      cost_basis: 'facilities support funding',
      region: 'IE052',
      place: 'kilkenny',
    },
  ]);
});

test('the published figures of Empremtes keep their order', async () => {
  const rows = await execute(
    database,
    `select m.id, i.name, i.unit, m.achieved, m.qualifier, m.achieved_on::text as day, m.achieved_on_precision as precision, m.source_url = g.source_url as same_source
     from measurement m join indicator i on i.id = m.indicator_id join good_practice g on g.id = m.practice_id
     where g.slug = 'empremtes-de-catalunya' order by m.position`,
  );
  const id = (key: string) => seedId('mea', `empremtes-de-catalunya/${key}`);
  const undated = { day: null, precision: null, same_source: true };
  expect(rows).toEqual([
    {
      id: id('companies-involved-in-both-programmes/0'),
      name: 'companies involved in both programmes',
      unit: 'companies',
      achieved: '160',
      qualifier: 'EXACT',
      ...undated,
    },
    {
      id: id('jobs-concerned/1'),
      name: 'jobs concerned',
      unit: 'jobs',
      achieved: '325',
      qualifier: 'ABOUT',
      ...undated,
    },
    {
      id: id('store-sales-growth-2012-over-2011/2'),
      name: 'store sales growth 2012 over 2011',
      unit: 'percent',
      achieved: '25',
      qualifier: 'MORE_THAN',
      day: '2012-01-01',
      precision: 'YEAR',
      same_source: true,
    },
    {
      id: id('exhibitions-held-across-catalonia/3'),
      name: 'exhibitions held across Catalonia',
      unit: 'exhibitions',
      achieved: '27',
      qualifier: 'EXACT',
      ...undated,
    },
  ]);
});

test('one transfer carries two practices from two countries, in the order of the file', async () => {
  const rows = await execute(
    database,
    `select t.kind, t.status, t.reported_on::text, d.code as destination, o.slug as receiver,
       (select array_agg(g.slug order by e.position) from transfer_practice e join good_practice g on g.id = e.practice_id where e.transfer_id = t.id) as practices,
       (select array_agg(r.code order by e.position) from transfer_origin e join region r on r.id = e.region_id where e.transfer_id = t.id) as origins
     from transfer t join region d on d.id = t.destination_id join partner o on o.id = t.receiver_id where t.slug = 'creaction-and-makex-to-spain'`,
  );
  expect(rows).toEqual([
    {
      kind: 'INSPIRATION',
      status: 'PLANNED',
      reported_on: '2023-04-27',
      destination: 'ES',
      receiver: 'eoi-fundesarte',
      practices: ['creaction', 'makex'],
      origins: ['FI', 'IT'],
    },
  ]);
});
