import { sql, type Kysely } from 'kysely';

export interface Change {
  /** Where a reader stands once it has handled this change. */
  cursor: ChangeCursor;
  recordId: string;
  version: number;
  /** OPENED and CLOSED: it is as it was, but what it is part of was opened to everyone, or closed. */
  kind: 'CREATED' | 'UPDATED' | 'DELETED' | 'OPENED' | 'CLOSED';
  at: string;
}

/** A transaction and a change in it, as text: both outgrow a JavaScript number. */
export interface ChangeCursor {
  xid: string;
  id: string;
}

export const fromTheStart: ChangeCursor = { xid: '0', id: '0' };

/**
 * Which changes `c` may be read in the order of (xid, id). Transactions commit out of order, so ids alone would skip rows:
 * only transactions older than every running one are read, and what is read once never gains an earlier row.
 */
export const settled = sql.raw('c.xid < pg_snapshot_xmin(pg_current_snapshot())');

/** The changes after a cursor, oldest first, at most `limit`, of settled transactions. */
export async function changesAfter(db: Kysely<unknown>, { xid, id }: ChangeCursor, limit: number): Promise<Change[]> {
  const { rows } = await sql<Omit<Change, 'cursor'> & ChangeCursor>`
    select c.xid::text as "xid", c.id::text as "id", c.record_id as "recordId", c.version, c.kind, c.at::text as "at"
    from change c
    where (c.xid, c.id) > (${xid}::xid8, ${id}::bigint) and ${settled}
    order by c.xid, c.id limit ${limit}`.execute(db);
  return rows.map(({ xid: rowXid, id: rowId, ...change }) => ({ ...change, cursor: { xid: rowXid, id: rowId } }));
}
