import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { SearchDocument } from '../document.js';
import type { Stems } from '../analysis/stems.js';
import { createIndexes, createTables, ensureTables, former, live, next } from './tables.js';
import { deleteDocuments, writeDocuments, type Target } from './write.js';

/** Any constants of ours: who writes into the index waits for others who do, and who rebuilds it for others who do. */
const locks = { write: 7_463_012_011, rebuild: 7_463_012_012 };

const filled = ['posting', 'term', 'form', 'document', 'wording', 'facet', 'facet_set', 'deletion', 'name'];

const dropped = (schema: string) => sql.raw(`drop schema if exists ${schema} cascade`);

/** Writes a batch: what is there of these documents is brought to what they say. */
export function upsertDocuments(em: EntityManager, stems: Stems, documents: readonly SearchDocument[]): Promise<void> {
  // The last of two documents of one record counts.
  const last = [...new Map(documents.map((each) => [each.id, each])).values()];
  return writing(em, (target) => writeDocuments(target, last), stems);
}

export const removeDocuments = (em: EntityManager, stems: Stems, ids: readonly string[]): Promise<void> =>
  writing(em, (target) => deleteDocuments(target, ids), stems);

function writing(em: EntityManager, write: (target: Target) => Promise<void>, stems: Stems): Promise<void> {
  return em.transactional(async (tx) => {
    const db = tx.getKysely<unknown>();
    await sql`select pg_advisory_xact_lock(${locks.write})`.execute(db);
    await ensureTables(db);
    await write({ db, schema: live, stems, terms: new Map(), forms: new Set<string>(), facetSets: new Map() });
  });
}

/**
 * Fills the tables of a schema of its own, which then takes the name of the live one. Until that moment nothing of the
 * live one is touched; what a killed rebuild leaves behind is dropped by the next. Batches are committed one by one: one
 * long transaction would hold up all readers of `change`.
 */
export function rebuildIndex(
  em: EntityManager,
  stems: Stems,
  documents: AsyncIterable<SearchDocument[]>,
): Promise<void> {
  const pool = em.fork().getKysely<unknown>();
  // A connection of its own holds the lock, in no transaction: whose snapshot would keep VACUUM from its work.
  return pool.connection().execute(async (holder) => {
    await sql`select pg_advisory_lock(${locks.rebuild})`.execute(holder);
    try {
      await build(em, stems, documents);
    } finally {
      await sql`select pg_advisory_unlock(${locks.rebuild})`.execute(holder);
    }
  });
}

async function build(em: EntityManager, stems: Stems, documents: AsyncIterable<SearchDocument[]>): Promise<void> {
  const db = em.fork().getKysely<unknown>();
  await dropped(next).execute(db);
  await dropped(former).execute(db);
  await createTables(db, next);
  const target = { schema: next, stems, terms: new Map(), forms: new Set<string>(), facetSets: new Map() };
  for await (const batch of documents)
    await em.fork().transactional((tx) => writeDocuments({ ...target, db: tx.getKysely<unknown>() }, batch));
  await createIndexes(db, next);
  // Pages that all may see are read from indexes alone.
  await sql.raw(`vacuum (analyze) ${filled.map((table) => `${next}.${table}`).join(', ')}`).execute(db);
  await em.fork().transactional(swap);
  await dropped(former).execute(db);
}

/** Renames only: nobody who reads is waited for, and nobody waits. */
async function swap(tx: EntityManager): Promise<void> {
  const db = tx.getKysely<unknown>();
  await sql`select pg_advisory_xact_lock(${locks.write})`.execute(db);
  const { rows } = await sql`select from pg_namespace where nspname = ${live}`.execute(db);
  if (rows.length > 0) await sql.raw(`alter schema ${live} rename to ${former}`).execute(db);
  await sql.raw(`alter schema ${next} rename to ${live}`).execute(db);
}
