import { Migration } from '@mikro-orm/migrations';
import { byPrefix, owned, partRecords } from './written-records.js';

/** Records that nobody owns: the office keeps them. */
const common = ['region', 'place', 'programme', 'theme', 'policy_instrument', 'indicator', 'source'];

/** Rows that are part of the record that their column names: who may write that, may write them. */
const parts = [
  ...partRecords.map(([table, column]) => [table, column] as const),
  ['claim', 'record_id'],
  ['record_source', 'record_id'],
  ['translation', 'record_id'],
  ['good_practice_region', 'good_practice_id'],
  ['good_practice_place', 'good_practice_id'],
  ['good_practice_theme', 'good_practice_id'],
  ['good_practice_inspiration', 'practice_id'],
  ['project_theme', 'project_id'],
  ['theme_related', 'theme_id'],
  ['partner_contact', 'partner_id'],
  ['partner_contact_email', 'partner_id'],
  ['transfer_practice', 'transfer_id'],
  ['transfer_origin', 'transfer_id'],
  ['transfer_origin_place', 'transfer_id'],
  ['event_theme', 'event_id'],
  ['event_country', 'event_id'],
  ['session_practice', 'session_id'],
  ['output_use', 'output_id'],
  ['action_plan_endorsement', 'action_plan_id'],
] as const;

/** Histories of steps: rows are added and stay as they are. */
const histories = [
  ['good_practice_step', 'practice_id', ` or (select goodgraph_viewer_role()) = 'REVIEWER'`],
  ['transfer_status', 'transfer_id', ''],
] as const;

const writesAll = `(select goodgraph_writes_all())`;
/** The organisation that an editor writes for; null for everybody else. */
const editor = `(select goodgraph_editor_partner())`;

const viewer = [
  `create function goodgraph_viewer_account() returns text language sql stable parallel safe
    as $$ select nullif(current_setting('goodgraph.viewer_account', true), '') $$`,
  `create function goodgraph_writes_all() returns boolean language sql stable parallel safe
    as $$ select coalesce(goodgraph_viewer_role() in ('ADMIN', 'SERVICE'), false) $$`,
  `create function goodgraph_editor_partner() returns text language sql stable parallel safe
    as $$ select case when goodgraph_viewer_role() = 'PARTNER' then goodgraph_viewer_partner() end $$`,
  // What is hidden from the viewer counts too: hence the owner's rights.
  `create function goodgraph_indicator_is_own(indicator text) returns boolean
    language plpgsql stable security definer set search_path from current as $$
  declare
    editor text := goodgraph_editor_partner();
  begin
    return editor is not null
      and not exists (select from measurement m join good_practice g on g.id = m.practice_id
        where m.indicator_id = indicator and g.owner_id is distinct from editor)
      and not exists (select from outcome o join transfer t on t.id = o.transfer_id
        where o.indicator_id = indicator and t.owner_id is distinct from editor);
  end $$`,
  `create function goodgraph_introduce() returns trigger language plpgsql as $$
  begin
    new.publication_status := 'DRAFT';
    return new;
  end $$`,
  `create function goodgraph_record_writable(record text) returns boolean language plpgsql stable as $$
  declare
    editor text := goodgraph_editor_partner();
  begin
    if goodgraph_writes_all() then return true; end if;
    if editor is null then return false; end if;
    case split_part(record, '_', 1)
    when 'ind' then return goodgraph_indicator_is_own(record);
    ${byPrefix((owner) => `r.${owner} = editor`)}
    else return false;
    end case;
  end $$`,
];

const policy = (table: string, command: 'insert' | 'update' | 'delete', condition: string): string =>
  `create policy ${command}_by on ${table} for ${command} to goodgraph_member
    ${command === 'insert' ? '' : `using (${condition})`} ${command === 'delete' ? '' : `with check (${condition})`}`;

const policies = [
  ...owned.flatMap(([table, column]) => {
    const own = `${writesAll} or ${table}.${column} = ${editor}`;
    const reviewed = table === 'good_practice' ? ` or (select goodgraph_viewer_role()) = 'REVIEWER'` : '';
    return [
      `grant insert, update on ${table} to goodgraph_member`,
      policy(table, 'insert', own),
      policy(table, 'update', `${own}${reviewed}`),
    ];
  }),
  ...common.flatMap((table) => {
    const found = table === 'indicator' || table === 'source' ? ` or ${editor} is not null` : '';
    const own = table === 'indicator' ? ` or goodgraph_indicator_is_own(indicator.id)` : '';
    return [
      `grant insert, update on ${table} to goodgraph_member`,
      policy(table, 'insert', `${writesAll}${found}`),
      policy(table, 'update', `${writesAll}${own}`),
    ];
  }),
  ...parts.flatMap(([table, column]) => [
    `grant insert, update, delete on ${table} to goodgraph_member`,
    ...(['insert', 'update', 'delete'] as const).map((command) =>
      policy(table, command, `goodgraph_record_writable(${table}.${column})`),
    ),
  ]),
  ...histories.flatMap(([table, column, others]) => [
    `grant insert on ${table} to goodgraph_member`,
    policy(table, 'insert', `goodgraph_record_writable(${table}.${column})${others}`),
  ]),
];

/**
 * A row's policy sees what comes out, not what was before. An editor neither opens a practice to everyone nor calls it
 * validated, and a reviewer writes nothing but what a step writes.
 */
const review = [
  `create function goodgraph_guard_review() returns trigger language plpgsql as $$
  declare
    verdict text[] := '{validation_level,validated_by_id,validated_by_text,validated_on,validated_on_precision,validation_opinion}';
    steps text[] := verdict || '{workflow_status,publication_status,withdrawn_reason,version,updated_at}';
    judged boolean;
  begin
    if current_user <> 'goodgraph_member' then return null; end if;
    if goodgraph_viewer_role() = 'REVIEWER' then
      if to_jsonb(new) - steps is distinct from to_jsonb(old) - steps then
        raise insufficient_privilege using message = 'A reviewer takes steps of the review, and changes nothing else.';
      end if;
    elsif goodgraph_viewer_role() = 'PARTNER' then
      if tg_op = 'INSERT' then
        judged := new.workflow_status is distinct from 'DRAFT' or new.validation_level is not null;
      else
        judged := (new.workflow_status is distinct from old.workflow_status
            and coalesce(new.workflow_status, '') not in ('DRAFT', 'SUBMITTED', 'ARCHIVED'))
          or exists (select from unnest(verdict) v where to_jsonb(new) -> v is distinct from to_jsonb(old) -> v);
      end if;
      if judged then
        raise insufficient_privilege using message = 'Reviewers judge a practice, and not its owner.';
      end if;
    end if;
    return null;
  end $$`,
  `create trigger guard_review after insert or update on good_practice for each row execute function goodgraph_guard_review()`,
];

/** Who acted is written into revisions, and read by admins alone: the column by nobody, the function asks who asks. */
const accounts = [
  `alter table revision alter account_id set default goodgraph_viewer_account()`,
  `revoke select on revision from goodgraph_public, goodgraph_member`,
  `grant select (id, record_id, version, kind, changes, is_public, at) on revision to goodgraph_public, goodgraph_member`,
  `create function goodgraph_account_at(record text, at_version integer) returns text
    language sql stable security definer set search_path from current as $$
    select account_id from revision where record_id = record and version = at_version and goodgraph_viewer_role() = 'ADMIN'
    order by id desc limit 1 $$`,
];

/** What a step says beside where it leads; `version` is that of the record which it led to. */
const steps = [
  `alter table good_practice_step add version integer, add source_url text,
    add publication_status text check (publication_status in ('DRAFT', 'PUBLISHED', 'WITHDRAWN'))`,
  `alter table transfer_status add version integer`,
];

/**
 * Keys by which a client may send a mutation again: it has one effect. Of each account its own, for seven days at least;
 * `xid` tells whoever took a key from those who met it.
 */
const keys = [
  `create function goodgraph_viewer_key() returns text language sql stable
    as $$ select coalesce(goodgraph_viewer_account(), goodgraph_viewer_partner(), goodgraph_viewer_role()) $$`,
  `create table mutation_key (
    owner text collate "C" not null default goodgraph_viewer_key(),
    key text collate "C" not null check (length(key) between 1 and 100),
    hash text collate "C" not null,
    record_id text collate "C" not null,
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default now(),
    primary key (owner, key))`,
  `create index mutation_key_age on mutation_key (owner, at)`,
  `alter table mutation_key enable row level security`,
  `alter table mutation_key force row level security`,
  `create policy keeper on mutation_key to current_user using (true) with check (true)`,
  `create policy own on mutation_key to goodgraph_member
    using (owner = (select goodgraph_viewer_key())) with check (owner = (select goodgraph_viewer_key()))`,
  `grant select, insert, update, delete on mutation_key to goodgraph_member`,
];

/**
 * Indicators and sources that come in with a record which is not open yet would tell of it: they are drafts of whoever brought
 * them, seen with the records that name them, and open with the first of those. Those who name one that they cannot see
 * get its id: they know its name.
 */
const introduced = [
  ...['indicator', 'source'].flatMap((table) => [
    `alter table ${table} add introduced_by text collate "C" default coalesce(goodgraph_editor_partner(), goodgraph_viewer_role())`,
    `create index ${table}_introduced on ${table} (id) where publication_status = 'DRAFT' and introduced_by is not null`,
    `create trigger introduce before insert on ${table} for each row when (current_user = 'goodgraph_member')
      execute function goodgraph_introduce()`,
    `drop policy member on ${table}`,
  ]),
  `create policy member on indicator for select to goodgraph_member using (publication_status = 'PUBLISHED'
    or (select goodgraph_viewer_role()) in ('REVIEWER', 'ADMIN', 'SERVICE') or introduced_by = (select goodgraph_viewer_partner())
    or (publication_status = 'DRAFT' and introduced_by is not null
      and (exists (select from measurement a where a.indicator_id = indicator.id offset 0)
        or exists (select from outcome a where a.indicator_id = indicator.id offset 0))))`,
  `create policy member on source for select to goodgraph_member using (publication_status = 'PUBLISHED'
    or (select goodgraph_viewer_role()) in ('REVIEWER', 'ADMIN', 'SERVICE') or introduced_by = (select goodgraph_viewer_partner())
    or (publication_status = 'DRAFT' and introduced_by is not null
      and exists (select from record_source a where a.source_id = source.id offset 0)))`,
  `create function goodgraph_sources_named(keys text[]) returns table (id text, slug text, url text)
    language sql stable security definer set search_path from current as $$
    select id, slug, url from source where slug = any(keys) or url = any(keys) $$`,
  `create function goodgraph_indicators_named(slugs text[]) returns table (id text, slug text, unit text, origin text)
    language sql stable security definer set search_path from current as $$
    select id, slug, unit, origin from indicator where slug = any(slugs) $$`,
  `create function goodgraph_record_or_whole_open(record text) returns boolean language plpgsql stable as $$
  begin
    case split_part(record, '_', 1)
    when 'ind' then return exists (select from indicator r where r.id = record and r.publication_status = 'PUBLISHED');
    ${byPrefix(() => `r.publication_status = 'PUBLISHED'`)}
    else return goodgraph_record_open(record);
    end case;
  end $$`,
  `create function goodgraph_open_named(records text[]) returns void
    language plpgsql security definer set search_path from current as $$
  begin
    update indicator set publication_status = 'PUBLISHED' where publication_status = 'DRAFT' and introduced_by is not null and id in (
      select indicator_id from measurement where practice_id = any(records) or id = any(records)
      union select indicator_id from outcome where transfer_id = any(records) or id = any(records));
    update source set publication_status = 'PUBLISHED' where publication_status = 'DRAFT' and introduced_by is not null and id in (
      select source_id from record_source where record_id in (
        select unnest(records)
        ${partRecords.map(([table, column]) => `union select id from ${table} where ${column} = any(records)`).join(' ')}
        union select indicator_id from measurement where practice_id = any(records)
        union select indicator_id from outcome where transfer_id = any(records)));
  end $$`,
  `create function goodgraph_open_introduced() returns trigger
    language plpgsql security definer set search_path from current as $$
  declare
    opened text[];
  begin
    if not exists (select from indicator where publication_status = 'DRAFT' and introduced_by is not null)
      and not exists (select from source where publication_status = 'DRAFT' and introduced_by is not null) then return null; end if;
    execute format('select array_agg(%1$I) from new_rows where %2$s', tg_argv[0], tg_argv[1]) into opened;
    if opened is not null then perform goodgraph_open_named(opened); end if;
    return null;
  end $$`,
  ...[
    ...owned.map(([table]) => [table, 'id', `publication_status = ''PUBLISHED''`] as const),
    ['record_source', 'record_id', 'goodgraph_record_or_whole_open(record_id)'] as const,
    ['measurement', 'id', 'goodgraph_record_or_whole_open(practice_id)'] as const,
    ['outcome', 'id', 'goodgraph_record_or_whole_open(transfer_id)'] as const,
  ].flatMap(([table, column, condition]) =>
    ['insert', 'update'].map(
      (event) => `create trigger open_introduced_${event} after ${event} on ${table} referencing new table as new_rows
        for each statement execute function goodgraph_open_introduced('${column}', '${condition}')`,
    ),
  ),
];

/** What triggers keep beside a record is kept with the owner's rights, whoever writes the record. */
const keepers = `do $$ declare name text; begin
  for name in select p.oid::regprocedure from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.proname ~ '^goodgraph_keep_.*_search$'
  loop execute format('alter function %s security definer', name); end loop;
end $$`;

/** Signed-in people may write: what is theirs, and as far as their role goes. */
export class Writing extends Migration {
  override up(): void {
    for (const statement of [...viewer, ...policies, ...review, ...accounts, ...steps, ...keys, ...introduced, keepers])
      this.addSql(statement);
  }
}
