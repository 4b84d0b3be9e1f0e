import { Migration } from '@mikro-orm/migrations';

const tables = `
  -- How far each search engine has followed \`change\`.
  create table search_target (
    name text collate "C" primary key,
    -- The last change that is in; null until its index was filled once.
    xid xid8, change_id bigint,
    check ((xid is null) = (change_id is null)),
    -- Where to go back to when a rebuild is over: what was written meanwhile went into the index that it replaced.
    replay_xid xid8, replay_change_id bigint,
    check ((replay_xid is null) = (replay_change_id is null)));

  -- Records whose documents an engine does not take.
  create table search_quarantine (
    target text collate "C" not null references search_target (name),
    record_id text collate "C" not null,
    reason text not null,
    since timestamptz not null default now(),
    primary key (target, record_id));`;

/** Readers may not see changes, and may know how far behind them an engine is. No row: nothing keeps it up. */
const freshness = `
  create function goodgraph_search_freshness(asked text) returns table (up_to timestamptz, lag double precision)
    language sql stable security definer set search_path from current as $$
    select coalesce(reached.at, now()), coalesce(greatest(extract(epoch from now() - waiting.at), 0), 0)
    from search_target t
      left join lateral (select c.at from change c where (c.xid, c.id) <= (t.xid, t.change_id)
        order by c.xid desc, c.id desc limit 1) reached on true
      left join lateral (select c.at from change c where (c.xid, c.id) > (t.xid, t.change_id)
        order by c.xid, c.id limit 1) waiting on true
    where t.name = asked and t.xid is not null $$`;

/** What keeps search engines up with the records. */
export class SearchUpkeep extends Migration {
  override up(): void {
    this.addSql(tables);
    this.addSql(freshness);
  }
}
