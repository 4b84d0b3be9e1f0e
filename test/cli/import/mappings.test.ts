import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importInto } from '../../../src/cli/import.js';
import type { Done } from '../../../src/cli/import/summary.js';
import { aDatabase, execute } from '../../support/database.js';
import { aFile, aName, state } from './importing.js';

const mappings = fileURLToPath(new URL('../../../examples/mappings', import.meta.url));
const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const database = await aDatabase('seeded');

/** Imports a fixture, or the file of that path, through an example's mapping. */
const imported = (mapping: string, file: string): Promise<Done> =>
  importInto({
    database,
    file: file.startsWith('/') ? file : join(fixtures, file),
    map: join(mappings, `${mapping}.yaml`),
    rejects: '/dev/null',
  });

/** How many of each kind were created, changed, and met under another name. */
const written = ({ records }: Done) =>
  Object.fromEntries(
    Object.entries(records).map(([kind, { created, updated, met }]) => [kind, [created, updated, met]]),
  );

/** Where rows were rejected, and what was told of the others. */
const rejected = ({ faults }: Done) => faults.map(({ row, column, found }) => `${row} ${column}: ${found}`);
const told = ({ warnings }: Done) => warnings.examples.map(({ row, column }) => `${row} ${column}`).toSorted();

/** A second time nothing may be written. */
async function again(mapping: string, file: string): Promise<void> {
  const before = await state(database);
  const done = await imported(mapping, file);
  for (const counts of Object.values(written(done))) expect(counts.slice(0, 2)).toEqual([0, 0]);
  expect(await state(database)).toEqual(before);
}

/** Organisations of a source: name, type, region, and the numbers, address or state that they have. */
async function partners(source: string): Promise<string[]> {
  const rows = await execute<{ told: string }>(
    database,
    `select concat_ws(' | ', o.name_original, o.acronym, o.type, r.code, o.website, nullif(o.publication_status, 'PUBLISHED'),
       (select string_agg(concat_ws(' ', i ->> 'scheme', i ->> 'value'), ', ') from jsonb_array_elements(o.identifiers) i)) as told
     from partner o left join region r on r.id = o.region_id where o.source_url = $1 order by o.name_original, o.id`,
    [source],
  );
  return rows.map((row) => row.told);
}

/** Their parts in projects. */
async function parts(source: string): Promise<string[]> {
  const rows = await execute<{ told: string }>(
    database,
    `select concat_ws(' | ', j.acronym, c.position, o.name_original, c.role, c.budget_amount) as told from participation c
     join project j on j.id = c.project_id join partner o on o.id = c.partner_id where c.source_url = $1
     order by j.start_date, c.position nulls first, o.name_original`,
    [source],
  );
  return rows.map((row) => row.told);
}

async function projects(source: string): Promise<string[]> {
  const rows = await execute<{ told: string }>(
    database,
    `select concat_ws(' | ', p.name, j.acronym, j.title, j.start_date || ' to ' || coalesce(j.end_date::text, '?'), j.budget_amount,
       j.eu_contribution_amount, j.objective, j.aim, array_to_string(j.sectors || j.context_tags, ', '), j.website) as told
     from project j join programme p on p.id = j.programme_id where j.source_url = $1 order by j.start_date`,
    [source],
  );
  return rows.map((row) => row.told);
}

test('CORDIS: PICs tell organisations, older regions lead to those of today, and what a file lacks is told', async () => {
  const source = 'https://cordis.europa.eu/projects';
  const first = await imported('cordis-projects', 'cordis-project.csv');
  expect([written(first), rejected(first), told(first)]).toEqual([
    { programme: [2, 0, 0], project: [3, 0, 0] },
    [],
    ['3 endDate'],
  ]);
  expect(await projects(source)).toEqual([
    'Horizon 2020 | Lacquer of the north | Lacquer of the north | 2016-05-01 to ? | 99999.00 | Lacquer.\nAnd time. | ',
    'Horizon Europe | GLASBLÅS | Blowing glass; with less heat | 2023-01-01 to 2025-12-31 | 2502001.00 | 1500000.50 | Glass is "blown".\nAt home. | ',
    'Horizon Europe | CROWD | Many hands | 2024-01-01 to 2028-12-31 | 1.50 | 1.00 | ',
  ]);
  const second = await imported('cordis-organizations', 'cordis-organization.csv');
  expect([written(second), rejected(second), told(second)]).toEqual([
    { project: [0, 0, 2], partner: [5, 0, 0], participation: [6, 0, 0] },
    ['8 projectID: 900000009', '9 role: onlooker'],
    [
      '3 name',
      '3 organisationID, vatNumber',
      '4 organizationURL',
      '5 nutsCode, country',
      '5 organisationID, vatNumber',
    ],
  ]);
  // A namesake has another PIC, and so is another.
  expect(second.candidates.examples.map(({ row, name }) => [row, name])).toEqual([[7, 'Lacquer Museum']]);
  expect(await partners(source)).toEqual([
    'GLASBRUKET I KOSTADALEN AB | GLAS | SME | SE212 | http://glas.example.org | PIC 999100001, VAT SE556000000101',
    'Kerámia Kutató Intézet | HIGHER_EDUCATION_RESEARCH | HU110 | PIC 999100002',
    'Lacquer Museum | UK | PIC 999100004, VAT GB123456789',
    'Lacquer Museum | UK | PIC 999100005',
    'Midland Weaving Trust | OTHER | IE | PIC 999100003',
  ]);
  expect(await parts(source)).toEqual([
    'Lacquer of the north | 1 | Lacquer Museum | LEAD_PARTNER | 20.00',
    'Lacquer of the north | 2 | GLASBRUKET I KOSTADALEN AB | PARTNER | 750.25',
    'GLASBLÅS | 1 | GLASBRUKET I KOSTADALEN AB | LEAD_PARTNER | 2001.00',
    'GLASBLÅS | 2 | Kerámia Kutató Intézet | PARTNER | 500000.00',
    'GLASBLÅS | 3 | Midland Weaving Trust | ASSOCIATED',
    'GLASBLÅS | 4 | Lacquer Museum | THIRD_PARTY | 10.00',
  ]);
  await again('cordis-projects', 'cordis-project.csv');
  await again('cordis-organizations', 'cordis-organization.csv');
});

test('the Horizon Dashboard: acronyms are used again, and organisations of CORDIS are met by their PIC', async () => {
  const source = 'https://webgate.ec.europa.eu/dashboard/';
  const done = await imported('horizon-dashboard', 'horizon-dashboard.csv');
  expect([written(done), rejected(done), told(done)]).toEqual([
    { programme: [2, 0, 0], project: [3, 0, 0], partner: [4, 0, 1], participation: [6, 0, 0] },
    [],
    ['6 Legal Name', '7 PIC', '7 Project End Date'],
  ]);
  expect(await projects(source)).toEqual([
    'Horizon 2020 | LOOMS | LOOMS | 2016-03-15 to 2018-03-14 | ',
    'Horizon 2020 | SPINDLE | SPINDLE | 2019-01-01 to ? | ',
    'Horizon Europe | LOOMS | LOOMS | 2024-02-01 to 2027-01-31 | ',
  ]);
  expect(await partners(source)).toEqual([
    'FILATURE DU LAC SAS | ENTERPRISE | FRK28',
    'OY VERKATEHDAS AB | ENTERPRISE | FI19A | PIC 999200002',
    'PANNI PREGIATI S.R.L. | ENTERPRISE | ITC13 | PIC 999200003',
    'TEKSTIILI KESKUS MTÜ | OTHER | EE001 | PIC 999200001',
  ]);
  expect(await parts(source)).toEqual([
    'LOOMS | OY VERKATEHDAS AB | LEAD_PARTNER | 1000.00',
    'SPINDLE | FILATURE DU LAC SAS | PARTNER | 12.50',
    'LOOMS | GLASBRUKET I KOSTADALEN AB | PARTNER | 5.00',
    'LOOMS | OY VERKATEHDAS AB | PARTNER | 98765.00',
    'LOOMS | PANNI PREGIATI S.R.L. | ASSOCIATED | 0.00',
    'LOOMS | TEKSTIILI KESKUS MTÜ | LEAD_PARTNER | 1234567.50',
  ]);
  await again('horizon-dashboard', 'horizon-dashboard.csv');
});

test('Kohesio: regions in several languages, organisations as drafts, and nobody merged by a transliteration', async () => {
  const done = await imported('kohesio-beneficiaries', 'kohesio-beneficiaries.tsv');
  expect([written(done), rejected(done), told(done)]).toEqual([
    { partner: [8, 0, 0] },
    ['5 Beneficiary Name: Cooperativa del Mimbre\\nde la Ribera', '10 Beneficiary Name: -'],
    ['11 Region', '6 Region'],
  ]);
  expect(done.candidates.examples.map(({ row, name }) => [row, name])).toEqual([[7, 'Winkler Drechslerei GmbH']]);
  expect(await partners('https://kohesio.ec.europa.eu/en/beneficiaries')).toEqual([
    'Atelier des Cuirs d’Aoste | ITC20 | DRAFT',
    'Folklorna kashta Tryavna | BG322 | DRAFT',
    'Koren Lončarstvo | DRAFT',
    'Kunsthandwerk Bozen Gen.m.b.H. | ITH1 | DRAFT',
    'Winkler Drechslerei | DRAFT',
    'Winkler Drechslerei GmbH | DRAFT',
    'Εργαστήριο Κεραμικής Αίγινας | EL3 | DRAFT',
    'Фолклорна къща Трявна | BG322 | DRAFT',
  ]);
  await again('kohesio-beneficiaries', 'kohesio-beneficiaries.tsv');
});

test('Erasmus+ results: a coordinator and partners side by side, the day first, a comma for decimals', async () => {
  const source = 'https://erasmus-plus.ec.europa.eu/projects';
  const done = await imported('erasmus-plus-results', 'erasmus-plus-results.csv');
  expect([written(done), rejected(done), told(done)]).toEqual([
    { programme: [0, 0, 1], project: [2, 0, 0], partner: [4, 0, 1], participation: [6, 0, 0] },
    [],
    [
      '2 Partner 2 website',
      '2 Partner 3 organisation type',
      '2 Partner 3 website',
      '2 Project Website',
      '3 Partner 2 region, Partner 2 country',
    ],
  ]);
  expect(await projects(source)).toEqual([
    'Erasmus+ | Baskets for all | Baskets for all | 2019-09-01 to 2021-08-31 | 123456.00 | Weaving.\nAnd learning. | Crafts, Adult learning, Erasmus+ good practice',
    'Erasmus+ | Rope | Rope | 2020-10-13 to 2022-10-12 | 1.00 | Crafts',
  ]);
  expect(await partners(source)).toEqual([
    'Cestería del Sur | SME | ES61',
    'Korbmacherschule Übersee | HIGHER_EDUCATION_RESEARCH | DE21 | http://korb.example.org',
    'Köysitehdas | LOCAL_PUBLIC_AUTHORITY | FI',
    'Vannerie Nîmoise | INTEREST_GROUP_NGO | FRJ1',
  ]);
  expect(await parts(source)).toEqual([
    'Baskets for all | Korbmacherschule Übersee | LEAD_PARTNER',
    'Baskets for all | 1 | Cestería del Sur | PARTNER',
    'Baskets for all | 2 | Vannerie Nîmoise | PARTNER',
    'Baskets for all | 3 | Korbmacherschule Übersee | PARTNER',
    'Rope | Cestería del Sur | LEAD_PARTNER',
    'Rope | 2 | Köysitehdas | PARTNER',
  ]);
  await again('erasmus-plus-results', 'erasmus-plus-results.csv');
});

test('one project with 383 partners', async () => {
  const columns =
    'projectID;organisationID;name;country;nutsCode;order;role;totalCost;shortName;activityType;SME;vatNumber;organizationURL';
  const rows = Array.from(
    { length: 383 },
    (_, index) =>
      `900000003;${999_300_001 + index};${aName(index)};AT;AT130;${index + 1};${index === 0 ? 'coordinator' : 'participant'};;;;;;`,
  );
  const file = await aFile('organization.csv', `${[columns, ...rows].join('\n')}\n`);
  const done = await imported('cordis-organizations', file);
  expect(done.rejected).toBe(0);
  const [found] = await execute(
    database,
    `select count(*)::int as parts, max(position) as last from participation c join project j on j.id = c.project_id
     where j.acronym = 'CROWD'`,
  );
  expect(found).toEqual({ parts: 383, last: 383 });
  await again('cordis-organizations', file);
});
