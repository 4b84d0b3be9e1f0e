import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { records } from '../../../records.js';
import { allDocuments } from '../document.loaders.js';
import { searchedTypes, type SearchDocument } from '../document.js';
import type { SearchEngine } from '../engine.js';
import { readPublic } from './reading.js';
import { unlessStopped } from './stopping.js';
import { beginRebuild, endRebuild, onDuty, wasFilled } from './target.js';

export interface Filling {
  em: EntityManager;
  engine: SearchEngine;
  /** Aborted when the process stops. */
  signal?: AbortSignal | undefined;
  /** Told after each batch. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  documents: number;
  /** Documents there will be, as far as that is known. */
  of: number;
}

/**
 * Builds the index of all that is public beside the live one, which answers and is kept up until the new one takes its
 * place. Then the relay goes over all changes since the beginning once more. Resolves to the number of documents.
 */
export async function rebuild(filling: Filling): Promise<number> {
  return (await onDuty(filling.em, 'rebuild', filling.engine.name, () => build(filling))) ?? 0;
}

async function build({ em, engine, signal, onProgress }: Filling): Promise<number> {
  const db = em.fork().getKysely<unknown>();
  const read = readPublic(em);
  const tables = searchedTypes.map((type) => sql`select count(*) from ${sql.table(records[type].table)}`);
  const [counted] = await read(sql<{ count: number }>`
    select sum(count)::int as "count" from (${sql.join(tables, sql` union all `)}) c`);
  const progress = { documents: 0, of: counted?.count ?? 0 };
  async function* documents(): AsyncGenerator<SearchDocument[]> {
    for await (const batch of allDocuments(read)) {
      signal?.throwIfAborted();
      yield batch;
      progress.documents += batch.length;
      onProgress?.(progress);
    }
  }
  const holds = await beginRebuild(db, engine.name);
  await unlessStopped(signal, () => engine.rebuild(documents()));
  await endRebuild(em, engine.name, holds);
  return progress.documents;
}

interface Missing extends Filling {
  log: (message: string) => void;
}

/** Searched records that are indexed in a few seconds. */
const few = 5_000;

/**
 * Fills a missing index where that takes seconds, as at the first start; for more records the relay does it, while the
 * process answers already. Resolves to whether the index is there.
 */
export async function fillIfSmall(missing: Missing, most = few): Promise<boolean> {
  if (!(await isMissing(missing))) return true;
  const { em, engine, log } = missing;
  const ids = searchedTypes.map((type) => sql`select id from ${sql.table(records[type].table)}`);
  const { rows } = await sql`select from (${sql.join(ids, sql` union all `)}) r offset ${most} limit 1`.execute(
    em.fork().getKysely<unknown>(),
  );
  if (rows.length === 0) await fillMissing(missing);
  else log(`the search index of ${engine.name} is built while this process answers; until then it finds nothing`);
  return rows.length === 0;
}

/** Fills the index of an engine that answers and has none that it can use. Of several processes one does. */
export async function fillMissing({ log, ...filling }: Missing): Promise<void> {
  const { em, engine } = filling;
  if (!(await isMissing(filling))) return;
  await onDuty(em, 'rebuild', engine.name, async () => {
    if (!(await isMissing(filling))) return;
    const documents = await build(filling);
    log(`the search index of ${engine.name} is built: ${documents} documents`);
  });
}

async function isMissing({ em, engine, signal }: Filling): Promise<boolean> {
  const { isReady, version } = await unlessStopped(signal, () => engine.health());
  if (!isReady) return version !== '';
  return !(await wasFilled(em.fork().getKysely<unknown>(), engine.name));
}
