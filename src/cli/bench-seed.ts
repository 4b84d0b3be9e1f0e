import { sql } from 'kysely';
import type { Database } from '../database/database.js';
import { subgraphs } from '../subgraphs/subgraphs.js';
import { seedForBench, type Progress } from './bench/load.js';
import { report } from './report.js';
import { seedDatabase } from './seed.js';

interface BenchSeed {
  database: Database;
  practices: number;
  json: boolean | undefined;
  log: (message: string) => void;
}

/** Loads the seeds into an empty database, then generated records; tells how far it is on stderr, every second. */
export async function benchSeed({ database, practices, json, log }: BenchSeed): Promise<void> {
  const em = database.em();
  const { rows: found } = await sql`select from region limit 1`.execute(em.getKysely<unknown>());
  if (found.length === 0) await seedDatabase({ em: database.em(), subgraphs, log });
  const started = performance.now();
  let last: Progress = { rows: 0, share: 0 };
  const seconds = () => (performance.now() - started) / 1_000;
  const timer = setInterval(() => process.stderr.write(`${progressLine(last, seconds())}\n`), 1_000);
  try {
    const tables = await seedForBench({ em, practices, onProgress: (progress) => (last = progress) });
    const took = Math.round(seconds() * 10) / 10;
    const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
    const lines = Object.entries(tables).map(([table, count]) => `${table}: ${number(count)} rows`);
    report(
      json,
      { practices, rows, seconds: took, tables },
      [...lines, `${number(rows)} rows in ${took} s`].join('\n'),
    );
  } finally {
    clearInterval(timer);
  }
}

const number = (value: number) => Math.round(value).toLocaleString('en');

/** What the work so far says of the rest. */
function progressLine({ rows, share }: Progress, seconds: number): string {
  const left =
    share === 0 ? 'the time left is not known yet' : `about ${number((seconds / share) * (1 - share))} s left`;
  return share < 1
    ? `${number(rows)} rows, ${number(share * 100)} %, ${number(seconds)} s, ${left}`
    : `${number(rows)} rows, ${number(seconds)} s, all there; PostgreSQL takes stock of it`;
}
