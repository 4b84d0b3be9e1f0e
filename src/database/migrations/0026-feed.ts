import { Migration } from '@mikro-orm/migrations';

/**
 * Records that everyone sees only together with others, as the policies for reading have it: the prefix of their ids, their
 * table, and the columns that name those others.
 */
const below = [
  ['par', 'participation', ['project_id', 'partner_id']],
  ['mea', 'measurement', ['practice_id']],
  ['out', 'outcome', ['transfer_id']],
  ['ses', 'session', ['event_id']],
  ['rol', 'event_role', ['event_id', 'session_id', 'partner_id']],
  ['upd', 'output_update', ['output_id']],
  ['act', 'action', ['action_plan_id']],
  ['clm', 'claim', ['record_id']],
] as const;

/** What sources say of a natural person is not for everyone. */
const notOfPerson = (record: string) =>
  `not exists (select from partner a where a.id = ${record} and a.is_natural_person)`;

const conditions = (prefix: string, columns: readonly string[], of: (column: string) => string, open = isOpen) =>
  [...columns.map((column) => open(of(column))), ...(prefix === 'clm' ? [notOfPerson(of('record_id'))] : [])].join(
    ' and ',
  );
const isOpen = (record: string) => `coalesce(goodgraph_whole_open(${record}), true)`;

/** Whether everyone sees a record, whatever the viewer of this transaction sees. */
const openness = [
  `create function goodgraph_whole_open(record text) returns boolean language plpgsql stable strict set search_path from current as $$
  begin
    case split_part(record, '_', 1)
    ${below
      .map(
        ([prefix, table, columns]) => `when '${prefix}' then return exists (select from ${table} r
          where r.id = record and r.publication_status = 'PUBLISHED' and ${conditions(prefix, columns, (column) => `r.${column}`)});`,
      )
      .join('\n    ')}
    else return goodgraph_record_open(record);
    end case;
  end $$`,
  // The same of a row as it was or is; revisions ask it as well.
  `create or replace function goodgraph_row_open(given jsonb) returns boolean language plpgsql stable set search_path from current as $$
  begin
    if given ->> 'publication_status' <> 'PUBLISHED' then return false; end if;
    case split_part(given ->> 'id', '_', 1)
    ${below
      .map(
        ([prefix, , columns]) =>
          `when '${prefix}' then return ${conditions(prefix, columns, (column) => `(given ->> '${column}')`)};`,
      )
      .join('\n    ')}
    else return true;
    end case;
  end $$`,
];

/**
 * What everyone sees below records that have just been opened or closed: their parts, parts of these, and claims. What is
 * below a closed one was seen if nothing else hid it: hence the growing list of what is closed.
 */
const partsOf = `
  create function goodgraph_seen_below(wholes text[], are_closed boolean) returns table (id text, version integer, origin text)
    language plpgsql stable set search_path from current as $$
  declare
    closed text[] := case when are_closed then wholes else '{}' end;
    found text[] := '{}';
    edge text[] := wholes;
  begin
    loop
      select array_agg(p.id) into edge from (
        ${below
          .map(([prefix, table, columns]) => {
            const open = (record: string) => `(${record} = any(closed) or ${isOpen(record)})`;
            const reached = columns.map((column) => `r.${column} = any(edge)`).join(' or ');
            return `select r.id from ${table} r where (${reached}) and r.publication_status = 'PUBLISHED'
              and ${conditions(prefix, columns, (column) => `r.${column}`, open)}`;
          })
          .join('\n        union ')}) p where p.id <> all(found);
      exit when edge is null;
      found := found || edge;
      if are_closed then closed := closed || edge; end if;
    end loop;
    return query ${below
      .map(
        ([, table]) =>
          `select r.id::text, r.version, r.origin from ${table} r where cardinality(found) > 0 and r.id = any(found)`,
      )
      .join('\n      union all ')};
  end $$`;

const columns = [
  `alter table change add was_open boolean not null default false, add is_open boolean not null default false,
    add origin text collate "C"`,
  `alter table change drop constraint change_kind_check`,
  // OPENED and CLOSED: nothing of the record changed, but that everyone sees what it is part of, or nobody does any more.
  `alter table change add constraint change_kind_check check (kind in ('CREATED', 'UPDATED', 'DELETED', 'OPENED', 'CLOSED'))`,
  // What the feed tells: all else is not found in passing, however much of it there is.
  `create index change_told on change (xid, id) where was_open or is_open`,
  `alter table change enable row level security`,
  `alter table change force row level security`,
  `create policy keeper on change to current_user using (true) with check (true)`,
  `create policy told on change for select to goodgraph_public, goodgraph_member using (was_open or is_open)`,
  `grant select on change to goodgraph_public, goodgraph_member`,
];

/** What no revision tells of: columns that are worked out of others. */
const workedOut = ['cost_eur', 'duration_years', 'budget_eur', 'funding_eur', 'destination_code']
  .map((name) => `'${name}'`)
  .join(', ');

/** Tells of all below the records whose change has just opened or closed them. */
const tellBelow = (kind: 'OPENED' | 'CLOSED') => {
  const [state, other] = kind === 'OPENED' ? ['is_open', 'was_open'] : ['was_open', 'is_open'];
  return `select array_agg(c.record_id) into wholes from change c where c.id = any(turned) and c.${state} and not c.${other};
        if wholes is not null then
          insert into change (record_id, version, kind, ${state}, origin)
            select p.id, p.version, '${kind}', true, p.origin from goodgraph_seen_below(wholes, ${kind === 'CLOSED'}) p order by p.id;
        end if;`;
};

/** As before, and each change says whether everyone saw the record, and sees it now. */
const recordChange = `
  create or replace function goodgraph_record_change() returns trigger
    language plpgsql security definer set search_path from current as $$
  declare
    turned bigint[];
    wholes text[];
  begin
    if tg_op = 'INSERT' then
      with made as (
        insert into change (record_id, version, kind, is_open, origin)
          select id, version, 'CREATED', goodgraph_row_open(to_jsonb(n)), origin from new_rows n order by id
          returning record_id, version, is_open)
      insert into revision (record_id, version, kind, changes, is_public)
        select record_id, version, 'CREATED', '{}', is_open from made order by record_id;
    elsif tg_op = 'UPDATE' then
      with made as (
        insert into change (record_id, version, kind, was_open, is_open, origin)
          select n.id, n.version, 'UPDATED', goodgraph_row_open(to_jsonb(o)), goodgraph_row_open(to_jsonb(n)), n.origin
          from new_rows n join old_rows o using (id) order by n.id
          returning id, record_id, was_open, is_open),
      told as (
        insert into revision (record_id, version, kind, changes, is_public)
          select n.id, n.version, 'UPDATED', coalesce(d.changes, '{}'), m.was_open and m.is_open
          from made m join new_rows n on n.id = m.record_id join old_rows o on o.id = m.record_id cross join lateral (
            select jsonb_object_agg(b.key, jsonb_build_array(b.value, a.value)) as changes
            from jsonb_each(to_jsonb(o)) b join jsonb_each(to_jsonb(n)) a using (key)
            where b.value is distinct from a.value and key not in ('version', 'updated_at', ${workedOut})) d
          order by n.id)
      select array_agg(id) into turned from made where was_open <> is_open;
      if turned is not null then
        ${tellBelow('OPENED')}
        ${tellBelow('CLOSED')}
      end if;
    else
      with made as (
        insert into change (record_id, version, kind, was_open, origin)
          select id, version, 'DELETED', goodgraph_row_open(to_jsonb(o)), origin from old_rows o order by id
          returning record_id, was_open)
      insert into revision (record_id, version, kind, changes, is_public)
        select o.id, o.version, 'DELETED', d.changes, m.was_open
        from made m join old_rows o on o.id = m.record_id cross join lateral (
          select jsonb_object_agg(b.key, jsonb_build_array(b.value, null)) as changes
          from jsonb_each(to_jsonb(o)) b where b.key not in (${workedOut})) d
        order by o.id;
      delete from record_source where record_id in (select id from old_rows);
      -- This trigger fires for no rows too: without a look first, claims would call it for ever.
      if exists (select from claim where record_id in (select id from old_rows)) then
        -- Told before they go: who asks then whether their record is open finds none.
        insert into change (record_id, version, kind, was_open, origin)
          select c.id, c.version, 'CLOSED', true, c.origin from claim c join old_rows o on o.id = c.record_id
          where c.publication_status = 'PUBLISHED' and goodgraph_row_open(to_jsonb(o))
            and (to_jsonb(o) ->> 'is_natural_person') is distinct from 'true'
          order by c.id;
        delete from claim where record_id in (select id from old_rows);
      end if;
    end if;
    return null;
  end $$`;

/** A part that is opened or closed with its whole may still be touched in the same transaction. */
const touches = `do $do$
  declare
    name text;
    known text;
    taught text;
  begin
    foreach name in array '{goodgraph_touch_record,goodgraph_touch_any_record}'::text[] loop
      known := pg_get_functiondef((name || '()')::regprocedure);
      taught := replace(known, 'c.xid = pg_current_xact_id())', $$c.xid = pg_current_xact_id() and c.kind not in (''OPENED'', ''CLOSED''))$$);
      if taught = known then raise '%() is not as it was', name; end if;
      execute taught;
    end loop;
  end $do$`;

/** Claims about an organisation that turns out to be a natural person are closed to everyone, and opened when it does not. */
const persons = [
  `create function goodgraph_tell_claims() returns trigger language plpgsql security definer set search_path from current as $$
  begin
    insert into change (record_id, version, kind, was_open, is_open, origin)
      select c.id, c.version, case when n.is_natural_person then 'CLOSED' else 'OPENED' end,
        n.is_natural_person, not n.is_natural_person, c.origin
      from claim c join new_rows n on n.id = c.record_id join old_rows o on o.id = n.id
      where n.is_natural_person <> o.is_natural_person and c.publication_status = 'PUBLISHED'
        and n.publication_status = 'PUBLISHED' and o.publication_status = 'PUBLISHED'
      order by c.id;
    return null;
  end $$`,
  `create trigger tell_claims after update on partner referencing old table as old_rows new table as new_rows
    for each statement execute function goodgraph_tell_claims()`,
];

/** Which changes everyone may follow, and as what. */
export class Feed extends Migration {
  override up(): void {
    for (const statement of [...openness, partsOf, ...columns, recordChange, touches, ...persons])
      this.addSql(statement);
  }
}
