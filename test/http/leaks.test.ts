import { expect, test } from 'vitest';
import { records } from '../../src/subgraphs/records.js';
import { execute } from '../support/database.js';
import { aHouseWithSecrets } from '../support/leaks.js';

const { database, leaks } = await aHouseWithSecrets();

test('what is hidden is in none of 200 random answers, nor in logs, errors or metrics', async () => {
  const { asked, told, found, files, seen } = await leaks(200);
  expect(found).toEqual([]);
  expect(asked).toBe(200);
  // Those who may see it do: it is there, and the answers say something.
  expect(seen).toBeGreaterThan(0);
  expect(told).toBeGreaterThan(100);
  expect(files).toBeGreaterThan(100);
}, 120_000);

test('rows that are shown to everyone are found out', async () => {
  for (const { table } of Object.values(records))
    await execute(database, `create policy hole on ${table} for select to goodgraph_public using (true)`);
  const { found } = await leaks(40);
  expect(found.join()).toMatch(/zzhidden in the answer to ANONYMOUS/);
  expect(found.join()).toMatch(/zzhidden in \/practices\.ndjson to ANONYMOUS/);
}, 120_000);
