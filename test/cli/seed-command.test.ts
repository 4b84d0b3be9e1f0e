import { expect, inject, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { goodgraph, type Running } from '../support/process.js';
import { count } from './tiny-seeds.js';

const { host, port, user } = inject('postgres');
const database = await aDatabase('seeded');
const url = `postgresql://${user}@localhost:${port}/${database.name}?host=${encodeURIComponent(host)}`;

/** Runs a command on the seeded database until it ends, or until it says this. */
async function run(words: string[], environment: Record<string, string>, until?: RegExp): Promise<Running> {
  const running = goodgraph(words, { DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'info', ...environment });
  if (until) {
    await running.says(until);
    running.child.kill('SIGINT');
  }
  expect(await running.ended).toBe(0);
  return running;
}

const notice = 'This database holds demonstration records: made up to show features, never facts.';
const warning = (text: string) => new RegExp(`"level":40,[^\\n]*${text}`);

test('a start adds nothing to a database that is filled, and says what would add the demonstration', async () => {
  const started = await run(['start'], { SEED: 'demo' }, /answers at/);
  expect(started.output()).toMatch(warning('goodgraph seed --seed demo adds it'));
  expect(await count(database, 'transfer')).toBe(9);
});

test('SEED=none loads nothing, and says so', async () => {
  const json = await run(['seed', '--json'], { SEED: 'none', LOG_LEVEL: 'warn' });
  expect(JSON.parse(json.output())).toEqual({ files: [], demonstration: false });
  const text = await run(['seed', '--seed', 'none'], {});
  expect(text.output()).toContain("SEED is 'none': nothing was loaded.");
});

test(
  'the command adds the demonstration, and says so from then on; so does every start',
  { timeout: 60_000 },
  async () => {
    const added = await run(['seed', '--seed', 'demo'], {});
    expect(added.output()).toContain('demonstration/transfers.yaml: 15 entries');
    expect(added.output()).toContain(notice);
    expect(await count(database, 'transfer')).toBe(24);
    const real = await run(['seed', '--json'], { LOG_LEVEL: 'warn' });
    expect(JSON.parse(real.output())).toMatchObject({ demonstration: true });
    const started = await run(['start'], {}, /answers at/);
    expect(started.output()).toMatch(warning(notice));
  },
);
