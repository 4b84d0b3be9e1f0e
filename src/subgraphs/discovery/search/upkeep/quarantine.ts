import { sql, type Kysely } from 'kysely';

/** A record whose document an engine did not take. */
export interface Quarantined {
  recordId: string;
  reason: string;
}

/** Keeps those that an engine refused, with the reason, and lets go of those that it has taken by now. */
export async function quarantine(
  db: Kysely<unknown>,
  target: string,
  { written, refused }: { written: readonly string[]; refused: readonly Quarantined[] },
): Promise<void> {
  await sql`delete from search_quarantine where target = ${target} and record_id = any(${[...written]}::text[])`.execute(
    db,
  );
  if (refused.length === 0) return;
  await sql`insert into search_quarantine (target, record_id, reason)
    select ${target}, * from unnest(${refused.map(({ recordId }) => recordId)}::text[], ${refused.map(({ reason }) => reason)}::text[])
    on conflict (target, record_id) do update set reason = excluded.reason, since = now()`.execute(db);
}

export async function quarantinedOf(db: Kysely<unknown>, target: string): Promise<Quarantined[]> {
  const { rows } = await sql<Quarantined>`select record_id as "recordId", reason from search_quarantine
    where target = ${target} order by record_id`.execute(db);
  return rows;
}
