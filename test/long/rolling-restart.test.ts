import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { runs } from '../support/process.js';

const script = fileURLToPath(new URL('../bench/rolling-restart.mjs', import.meta.url));
const { name } = await aDatabase('seeded');
const { host, port, user } = inject('postgres');
const DATABASE_URL = `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;

/** Restarts the two servers in turn under load; what the script says at its end. */
async function rolling(restarts: number, signal: string) {
  const words = [script, '--restarts', String(restarts), '--callers', '4', '--signal', signal];
  const run = runs(process.execPath, words, { DATABASE_URL });
  await run.ended;
  return JSON.parse(run.output().trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

test('two servers restarted in turn under load lose no request', { timeout: 120_000 }, async () => {
  expect(await rolling(2, 'SIGTERM')).toEqual({
    requests: expect.any(Number),
    lost: 0,
    faults: [],
    restarts: 2,
    exits: [0],
    seconds: expect.any(Number),
  });
});

test('one that is killed does lose some, and the count shows it', { timeout: 120_000 }, async () => {
  expect((await rolling(1, 'SIGKILL'))['lost']).toBeGreaterThan(0);
});
