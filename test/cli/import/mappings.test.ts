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
const told = ({ warnings }: Done) => warnings.examples.map(({ row, column }) => `${row} ${column}`);

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

test('cordis', async () => {
  const source = 'https://cordis.europa.eu/projects';
  const first = await imported('cordis-projects', 'cordis-project.csv');
  console.log(written(first), rejected(first), told(first), await projects(source));
  const second = await imported('cordis-organizations', 'cordis-organization.csv');
  console.log(
    written(second),
    rejected(second),
    told(second),
    second.candidates.examples,
    await partners(source),
    await parts(source),
  );
  await again('cordis-projects', 'cordis-project.csv');
  await again('cordis-organizations', 'cordis-organization.csv');
});
for (const [mapping, file, source] of [
  ['horizon-dashboard', 'horizon-dashboard.csv', 'https://webgate.ec.europa.eu/dashboard/'],
  ['kohesio-beneficiaries', 'kohesio-beneficiaries.tsv', 'https://kohesio.ec.europa.eu/en/beneficiaries'],
  ['erasmus-plus-results', 'erasmus-plus-results.csv', 'https://erasmus-plus.ec.europa.eu/projects'],
] as const)
  test(mapping, async () => {
    const first = await imported(mapping, file);
    console.log(written(first), rejected(first), told(first), first.candidates.examples, first.detected);
    console.log(await projects(source), await partners(source), await parts(source));
    await again(mapping, file);
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
