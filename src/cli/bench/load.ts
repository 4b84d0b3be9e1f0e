import type { EntityManager } from '@mikro-orm/postgresql';
import { setImmediate } from 'node:timers/promises';
import { copyIn, lineOf, type Client } from '../bulk/copy.js';
import { prepareTables, type Tables } from '../bulk/tables.js';
import { geographyOf, type Region } from './geography.js';
import { kinds } from './kinds.js';
import { countsFor, worldOf, type Row, type World } from './world.js';

/** The database must not be filled with generated records; the message says why and what to do. */
export class BenchError extends Error {
  override name = 'BenchError';
}

export interface Progress {
  /** Rows written so far. */
  rows: number;
  /** The share of the work that is done, about. */
  share: number;
}

interface BenchSeedOptions {
  em: EntityManager;
  practices: number;
  onProgress?: (progress: Progress) => void;
}

/** Records written with one statement a table: enough that a statement costs little, few enough to hold in memory. */
const batchSize = 2_000;

/** Writing rows takes this share of the time, indexes and keys the rest. */
const writingShare = 0.5;

/**
 * Triggers that write changes and revisions, touch the record of a new part, or look up what the generator knows. Here they
 * cost nine tenths of the time: a touch finds its record new in this transaction, after a search, and a revision asks for
 * each row what it is part of. So they rest, and the generator writes the changes, as they would; a generated record has no
 * revisions. Every other trigger works.
 */
const resting = ['record_insert', 'touch_insert', 'keep_destination_code'];

/** Any constant of ours: two generators wait for each other on it, and the second finds the records of the first. */
const lock = 7_463_012_003;

/**
 * Fills a database that holds the seeds with generated records, all of origin DEMONSTRATION, in one transaction: the
 * same number of practices gives the same rows everywhere. Returns the rows written by table. Throws a BenchError.
 */
export async function seedForBench({ em, practices, onProgress }: BenchSeedOptions): Promise<Record<string, number>> {
  const pool = await em.getConnection().getNativeClient();
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [lock]);
    await refuseOthers(client);
    const world = worldOf(countsFor(practices), geographyOf(await regions(client)));
    const tables = await prepareTables(client, (trigger) => resting.includes(trigger));
    const written = await writeAll({ client, tables, world, onProgress });
    const rows = sum(written);
    await tables.rebuild((share) => onProgress?.({ rows, share: writingShare + share * (1 - writingShare) }));
    await client.query('commit');
    await client.query('vacuum analyze');
    return written;
  } finally {
    // With what is not committed.
    client.release(true);
  }
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);

interface Writing {
  client: Client;
  tables: Tables;
  world: World;
  onProgress: BenchSeedOptions['onProgress'];
}

/** Makes a batch while PostgreSQL writes the one before it. */
async function writeAll({ client, tables, world, onProgress }: Writing): Promise<Record<string, number>> {
  const written: Record<string, number> = {};
  const write = async ({ share, sheets }: Batch) => {
    for (const [table, lines] of sheets) {
      await copyIn(client, tables.copy(table), Buffer.from(lines.join('')));
      if (table !== 'change') written[table] = (written[table] ?? 0) + lines.length;
    }
    onProgress?.({ rows: sum(written), share: share * writingShare });
  };
  let writing = Promise.resolve();
  for await (const batch of batchesOf(world, tables)) {
    await writing;
    writing = write(batch);
    // Whoever waits for it next is told.
    writing.catch(() => undefined);
  }
  await writing;
  return written;
}

interface Batch {
  /** The lines of each table. */
  sheets: Map<string, string[]>;
  /** The share of the work that is done once it is written. */
  share: number;
}

/** How long rows are made at a stretch, in ms: the connection is served between stretches, or PostgreSQL would wait. */
const stretch = 3;

/** The columns that name what a row is only seen with. */
const seenWith: Readonly<Record<string, readonly string[]>> = {
  participation: ['project_id', 'partner_id'],
  measurement: ['practice_id'],
  outcome: ['transfer_id'],
  session: ['event_id'],
  event_role: ['event_id', 'session_id', 'partner_id'],
  output_update: ['output_id'],
  action: ['action_plan_id'],
  claim: ['record_id'],
};

const isOpenIn = (table: string, row: Row, closed: ReadonlySet<string>): boolean =>
  row['publication_status'] === 'PUBLISHED' && !seenWith[table]?.some((column) => closed.has(String(row[column])));

async function* batchesOf(world: World, tables: Tables): AsyncGenerator<Batch> {
  const { counts } = world;
  const whole = kinds.reduce((total, { type, rows }) => total + counts[type] * rows, 0);
  const closed = new Set<string>();
  let done = 0;
  for (const { type, rows, make } of kinds)
    for (let from = 0; from < counts[type]; from += batchSize) {
      const sheets: Batch['sheets'] = new Map();
      const put = (table: string, row: Row) => {
        const line = lineOf(tables.sheet(table, row), row);
        const lines = sheets.get(table);
        if (lines) lines.push(line);
        else sheets.set(table, [line]);
      };
      const add = (table: string, row: Row) => {
        put(table, row);
        if (!tables.areRecords(table)) return;
        const isOpen = isOpenIn(table, row, closed);
        if (!isOpen) closed.add(String(row['id']));
        const { id, origin } = row;
        put('change', { record_id: id, version: 1, kind: 'CREATED', is_open: isOpen, origin });
      };
      const to = Math.min(from + batchSize, counts[type]);
      let began = performance.now();
      for (let index = from; index < to; index += 1) {
        make(world, index, add);
        if (performance.now() - began < stretch) continue;
        await setImmediate();
        began = performance.now();
      }
      done += (to - from) * rows;
      yield { sheets, share: done / whole };
    }
}

async function regions(client: Client): Promise<Region[]> {
  const { rows } = await client.query<Region>(`
    select id, code, name_latin as name, country_code as country from region
    where scheme in ('NUTS', 'SR') and code_version = 2024 order by code`);
  if (rows.length === 0)
    throw new BenchError('The database holds no regions. Load the seeds first: npx goodgraph seed');
  return rows;
}

/** The tables whose records people enter. */
const entered = ['partner', 'project', 'good_practice', 'transfer', 'event', 'output', 'source'];

/**
 * Refuses to mix generated records with real ones. What the seeds made has ids of UUID version 5, which stands in the
 * eleventh character of an id's base32 (TypeID 0.3): `a` or `b`.
 */
async function refuseOthers(client: Client): Promise<void> {
  const found = entered.map(
    (table) => `select '${table}' as name from ${table}
      where origin <> 'DEMONSTRATION' and split_part(id, '_', 2) !~ '^.{10}[ab]'`,
  );
  const { rows } = await client.query<{ name: string; generated: boolean }>(`
    select name, false as generated from (${found.join(' union all ')} limit 1) o
    union all select slug, true from programme where slug = 'generated-programme-1'`);
  const [first] = rows;
  const elsewhere = 'Name an empty database or folder: DATABASE_URL, or DATA_DIR=/tmp/goodgraph-bench';
  if (first?.generated)
    throw new BenchError(`This database holds generated records already; it takes no second set. ${elsewhere}`);
  if (first) throw new BenchError(`This database holds records that people entered (${first.name}). ${elsewhere}`);
}
