import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aFile, aFolder } from '../cli/import/importing.js';
import { urlOf } from '../support/app.js';
import { aDatabase } from '../support/database.js';
import { killedImports } from '../support/import-kills.js';
import { goodgraph } from '../support/process.js';
import { aRandom } from '../support/random.js';

test('an import that is killed at twenty points, and run again, ends as one that nobody disturbed', async () => {
  const { wanted, ends, begun } = await killedImports(20, 5_000, aRandom(20).next);
  expect(ends).toEqual(Array.from({ length: 20 }, () => wanted));
  expect(begun).toBeGreaterThan(0);
}, 1_800_000);

const size = 200_000_000;

/** A table of so many bytes whose rows tell of few records: what grows with a file is what reads it. */
async function aLargeFile(): Promise<string> {
  const path = `${await aFolder()}/large.csv`;
  const out = createWriteStream(path);
  const filling = 'x'.repeat(4_000);
  out.write('id,name,nuts,filling\n');
  for (let row = 0, bytes = 0; bytes < size; row++) {
    const line = `${row % 1_000},Stelle ${row % 1_000},AT13,${filling}\n`;
    bytes += line.length;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return path;
}

test('a file of 200 MB is read in no more memory than 250 MB', async () => {
  const database = await aDatabase('seeded');
  const map = await aFile(
    'large.yaml',
    `
source: https://example.org/large.csv
records:
  partner: { key: id, fields: { nameOriginal: name, region: { region: { code: nuts } } } }
`,
  );
  const file = await aLargeFile();
  const running = goodgraph(['import', file, '--map', map], { DATABASE_URL: urlOf(database), LOG_LEVEL: 'info' });
  let most = 0;
  let isRunning = true;
  void running.ended.then(() => (isRunning = false));
  while (isRunning) {
    const status = await readFile(`/proc/${running.child.pid}/status`, 'utf8').catch(() => '');
    most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    await later(100);
  }
  expect(running.output()).toMatch(/0 rejected/);
  expect(most / 1_024).toBeGreaterThan(0);
  expect(most / 1_024).toBeLessThan(250);
}, 900_000);
