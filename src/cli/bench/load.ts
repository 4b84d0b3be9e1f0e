import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type Kysely } from 'kysely';
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

/** Records written in one statement a table: enough that a statement costs little, few enough to hold in memory. */
const batchSize = 2_000;

/** Writing rows takes this share of the time, indexes and keys the rest. */
const writingShare = 0.65;

/** Any constant of ours: two generators wait for each other on it, and the second finds the records of the first. */
const lock = 7_463_012_003;

/**
 * Fills a database that holds the seeds with generated records, all of origin DEMONSTRATION, in one transaction: the
 * same number of practices gives the same rows everywhere. Returns the rows written by table. Throws a BenchError.
 */
export async function seedForBench({ em, practices, onProgress }: BenchSeedOptions): Promise<Record<string, number>> {
  const written = await em.transactional(async (tx) => {
    const db = tx.getKysely<unknown>();
    await sql`select pg_advisory_xact_lock(${lock})`.execute(db);
    await refuseOthers(db);
    const world = worldOf(countsFor(practices), geographyOf(await regions(db)));
    const records = new Set(await tablesWith(db, 'record_insert'));
    await setTriggers(db, 'disable');
    const rebuild = await withoutKeys(db);
    const rowsOf: Record<string, number> = {};
    const write = async ({ tables, share }: Batch) => {
      for (const [table, rows] of tables) {
        await insert(db, table, rows, records.has(table));
        rowsOf[table] = (rowsOf[table] ?? 0) + rows.length;
      }
      onProgress?.({ rows: Object.values(rowsOf).reduce((sum, count) => sum + count, 0), share: share * writingShare });
    };
    // A batch is made while PostgreSQL writes the one before it.
    let writing = Promise.resolve();
    for (const batch of batchesOf(world)) {
      await writing;
      writing = write(batch);
    }
    await writing;
    const rows = Object.values(rowsOf).reduce((sum, count) => sum + count, 0);
    await rebuild((share) => onProgress?.({ rows, share: writingShare + share * (1 - writingShare) }));
    await setTriggers(db, 'enable');
    return rowsOf;
  });
  await sql`vacuum analyze`.execute(em.getKysely<unknown>());
  return written;
}

interface Batch {
  /** Tables in the order in which their rows may be written. */
  tables: Map<string, Row[]>;
  /** The share of the work that is done once it is written. */
  share: number;
}

function* batchesOf(world: World): Generator<Batch> {
  const { counts } = world;
  const whole = kinds.reduce((sum, { type, rows }) => sum + counts[type] * rows, 0);
  let done = 0;
  for (const { type, rows, make } of kinds)
    for (let from = 0; from < counts[type]; from += batchSize) {
      const tables: Batch['tables'] = new Map();
      const add = (table: string, row: Row) => void (tables.get(table)?.push(row) ?? tables.set(table, [row]));
      const to = Math.min(from + batchSize, counts[type]);
      for (let index = from; index < to; index += 1) make(world, index, add);
      done += (to - from) * rows;
      yield { tables, share: done / whole };
    }
}

/**
 * Triggers that write changes and revisions, or touch the record of a new part. Here they cost nine tenths of the time:
 * a touch finds its record new in this transaction, after a search, and a revision asks for each row what it is part
 * of. So they rest, and `insert` writes the changes, as they would; a generated record has no revisions. Every other
 * trigger and every constraint works. The owner of the tables may do this, and it ends with the transaction.
 */
const resting = ['record_insert', 'touch_insert'];

async function tablesWith(db: Kysely<unknown>, trigger: string): Promise<string[]> {
  const { rows } = await sql<{ table: string }>`
    select relname as table from pg_trigger t join pg_class c on c.oid = tgrelid
    where tgname = ${trigger} and relnamespace = current_schema()::regnamespace order by relname`.execute(db);
  return rows.map(({ table }) => table);
}

async function setTriggers(db: Kysely<unknown>, to: 'disable' | 'enable'): Promise<void> {
  for (const trigger of resting)
    for (const table of await tablesWith(db, trigger))
      await sql`alter table ${sql.table(table)} ${sql.raw(to)} trigger ${sql.ref(trigger)}`.execute(db);
}

/**
 * Drops foreign keys and the indexes that nothing is unique by, and returns what makes them again: over all rows at once
 * that costs a fraction, and a row that refers to none is found as well. Nobody reads the tables until the transaction ends.
 */
async function withoutKeys(db: Kysely<unknown>): Promise<(onShare: (share: number) => void) => Promise<void>> {
  const { rows: keys } = await sql<{ table: string; name: string; definition: string }>`
    select t.relname as table, conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class t on t.oid = k.conrelid
    where k.contype = 'f' and t.relnamespace = current_schema()::regnamespace order by t.relname, conname`.execute(db);
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where not i.indisunique and c.relnamespace = current_schema()::regnamespace order by c.relname`.execute(db);
  for (const { table, name } of keys)
    await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(db);
  await sql`drop index ${sql.join(indexes.map(({ name }) => sql.table(name)))}`.execute(db);
  const again = [
    ...indexes.map(({ definition }) => sql.raw(definition)),
    ...keys.map(
      ({ table, name, definition }) =>
        sql`alter table ${sql.table(table)} add constraint ${sql.ref(name)} ${sql.raw(definition)}`,
    ),
  ];
  return async (onShare) => {
    await sql`set local maintenance_work_mem = '256MB'`.execute(db);
    for (const [index, statement] of again.entries()) {
      await statement.execute(db);
      onShare((index + 1) / again.length);
    }
  };
}

/** Rows as JSON: PostgreSQL knows the types of its columns, those that are left out get their defaults. */
async function insert(db: Kysely<unknown>, table: string, rows: readonly Row[], isRecord: boolean): Promise<void> {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)));
  const insertion = sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)})`;
  const withChanges = sql`with made as (${insertion} returning id, version)
    insert into change (record_id, version, kind) select id, version, 'CREATED' from made order by id`;
  await (isRecord ? withChanges : insertion).execute(db);
}

async function regions(db: Kysely<unknown>): Promise<Region[]> {
  const { rows } = await sql<Region>`
    select id, code, name_latin as name, country_code as country from region
    where scheme in ('NUTS', 'SR') and code_version = 2024 order by code`.execute(db);
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
async function refuseOthers(db: Kysely<unknown>): Promise<void> {
  const found = sql.join(
    entered.map(
      (table) => sql`select ${table} as name from ${sql.table(table)}
        where origin <> 'DEMONSTRATION' and split_part(id, '_', 2) !~ '^.{10}[ab]'`,
    ),
    sql` union all `,
  );
  const { rows } = await sql<{ name: string; generated: boolean }>`
    select name, false as generated from (${found} limit 1) o
    union all select slug, true from programme where slug = 'generated-programme-1'`.execute(db);
  const [first] = rows;
  const elsewhere = 'Name an empty database or folder: DATABASE_URL, or DATA_DIR=/tmp/goodgraph-bench';
  if (first?.generated)
    throw new BenchError(`This database holds generated records already; it takes no second set. ${elsewhere}`);
  if (first) throw new BenchError(`This database holds records that people entered (${first.name}). ${elsewhere}`);
}
