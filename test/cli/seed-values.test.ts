import { expect, test } from 'vitest';
import { seedId } from '../../src/graph/ids.js';
import { aDatabase, execute } from '../support/database.js';

const database = await aDatabase('seeded');

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
      id: id('jobs-concerned/0'),
      name: 'jobs concerned',
      unit: 'jobs',
      achieved: '325',
      qualifier: 'ABOUT',
      ...undated,
    },
    {
      id: id('store-sales-growth-2012-over-2011/0'),
      name: 'store sales growth 2012 over 2011',
      unit: 'percent',
      achieved: '25',
      qualifier: 'MORE_THAN',
      day: '2012-01-01',
      precision: 'YEAR',
      same_source: true,
    },
    {
      id: id('exhibitions-held-across-catalonia/0'),
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
