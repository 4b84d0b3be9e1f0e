import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { FaultyRows, storeRows, type Stored, type Storing } from './batch.js';
import type { Candidates } from './identify.js';
import { ImportError, shortened, type Fault, type Warning } from './import-error.js';
import type { KindName } from './kinds.js';
import type { Mapping } from './mapping-file.js';
import { PlaceNames } from './place-names.js';
import { readRow, type Manner, type ReadRow } from './read-row.js';
import type { Rejects } from './rejects.js';
import type { Row } from './rows.js';
import { FirstSaid, SeenRecords } from './seen.js';

/** Any constant of ours: imports wait for each other on it, a batch at a time. */
const lock = 7_463_012_021;

/** Rows that are stored, or not, together. */
const batchSize = 500;

/** Characters of a batch, however few its rows: what is made of them takes several times as much. */
const batchLength = 400_000;

/** Examples of what is told many times. */
const shown = 20;

export interface Counts {
  created: number;
  updated: number;
  unchanged: number;
  met: number;
}

/** What an import did. */
export interface Result {
  rows: number;
  records: Partial<Record<KindName, Counts>>;
  rejected: number;
  faults: Fault[];
  /** The first of each, and how many further rows say so. */
  warnings: { count: number; examples: (Warning & { further: number })[] };
  candidates: { count: number; examples: Candidates[] };
}

export interface Running {
  em: EntityManager;
  mapping: Mapping;
  manner: Manner;
  rejects: Rejects;
  isDryRun: boolean;
  /** Told after each batch how many rows are done. */
  onRows: (rows: number) => void;
  result: Result;
}

export const emptyResult = (): Result => ({
  rows: 0,
  records: {},
  rejected: 0,
  faults: [],
  warnings: { count: 0, examples: [] },
  candidates: { count: 0, examples: [] },
});

/** After so many batches memory that nobody holds is let go of: V8 itself would let it grow to twice as much first. */
const tidyAfter = 2;

/** A function that collects garbage, which V8 shows to those who ask. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Undoes what a dry run did. */
class Undone extends Error {}

/**
 * Stores rows batch by batch, each in a transaction: a row with all its records, or not at all. A dry run is one transaction
 * that is rolled back. What is stored when the rows end early stays.
 */
export async function importRows(rows: AsyncIterable<Row[]>, running: Running): Promise<void> {
  const storing = await begin(running);
  if (!running.isDryRun) return eachBatch(rows, running.em, running, storing);
  await running.em
    .fork()
    .transactional(
      async (tx) => {
        await eachBatch(rows, tx, running, storing);
        throw new Undone();
      },
      { clear: true },
    )
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
}

/** What is known before the first row. */
export async function begin({ em, mapping }: Pick<Running, 'em' | 'mapping'>): Promise<Storing> {
  const { rows } = await sql<{ url: string | null }>`
    select url from source where ${mapping.source}::text in (slug, url)`.execute(em.getKysely<unknown>());
  const sourceUrl = rows[0] ? rows[0].url : mapping.source;
  return { mapping, sourceUrl, places: new PlaceNames(), seen: new SeenRecords(), firstSaid: new FirstSaid() };
}

async function eachBatch(
  rows: AsyncIterable<Row[]>,
  em: EntityManager,
  running: Running,
  storing: Storing,
): Promise<void> {
  let batch: Row[] = [];
  let length = 0;
  let batches = 0;
  const tidy = collector();
  const end = async (): Promise<void> => {
    const read = batch.map((row) => readRow(row, running.manner));
    batch = [];
    length = 0;
    await storeBatch(em, read, running, storing);
    batches += 1;
    if (batches % tidyAfter === 0) tidy();
  };
  try {
    for await (const part of rows)
      for (const row of part) {
        batch.push(row);
        length += lengthOf(row);
        if (batch.length >= batchSize || length >= batchLength) await end();
      }
  } catch (error) {
    // Whole rows before the place where a file cannot be read on are stored.
    if (error instanceof ImportError) await end();
    throw error;
  }
  await end();
}

const lengthOf = ({ raw }: Row): number =>
  typeof raw === 'string' ? raw.length : raw.reduce((sum, cell) => sum + cell.length, 0);

interface Rejected {
  row: Row;
  faults: Fault[];
}

/** Stores the rows that can be, in one transaction, and writes down the others before it ends. */
async function storeBatch(
  em: EntityManager,
  read: readonly ReadRow[],
  running: Running,
  storing: Storing,
): Promise<void> {
  const rejected: Rejected[] = read.filter(({ faults }) => faults.length > 0);
  let left = read.filter(({ faults }) => faults.length === 0);
  let conflicts = 0;
  while (left.length + rejected.length > 0) {
    try {
      const stored = await em.transactional(
        async (tx) => {
          await sql`select pg_advisory_xact_lock(${lock})`.execute(tx.getKysely<unknown>());
          const done = await storeRows(tx, left, storing);
          if (!running.isDryRun) await running.rejects.write(rejected.toSorted((a, b) => a.row.number - b.row.number));
          return done;
        },
        { clear: true },
      );
      em.clear();
      return note(stored, left.length, rejected, running, storing);
    } catch (error) {
      em.clear();
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (error instanceof FaultyRows) left = withoutFaulty(left, error.faults, rejected);
      else if (/^40(001|P01)$/.test(code) && conflicts++ < 5) continue;
      else if (!/^2[23]...$/.test(code)) throw error;
      else if (left.length === 1)
        left = withoutFaulty(left, [refusal(left[0]?.row.number ?? 0, error as Error)], rejected);
      else {
        // One of them is what PostgreSQL refuses: the half without it is stored.
        const middle = Math.ceil(left.length / 2);
        await storeBatch(
          em,
          [...left.slice(0, middle), ...rejected.map((each) => ({ ...each, drafts: [], warnings: [] }))],
          running,
          storing,
        );
        return storeBatch(em, left.slice(middle), running, storing);
      }
    }
  }
}

function withoutFaulty(rows: readonly ReadRow[], faults: readonly Fault[], rejected: Rejected[]): ReadRow[] {
  const byRow = Map.groupBy(faults, ({ row }) => row);
  return rows.filter((each) => {
    const own = byRow.get(each.row.number);
    if (own) rejected.push({ row: each.row, faults: own });
    return own === undefined;
  });
}

function refusal(row: number, error: Error): Fault {
  const detail = 'detail' in error && error.detail ? String(error.detail) : error.message;
  return { row, column: '', expected: 'What the database can hold beside what it holds.', found: shortened(detail) };
}

/** Adds what a batch did, which is stored now. */
function note(stored: Stored, rows: number, rejected: readonly Rejected[], running: Running, storing: Storing): void {
  const { result } = running;
  const { seen, firstSaid } = storing;
  for (const [identity, said] of stored.seen) seen.add(identity, said);
  for (const [identity, entry] of stored.entries) firstSaid.add(identity, entry);
  for (const what of ['created', 'updated', 'unchanged', 'met'] as const)
    for (const [kind, count] of stored[what]) {
      const counts = (result.records[kind] ??= { created: 0, updated: 0, unchanged: 0, met: 0 });
      counts[what] += count;
    }
  result.rows += rows + rejected.length;
  result.rejected += rejected.length;
  const inOrder = rejected.toSorted((a, b) => a.row.number - b.row.number);
  result.faults.push(...inOrder.flatMap(({ faults }) => faults).slice(0, shown - result.faults.length));
  result.candidates.count += stored.candidates.length;
  result.candidates.examples.push(...stored.candidates.slice(0, shown - result.candidates.examples.length));
  const { warnings } = result;
  warnings.count += stored.warnings.length;
  for (const warning of stored.warnings) {
    const known = warnings.examples.find(({ about }) => about === warning.about);
    if (known) known.further += 1;
    else if (warnings.examples.length < shown) warnings.examples.push({ ...warning, further: 0 });
  }
  running.onRows(result.rows);
}
