import { Migration } from '@mikro-orm/migrations';

const choice = (column: string, ...values: string[]) =>
  `${column} text check (${column} in (${values.map((v) => `'${v}'`).join(', ')}))`;

/** The columns of every record, as 0001 gave them to those before. */
const record = (prefix: string) => `
  id text collate "C" primary key check (id ~ '^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  ${choice('publication_status', 'DRAFT', 'PUBLISHED', 'WITHDRAWN')} not null default 'PUBLISHED',
  withdrawn_reason text check ((withdrawn_reason is not null) = (publication_status = 'WITHDRAWN')),
  ${choice('origin', 'ENTERED', 'REPORTED', 'DEMONSTRATION')} not null default 'REPORTED',
  language text collate "C" not null default 'en',
  source_url text,
  source_note text,
  ${choice('confidence', 'STATED', 'DERIVED', 'UNCERTAIN', 'DISPUTED')} not null default 'STATED'`;

const tables = [
  `create table source (${record('src')},
    slug text collate "C" not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    url text collate "C" unique, title text, publisher text,
    ${choice('kind', 'PAGE', 'NEWS', 'PUBLICATION', 'DATABASE_RECORD', 'DATASET')},
    published date, ${choice('published_precision', 'DAY', 'MONTH', 'YEAR')},
    check ((published is null) = (published_precision is null)),
    retrieved date, content_hash text collate "C" check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    ${choice('status', 'LIVE', 'FROZEN', 'GONE')}, licence text)`,
  `create table record_source (
    record_id text collate "C" not null,
    source_id text collate "C" not null references source (id),
    position smallint not null default 0,
    primary key (record_id, source_id))`,
  `create index record_source_source_id on record_source (source_id)`,
  `create table claim (${record('clm')},
    record_id text collate "C" not null, field text collate "C" not null, subject text,
    value text not null check (value <> ''),
    amount numeric(18,2), currency text collate "C" check (currency ~ '^[A-Z]{3}$'),
    check ((amount is null) = (currency is null)),
    ${choice('qualifier', 'EXACT', 'ABOUT', 'MORE_THAN', 'LESS_THAN')} not null default 'EXACT',
    source_id text collate "C" not null references source (id),
    is_selected boolean not null default false, position smallint not null default 0)`,
  `create index claim_record_id on claim (record_id, field, position)`,
  `create index claim_source_id on claim (source_id)`,
  `create unique index claim_selected on claim (record_id, field, coalesce(subject, '')) where is_selected`,
  `create table revision (
    id bigint generated always as identity primary key,
    record_id text collate "C" not null,
    version integer not null,
    kind text not null check (kind in ('CREATED', 'UPDATED', 'DELETED')),
    changes jsonb not null,
    is_public boolean not null,
    account_id text collate "C",
    at timestamptz not null default now())`,
  `create index revision_record on revision (record_id, id)`,
];

/** The columns that name what a record is part of: while that is a draft, so is the part. */
const aboves = ['practice_id', 'transfer_id', 'project_id', 'partner_id', 'event_id', 'action_plan_id', 'record_id'];

/** Whether everyone may see a row of a record table, and what it is part of. */
const rowOpen = `
  create function goodgraph_row_open(given jsonb) returns boolean language sql stable set search_path from current as $$
    select given ->> 'publication_status' = 'PUBLISHED' and not exists (
      select from unnest('{${aboves}}'::text[]) above(key)
      where given ->> above.key is not null and not goodgraph_record_open(given ->> above.key)) $$`;

/**
 * What the change triggers of every record call writes the revision too: by column, the values before and after. A new
 * record has no difference; a deleted one leaves all that it held, and takes its claims and links to sources along.
 * What happened while a record was not open to everyone stays with those who may see drafts.
 */
const recordChange = `
  create or replace function goodgraph_record_change() returns trigger
    language plpgsql security definer set search_path from current as $$
  begin
    if tg_op = 'INSERT' then
      insert into change (record_id, version, kind) select id, version, 'CREATED' from new_rows order by id;
      insert into revision (record_id, version, kind, changes, is_public)
        select n.id, n.version, 'CREATED', '{}', goodgraph_row_open(to_jsonb(n)) from new_rows n order by n.id;
    elsif tg_op = 'UPDATE' then
      insert into change (record_id, version, kind) select id, version, 'UPDATED' from new_rows order by id;
      insert into revision (record_id, version, kind, changes, is_public)
        select n.id, n.version, 'UPDATED', coalesce(d.changes, '{}'),
          goodgraph_row_open(to_jsonb(o)) and goodgraph_row_open(to_jsonb(n))
        from new_rows n join old_rows o using (id) cross join lateral (
          select jsonb_object_agg(b.key, jsonb_build_array(b.value, a.value)) as changes
          from jsonb_each(to_jsonb(o)) b join jsonb_each(to_jsonb(n)) a using (key)
          where b.value is distinct from a.value and key not in ('version', 'updated_at')) d
        order by n.id;
    else
      insert into change (record_id, version, kind) select id, version, 'DELETED' from old_rows order by id;
      insert into revision (record_id, version, kind, changes, is_public)
        select o.id, o.version, 'DELETED', d.changes, goodgraph_row_open(to_jsonb(o))
        from old_rows o cross join lateral (
          select jsonb_object_agg(b.key, jsonb_build_array(b.value, null)) as changes from jsonb_each(to_jsonb(o)) b) d
        order by o.id;
      delete from record_source where record_id in (select id from old_rows);
      -- This trigger fires for no rows too: without a look first, claims would call it for ever.
      if exists (select from claim where record_id in (select id from old_rows)) then
        delete from claim where record_id in (select id from old_rows);
      end if;
    end if;
    return null;
  end $$`;

const events = [
  ['insert', 'referencing new table as new_rows'],
  ['update', 'referencing old table as old_rows new table as new_rows'],
  ['delete', 'referencing old table as old_rows'],
] as const;

const triggers = (table: string): string[] => [
  `create trigger next_version before update on ${table} for each row execute function goodgraph_next_version()`,
  ...events.map(
    ([event, referencing]) => `create trigger record_${event} after ${event} on ${table} ${referencing}
      for each statement execute function goodgraph_record_change()`,
  ),
];

const secure = (table: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy keeper on ${table} to current_user using (true) with check (true)`,
  `grant select on ${table} to goodgraph_public, goodgraph_member`,
];

const isOffice = `(select goodgraph_viewer_role()) in ('REVIEWER', 'ADMIN', 'SERVICE')`;

/** Rows that are open as `isOpen` says, as far as `above` holds; those who may see drafts see all of these. */
const policies = (table: string, isOpen: string, above: string): string[] => [
  `create policy published on ${table} for select to goodgraph_public using (${isOpen} and ${above})`,
  `create policy member on ${table} for select to goodgraph_member using ((${isOpen} or ${isOffice}) and ${above})`,
];

/**
 * Makes `goodgraph_record_visible` (may the viewer see it?) and `goodgraph_record_open` (is it published?) know every
 * record table there is, found by the prefix that its ids must have. A migration that adds one calls it again.
 */
const knowRecords = `
  create function goodgraph_know_records() returns void language plpgsql set search_path from current as $know$
  declare
    answer record;
    arms text;
  begin
    for answer in select * from (values ('visible', ''), ('open', ' and publication_status = ''PUBLISHED''')) a (name, condition)
    loop
      select string_agg(
          format('when %L then exists (select from %I where id = record%s)', prefix, relname, answer.condition), ' ' order by prefix)
        into strict arms
        from (select c.relname, substring(pg_get_constraintdef(k.oid) from '^CHECK \\(\\(id ~ ''\\^([a-z]{2,3})_') as prefix
          from pg_constraint k join pg_class c on c.oid = k.conrelid
          where k.contype = 'c' and c.relnamespace = current_schema()::regnamespace) known
        where prefix is not null;
      execute format('create or replace function goodgraph_record_%s(record text) returns boolean
        language sql stable parallel safe as $visible$
          select case split_part(record, ''_'', 1) %s else false end $visible$', answer.name, arms);
    end loop;
  end $know$`;

/** Sources, claims and the revisions of every record. */
export class Provenance extends Migration {
  override up(): void {
    const know = [knowRecords, 'select goodgraph_know_records()'];
    for (const statement of [...tables, ...know, rowOpen, recordChange]) this.addSql(statement);
    for (const table of ['source', 'claim']) for (const statement of triggers(table)) this.addSql(statement);
    for (const table of ['source', 'record_source', 'claim', 'revision'])
      for (const statement of secure(table)) this.addSql(statement);
    const isPublished = `publication_status = 'PUBLISHED'`;
    const ofVisibleRecord = 'goodgraph_record_visible(record_id)';
    for (const statement of [
      ...policies('source', isPublished, 'true'),
      ...policies('record_source', 'true', ofVisibleRecord),
      ...policies('claim', isPublished, ofVisibleRecord),
      ...policies('revision', 'is_public', ofVisibleRecord),
    ])
      this.addSql(statement);
  }
}
