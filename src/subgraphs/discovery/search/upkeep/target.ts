import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type Kysely } from 'kysely';
import { fromTheStart, type ChangeCursor } from '../../../../database/change.js';

type Db = Kysely<unknown>;

/** Named by an engine. `relay`: who follows the changes. `rebuild`: who builds its index anew. And `prune`: who deletes old changes. */
type Duty = 'relay' | 'rebuild' | 'prune';

const lockOf = (duty: Duty, target: string) => sql`hashtextextended(${`goodgraph search ${duty} ${target}`}, 0)`;

/** A process that has stopped without dying loses what it holds after this long; the longest wait for an engine is shorter. */
const patience = "set local idle_in_transaction_session_timeout = '15min'";

/**
 * Holds a duty while `work` runs, in a transaction, which ends with the process or its connection. It has no snapshot
 * and no number unless `work` writes in it, so that it holds up neither VACUUM nor readers of `change`. Where another process has
 * the duty already, this waits, or, with `ifFree`, resolves to undefined.
 */
export function onDuty<Result>(
  em: EntityManager,
  duty: Duty,
  target: string,
  work: (db: Db) => Promise<Result>,
  { ifFree = false } = {},
): Promise<Result | undefined> {
  return em.fork().transactional(async (tx) => {
    const db = tx.getKysely<unknown>();
    await sql.raw(patience).execute(db);
    if (!ifFree) await sql`select pg_advisory_xact_lock(${lockOf(duty, target)})`.execute(db);
    else if (!(await isFree(db, duty, target))) return undefined;
    await letGo(db);
    return work(db);
  });
}

/**
 * A statement with parameters keeps its snapshot until the next one of its transaction (its portal stays open), and with it
 * whatever VACUUM would clear away. One without parameters keeps none.
 */
export const letGo = (db: Db) => sql.raw('select').execute(db);

async function isFree(db: Db, duty: Duty, target: string): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(${lockOf(duty, target)}) as "free"`.execute(db);
  return rows[0]?.free === true;
}

interface TargetRow {
  xid: string | null;
  id: string | null;
  replays: boolean;
}

/**
 * Where the relay of a target goes on; null when its index was never filled. After a rebuild that was killed it goes back
 * to where that began: nobody knows which index took what came meanwhile.
 */
export async function cursorOf(db: Db, target: string): Promise<ChangeCursor | null> {
  const read = sql<TargetRow>`select xid::text as "xid", change_id::text as "id", replay_xid is not null as "replays"
    from search_target where name = ${target}`;
  let [row] = (await read.execute(db)).rows;
  if (row?.replays && (await isFree(db, 'rebuild', target))) {
    await sql`update search_target set xid = replay_xid, change_id = replay_change_id, replay_xid = null, replay_change_id = null
      where name = ${target} and replay_xid is not null`.execute(db);
    [row] = (await read.execute(db)).rows;
  }
  return row?.xid && row.id ? { xid: row.xid, id: row.id } : null;
}

/** Cursors are moved by who is on duty as the relay, and by nobody else. */
export async function moveCursor(db: Db, target: string, { xid, id }: ChangeCursor): Promise<void> {
  await sql`update search_target set xid = ${xid}::xid8, change_id = ${id}::bigint where name = ${target}`.execute(db);
}

export async function wasFilled(db: Db, target: string): Promise<boolean> {
  const { rows } = await sql`select from search_target where name = ${target} and xid is not null`.execute(db);
  return rows.length > 0;
}

/** Notes that a rebuild begins. Returns the last change that it will find in the tables. */
export async function beginRebuild(db: Db, target: string): Promise<ChangeCursor> {
  await sql`insert into search_target as t (name) values (${target}) on conflict (name) do update
    set replay_xid = coalesce(t.replay_xid, t.xid), replay_change_id = coalesce(t.replay_change_id, t.change_id)`.execute(
    db,
  );
  const { rows } = await sql<ChangeCursor>`select c.xid::text as "xid", c.id::text as "id" from change c
    where c.xid < pg_snapshot_xmin(pg_current_snapshot()) order by c.xid desc, c.id desc limit 1`.execute(db);
  return rows[0] ?? fromTheStart;
}

/**
 * A rebuilt index is live: the relay goes on from the change that it holds for sure. Waits for the relay, which may have
 * begun to write into the index before.
 */
export async function endRebuild(em: EntityManager, target: string, holds: ChangeCursor): Promise<void> {
  await onDuty(em, 'relay', target, (db) =>
    sql`update search_target set xid = ${holds.xid}::xid8, change_id = ${holds.id}::bigint,
    replay_xid = null, replay_change_id = null where name = ${target}`.execute(db),
  );
}
