import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/reindex.js';
import { urlOf } from '../support/app.js';
import { aDatabase, execute } from '../support/database.js';
import { aPractice } from '../support/factories.js';
import { goodgraph } from '../support/process.js';
import { engineOf, found, relayAll } from '../support/search-upkeep.js';

const database = await aDatabase();
const engine = engineOf(database);
const environment = { DATABASE_URL: urlOf(database), LOG_LEVEL: 'warn' };

async function run(...words: string[]) {
  const { ended, output } = goodgraph(words, environment);
  return { code: await ended, output: output() };
}

test('reindex --check tells what differs and reindex mends it', { timeout: 120_000 }, async () => {
  const { id } = await aPractice(database, { title: 'Lacquer' });
  await relayAll(database, engine);
  expect(await run('reindex', '--check')).toEqual({
    code: 0,
    output: 'postgresql: all 1 documents are as the records say.\n',
  });
  await engine.remove([id]);
  expect(await run('reindex', '--check')).toEqual({
    code: 1,
    output: `postgresql: 1 missing: ${id}\npostgresql: goodgraph reindex builds it anew.\n`,
  });
  const told = await run('reindex', '--check', '--json');
  expect(told.code).toBe(1);
  expect(JSON.parse(told.output)).toEqual({
    targets: [{ target: 'postgresql', documents: 1, missing: [id], stale: [], leftOver: [] }],
  });
  const built = await run('reindex', '--json');
  expect(JSON.parse(built.output)).toEqual({
    built: [{ target: 'postgresql', documents: 1, seconds: expect.any(Number) as number }],
  });
  expect(await found(engine, 'lacquer')).toEqual([id]);
});

test('search redrive gives an engine again what it refused', { timeout: 120_000 }, async () => {
  const { id } = await aPractice(database, { title: 'Mosaic' });
  await execute(database, `insert into search_quarantine values ('postgresql', $1, 'It was too large.')`, [id]);
  expect(await run('search', 'redrive')).toEqual({ code: 0, output: 'postgresql: 1 taken, 0 refused again\n' });
  expect(await found(engine, 'mosaic')).toEqual([id]);
  expect(await execute(database, 'select from search_quarantine')).toEqual([]);
});

test('a reindex that is killed leaves the index that answers as it is', { timeout: 120_000 }, async () => {
  const { id } = await aPractice(database, { title: 'Ceramics' });
  await relayAll(database, engine);
  await execute(
    database,
    `insert into good_practice (id, slug, title, description)
     select 'gp_0' || lpad(n::text, 25, '0'), 'bulk-' || n, 'Bulk ' || n, repeat('clay ', 50) from generate_series(1, 20000) n`,
  );
  const { child, says, ended } = goodgraph(['reindex'], { ...environment, LOG_LEVEL: 'info' });
  await says(/ of 20,\d+ documents/);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  expect(await found(engine, 'ceramics')).toEqual([id]);
  expect(await found(engine, 'bulk')).toEqual([]);
});

test.each([
  [{ documents: 0, of: 0 }, 1, '0 of 0 documents, 1 s, the time left is not known yet'],
  [{ documents: 1_000, of: 5_000 }, 2, '1,000 of 5,000 documents, 2 s, about 8 s left'],
  [{ documents: 5_000, of: 5_000 }, 10, '5,000 of 5,000 documents, 10 s, all read; the engine makes the index ready'],
])('progress of %o after %i s', (progress, seconds, line) => {
  expect(progressLine(progress, seconds)).toBe(line);
});
