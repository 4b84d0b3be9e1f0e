import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type Kysely } from 'kysely';
import { onDuty } from './target.js';
import { reasonOf } from './write.js';

/** How long a change is kept. Who follows changes and stands before that has lost its place. */
const keptDays = 90;
/** Rows of one transaction: readers of `change` wait for those that run. */
const together = 10_000;
/** Milliseconds between two looks for changes that are too old. */
const pause = 60 * 60 * 1_000;

/**
 * Deletes changes older than 90 days, oldest first, in batches that commit one by one. An engine that has not come that
 * far in 90 days follows no more: its index is built anew when it is back. Of several processes one works. Resolves to the
 * number of changes that are gone.
 */
export async function pruneChanges(em: EntityManager, signal?: AbortSignal): Promise<number> {
  const gone = await onDuty(em, 'prune', 'change', () => prune(em, signal), { ifFree: true });
  return gone ?? 0;
}

async function prune(em: EntityManager, signal: AbortSignal | undefined): Promise<number> {
  for (let sum = 0; ;) {
    if (signal?.aborted) return sum;
    const count = await em.fork().transactional((tx) => pruneBatch(tx.getKysely<unknown>()));
    sum += count;
    if (count < together - 1) return sum;
  }
}

async function pruneBatch(db: Kysely<unknown>): Promise<number> {
  const isOld = sql`c.at < now() - make_interval(days => ${keptDays})`;
  // Numbers grow with time, but for transactions that took long: those wait until what is around them is old.
  const oldest = sql`select c.xid, c.id, c.at, c.was_open or c.is_open as is_told from change c order by c.xid, c.id limit ${together}`;
  // The last one that the feed told stays: whoever stands there has missed nothing.
  const { rows } = await sql<{ xid: string; id: string }>`
    with old as materialized (select * from (${oldest}) c where ${isOld})
    delete from change d using old c where d.id = c.id
      and c.id is distinct from (select l.id from old l where l.is_told order by l.xid desc, l.id desc limit 1)
    returning d.xid::text as "xid", d.id::text as "id"`.execute(db);
  const last = rows.toSorted((one, other) => compare(one.xid, other.xid) || compare(one.id, other.id)).at(-1);
  if (last !== undefined) await loseTargetsBefore(db, last);
  return rows.length;
}

const compare = (one: string, other: string): number => Math.sign(Number(BigInt(one) - BigInt(other)));

/** Nobody can tell these engines any more what they have missed. A rebuild that is under way knows where it began. */
async function loseTargetsBefore(db: Kysely<unknown>, { xid, id }: { xid: string; id: string }): Promise<void> {
  const last = sql`(${xid}::xid8, ${id}::bigint)`;
  await sql`update search_target set xid = null, change_id = null, replay_xid = null, replay_change_id = null
    where (xid, change_id) < ${last} or (replay_xid, replay_change_id) < ${last}`.execute(db);
}

export interface Pruning {
  close(): Promise<void>;
}

/** Looks for changes that are too old from now on, at once and every hour. */
export function startPruning(em: EntityManager, log: (message: string) => void): Pruning {
  const stop = new AbortController();
  const { signal } = stop;

  async function keepPruning(): Promise<void> {
    while (!signal.aborted) {
      try {
        const gone = await pruneChanges(em, signal);
        if (gone > 0) log(`${gone} changes older than ${keptDays} days are deleted`);
      } catch (error) {
        log(`old changes are not deleted for now: ${reasonOf(error)}`);
      }
      await setTimeout(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  const kept = keepPruning();
  return {
    close: async () => {
      stop.abort();
      await kept;
    },
  };
}
