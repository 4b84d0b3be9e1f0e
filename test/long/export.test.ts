import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase } from '../support/database.js';
import { aFolder, differing, exported, heldOf, restored } from '../support/exports.js';
import { aPractice } from '../support/factories.js';
import { exportKilledAt, left } from '../support/killed.js';
import { plant, planted } from '../support/leaks.js';
import { parityData } from '../support/parity.js';

test('an export that is killed at any of its calls leaves a whole one', { timeout: 600_000 }, async () => {
  const database = await aDatabase('seeded');
  const path = join(await aFolder(), 'export');
  const before = join(await aFolder(), 'before');
  const old = await exported(database, 'PUBLIC', before);
  await cp(before, path, { recursive: true });
  await aPractice(database, { slug: 'new' });
  const whole = await exported(database, 'PUBLIC');
  const { calls } = await exportKilledAt(database, path, 1_000_000);
  expect((await left(path)).contents).toEqual(whole);
  let isNew = 0;
  for (let point = 0; point < 20; point += 1) {
    const at = point < 10 ? Math.ceil(((point + 1) * (calls - 8)) / 10) : calls + point - 19;
    const place = `${path}-${point}`;
    await cp(before, place, { recursive: true });
    expect((await exportKilledAt(database, place, at)).ended).toBe('SIGKILL');
    const { contents } = await left(place);
    const isWhole = [whole, old].map((each) => differing(contents ?? {}, each).length === 0);
    expect(isWhole).toContain(true);
    if (isWhole[0]) isNew += 1;
    await exported(database, 'PUBLIC', place);
    expect((await left(place)).beside).toEqual([]);
  }
  // Once it stands in its place it is the new one that is whole.
  expect(isNew).toBeGreaterThan(0);
  expect(isNew).toBeLessThan(8);
});

test(
  'a database that is full of secrets comes back the same, and tells none to everyone',
  { timeout: 600_000 },
  async () => {
    const { database } = await parityData(fusedGraph(subgraphs));
    await plant(database);
    const folder = await aFolder();
    const secrets = [planted.secret, planted.mail, 'gg_'];
    for (const [reader, told] of [
      ['PUBLIC', []],
      ['ADMIN', secrets.slice(0, 2)],
    ] as const) {
      const path = join(folder, reader);
      const contents = await exported(database, reader, path);
      expect(heldOf(contents, secrets)).toEqual(told);
      expect(differing(await exported(await restored(path), reader), contents)).toEqual([]);
    }
  },
);
