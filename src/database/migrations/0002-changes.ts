import { Migration } from '@mikro-orm/migrations';

export const recordTables = [
  'region',
  'place',
  'programme',
  'partner',
  'project',
  'participation',
  'theme',
  'indicator',
  'good_practice',
  'measurement',
  'transfer',
  'outcome',
] as const;

/** Tables whose rows are part of a record: a change of theirs is a change of the record that `column` names. */
const partTables = [
  ['good_practice_region', 'good_practice', 'good_practice_id'],
  ['good_practice_place', 'good_practice', 'good_practice_id'],
  ['good_practice_theme', 'good_practice', 'good_practice_id'],
  ['project_theme', 'project', 'project_id'],
  ['measurement', 'good_practice', 'practice_id'],
  ['transfer_practice', 'transfer', 'transfer_id'],
  ['transfer_origin', 'transfer', 'transfer_id'],
  ['outcome', 'transfer', 'transfer_id'],
] as const;

const changeTable = `
  create table change (
    id bigint generated always as identity primary key,
    xid xid8 not null default pg_current_xact_id(),
    record_id text collate "C" not null,
    version integer not null,
    kind text not null check (kind in ('CREATED', 'UPDATED', 'DELETED')),
    at timestamptz not null default now());
  create index change_cursor on change (xid, id);
  create index change_record on change (record_id, id)`;

/** The version of a record grows with every real change, whoever makes it; an update that changes nothing is none. */
const nextVersion = `
  create function goodgraph_next_version() returns trigger language plpgsql as $$
  begin
    if new is not distinct from old then return null; end if;
    new.version := old.version + 1;
    new.updated_at := clock_timestamp();
    return new;
  end $$`;

const recordChange = `
  create function goodgraph_record_change() returns trigger language plpgsql security definer set search_path from current as $$
  begin
    if tg_op = 'INSERT' then
      insert into change (record_id, version, kind) select id, version, 'CREATED' from new_rows order by id;
    elsif tg_op = 'UPDATE' then
      insert into change (record_id, version, kind) select id, version, 'UPDATED' from new_rows order by id;
    else
      insert into change (record_id, version, kind) select id, version, 'DELETED' from old_rows order by id;
    end if;
    return null;
  end $$`;

/**
 * Touches the record that a part belongs to, once a transaction: a record written with its parts changes once. A part
 * that moves changes the record it leaves too; one that is written as it was changes none.
 */
const touchRecord = `
  create function goodgraph_touch_record() returns trigger language plpgsql security definer set search_path from current as $$
  declare
    rows_changed text := case tg_op when 'INSERT' then 'table new_rows' when 'DELETE' then 'table old_rows'
      else '(table old_rows except table new_rows) union (table new_rows except table old_rows)' end;
  begin
    execute format(
      'update %I r set updated_at = clock_timestamp() where r.id in (select %I from (%s) part)
         and not exists (select from change c where c.record_id = r.id and c.xid = pg_current_xact_id())',
      tg_argv[0], tg_argv[1], rows_changed);
    return null;
  end $$`;

const events = [
  ['insert', 'referencing new table as new_rows'],
  ['update', 'referencing old table as old_rows new table as new_rows'],
  ['delete', 'referencing old table as old_rows'],
] as const;

/**
 * One append-only table of changes, filled by triggers alone: seeds, imports, services and psql alike. A row-level
 * trigger counts versions, statement-level triggers write the changes.
 */
export class Changes extends Migration {
  override up(): void {
    for (const statement of [changeTable, nextVersion, recordChange, touchRecord]) this.addSql(statement);
    for (const table of recordTables) {
      this.addSql(
        `create trigger next_version before update on ${table} for each row execute function goodgraph_next_version()`,
      );
      for (const [event, referencing] of events)
        this.addSql(`create trigger record_${event} after ${event} on ${table} ${referencing}
          for each statement execute function goodgraph_record_change()`);
    }
    for (const [table, record, column] of partTables)
      for (const [event, referencing] of events)
        this.addSql(`create trigger touch_${event} after ${event} on ${table} ${referencing}
          for each statement execute function goodgraph_touch_record('${record}', '${column}')`);
  }
}
