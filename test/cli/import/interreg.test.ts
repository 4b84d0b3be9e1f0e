import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importInto } from '../../../src/cli/import.js';
import { aDatabase, execute } from '../../support/database.js';
import { state } from './importing.js';

/** Beside the project, as other data that is not ours to ship. */
const file = fileURLToPath(new URL('../../../../shared/data/interreg-partners-2021-27.json', import.meta.url));
const map = fileURLToPath(new URL('../../../examples/mappings/interreg-sweden.yaml', import.meta.url));
const isThere = existsSync(file);
if (!isThere) console.warn(`NOT TESTED: the Swedish Interreg file is not at ${file}.`);

const none = { created: 0, updated: 0, unchanged: 0, met: 0 };

test.runIf(isThere)('the Swedish Interreg file is in as a whole, and a second time changes nothing', async () => {
  const database = await aDatabase('seeded');
  const imported = () => importInto({ database, file, map, rejects: '/dev/null' });
  const first = await imported();
  expect({ rows: first.rows, rejected: first.rejected, records: first.records }).toEqual({
    rows: 1_196,
    rejected: 17,
    records: {
      programme: { ...none, created: 10 },
      project: { ...none, created: 585 },
      partner: { ...none, created: 588 },
      // 1,179 rows with a name, of which two pairs are the same part.
      participation: { ...none, created: 1_177 },
    },
  });
  expect(first.faults.map(({ column }) => column)).toEqual(Array.from({ length: 17 }, () => 'organisationsnamn'));
  const regions = await execute(
    database,
    `select length(c.region_code) - 2 as level, count(*)::int as parts from participation c
     join region r on r.code = c.region_code and r.code_version = 2024 and r.country_code = 'SE'
     join programme p on p.id = (select programme_id from project where id = c.project_id)
     where p.start_year = 2021 and p.end_year = 2027 group by 1 order by 1`,
  );
  // Seven rows tell no region of level 3; one of them one of level 2.
  expect(regions).toEqual([
    { level: 0, parts: 6 },
    { level: 2, parts: 1 },
    { level: 3, parts: 1_170 },
  ]);
  const alike = first.candidates.examples.map(({ name }) => name);
  expect(first.candidates.count).toBe(34);
  expect(alike).toEqual(expect.arrayContaining(['Energikontor Syd AB', 'Lindholmen Science Park', 'Västervik kommun']));

  const before = await state(database);
  const second = await imported();
  expect(second.rejected).toBe(17);
  expect(second.records).toEqual({
    programme: { ...none, unchanged: 10 },
    project: { ...none, unchanged: 585 },
    partner: { ...none, unchanged: 588 },
    participation: { ...none, unchanged: 1_177 },
  });
  expect(await state(database)).toEqual(before);
});
