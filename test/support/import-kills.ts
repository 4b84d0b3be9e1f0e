import { setTimeout as later } from 'node:timers/promises';
import { aFile, imported, manyMapping, manyRows, state } from '../cli/import/importing.js';
import { urlOf } from './app.js';
import { aDatabase, type TestDatabase } from './database.js';
import { goodgraph } from './process.js';

/**
 * Kills an import at random points, each time on a fresh database, and lets it run to its end then: everything must be as it is
 * after one run that nobody disturbs, down to the versions. Tells
 * how often something was stored already when it was killed.
 */
export async function killedImports(points: number, rows: number, random: () => number) {
  const file = await aFile('many.csv', manyRows(rows));
  const map = await aFile('many.yaml', manyMapping);
  const whole = await aDatabase('seeded');
  const before = (await state(whole)).length;
  const started = performance.now();
  await imported(whole, file, manyMapping);
  const duration = performance.now() - started;
  const wanted = await state(whole);
  const ends: unknown[][] = [];
  let begun = 0;
  for (let point = 0; point < points; point++) {
    const database = await aDatabase('seeded');
    await killed(database, file, map, random() * duration);
    if ((await state(database)).length > before) begun += 1;
    await imported(database, file, manyMapping);
    ends.push(await state(database));
  }
  return { wanted, ends, begun };
}

async function killed(database: TestDatabase, file: string, map: string, after: number): Promise<void> {
  const running = goodgraph(['import', file, '--map', map], { DATABASE_URL: urlOf(database), LOG_LEVEL: 'info' });
  await running.says(/encoding: /);
  await later(after);
  running.child.kill('SIGKILL');
  await running.ended;
}
