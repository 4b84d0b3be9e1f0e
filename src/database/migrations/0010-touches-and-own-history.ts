import { Migration } from '@mikro-orm/migrations';

const events = [
  ['insert', 'referencing new table as new_rows'],
  ['update', 'referencing old table as old_rows new table as new_rows'],
  ['delete', 'referencing old table as old_rows'],
] as const;

/**
 * What is said of a record of any type in a table of its own changes the record, once a transaction; the record table
 * is found by the prefix that its ids must have.
 */
const touchAnyRecord = `
  create function goodgraph_touch_any_record() returns trigger
    language plpgsql security definer set search_path from current as $$
  declare
    rows_changed text := case tg_op when 'INSERT' then 'table new_rows' when 'DELETE' then 'table old_rows'
      else '(table old_rows except table new_rows) union (table new_rows except table old_rows)' end;
    ids text[];
    name text;
  begin
    execute format('select array_agg(distinct record_id) from (%s) part', rows_changed) into ids;
    if ids is null then return null; end if;
    for name in select c.relname from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype = 'c' and c.relnamespace = current_schema()::regnamespace
        and substring(pg_get_constraintdef(k.oid) from '^CHECK \\(\\(id ~ ''\\^([a-z]{2,3})_')
          in (select split_part(id, '_', 1) from unnest(ids) id)
    loop
      execute format('update %I r set updated_at = clock_timestamp() where r.id = any($1)
        and not exists (select from change c where c.record_id = r.id and c.xid = pg_current_xact_id())', name) using ids;
    end loop;
    return null;
  end $$`;

const viewer = `(select goodgraph_viewer_partner())`;

/** Records that a partner owns, as the policies of their tables have it: the prefix, the table, the owner's column. */
const owned = [
  ['ptn', 'partner', 'id'],
  ['prj', 'project', 'owner_id'],
  ['par', 'participation', 'partner_id'],
  ['gp', 'good_practice', 'owner_id'],
  ['trf', 'transfer', 'owner_id'],
  ['evt', 'event', 'owner_id'],
  ['opt', 'output', 'responsible_id'],
  ['tsk', 'task', 'assignee_id'],
  ['apl', 'action_plan', 'proposed_by_id'],
] as const;

/** Parts, which belong to whoever owns the whole. */
const parts = [
  ['mea', 'measurement', 'practice_id', 'good_practice'],
  ['out', 'outcome', 'transfer_id', 'transfer'],
  ['ses', 'session', 'event_id', 'event'],
  ['rol', 'event_role', 'event_id', 'event'],
  ['upd', 'output_update', 'output_id', 'output'],
  ['act', 'action', 'action_plan_id', 'action_plan'],
] as const;

const arms = [
  ...owned.map(
    ([prefix, table, column]) =>
      `when '${prefix}' then exists (select from ${table} where id = record and ${column} = ${viewer})`,
  ),
  ...parts.map(([prefix, table, column, whole]) => {
    const owner = owned.find(([, name]) => name === whole)?.[2];
    return `when '${prefix}' then exists (select from ${table} p join ${whole} w on w.id = p.${column}
      where p.id = record and w.${owner} = ${viewer})`;
  }),
];

const recordOwned = `
  create function goodgraph_record_owned(record text) returns boolean language sql stable parallel safe as $$
    select case split_part(record, '_', 1) ${arms.join('\n      ')} else false end $$`;

/** A changed translation changes its record; an owner sees what happened to a record while it was a draft. */
export class TouchesAndOwnHistory extends Migration {
  override up(): void {
    this.addSql(touchAnyRecord);
    for (const [event, referencing] of events)
      this.addSql(`create trigger touch_${event} after ${event} on translation ${referencing}
        for each statement execute function goodgraph_touch_any_record()`);
    this.addSql(recordOwned);
    this.addSql('drop policy member on revision');
    this.addSql(`create policy member on revision for select to goodgraph_member using (
      (is_public or (select goodgraph_viewer_role()) in ('REVIEWER', 'ADMIN', 'SERVICE') or goodgraph_record_owned(record_id))
      and goodgraph_record_visible(record_id))`);
  }
}
