import { expect, inject, test } from 'vitest';
import { killedImports } from '../../support/import-kills.js';
import { aDatabase } from '../../support/database.js';
import { connect } from '../../support/connect.js';
import { aRandom } from '../../support/random.js';
import { aFile, imported, manyMapping, manyRows, state } from './importing.js';

test('an import that is killed at three points, and run again, ends as one that nobody disturbed', async () => {
  const { wanted, ends } = await killedImports(3, 600, aRandom(8).next);
  expect(ends).toEqual([wanted, wanted, wanted]);
}, 120_000);

test('two imports at once end as one', async () => {
  const rows = manyRows(600);
  const file = await aFile('many.csv', rows);
  const [alone, shared] = [await aDatabase('seeded'), await aDatabase('seeded')];
  await imported(alone, file, manyMapping);
  const other = connect(inject('postgres'), shared.name);
  const both = await Promise.all([
    imported(shared, file, manyMapping),
    imported({ ...shared, ...other }, file, manyMapping),
  ]);
  await other.close();
  expect(await state(shared)).toEqual(await state(alone));
  expect(both.reduce((sum, { records }) => sum + (records.partner?.created ?? 0), 0)).toBe(600);
  expect(both.map(({ records }) => records.partner?.updated)).toEqual([0, 0]);
}, 60_000);
