import { Migration } from '@mikro-orm/migrations';

/**
 * Under row-level security PostgreSQL looks up in an index only what a leakproof operator compares: texts, whole
 * numbers, days. `like`, `@>` on arrays and every comparison of `numeric` are not, and would read the whole table.
 */

/** Trusted extensions: the owner of a database may create them. */
const extension = (name: string) => `
  do $$ begin
    create extension if not exists ${name};
  exception
    when feature_not_supported or undefined_file then
      raise feature_not_supported using message = 'GoodGraph needs the PostgreSQL extension ${name}',
        hint = 'It is part of PostgreSQL''s contrib modules. Install them on the server: Debian has them in postgresql, Red Hat in postgresql-contrib.';
    when insufficient_privilege then
      raise insufficient_privilege using message = 'GoodGraph needs the PostgreSQL extension ${name}',
        hint = format('Let an administrator run in the database %I: create extension ${name};', current_database());
  end $$`;

/**
 * Without case and accents: `Größe` is `grosse`. What `contains` compares, on both sides. The dictionary leaves accents of
 * Greek. Plain SQL with nothing set, which PostgreSQL can inline: names are qualified instead.
 */
const folding = `
  do $do$ begin
    execute format($$
      create function goodgraph_folded(given text) returns text language sql stable strict parallel safe as $folded$
        select %1$I.unaccent('%1$I.unaccent', translate(lower(given collate "und-x-icu"), 'άέήίόύώϊϋΐΰς', 'αεηιουωιυιυσ'))
      $folded$;
      create function goodgraph_pattern(given text) returns text language sql stable strict parallel safe as $pattern$
        select '%%' || regexp_replace(%1$I.goodgraph_folded(given), '([\\\\%%_])', '\\\\\\1', 'g') || '%%'
      $pattern$ $$, current_schema());
  end $do$`;

/** By table: texts that `contains` searches, and lists whose members are asked for. SQL over the record's columns. */
const searched: Record<string, { texts: Record<string, string>; lists?: readonly string[] }> = {
  partner: {
    texts: {
      name: `concat_ws(' ', name_english, name_latin, name_original, acronym, jsonb_path_query_array(other_names, '$[*].name')::text)`,
    },
    lists: ['specialisations'],
  },
  project: {
    texts: { name: `concat_ws(' ', acronym, title, array_to_string(aliases, ' '))` },
    lists: ['sectors', 'context_tags', 'target_groups'],
  },
  good_practice: {
    texts: { title: 'title', text: `concat_ws(' ', title, summary, description, problem)` },
    lists: ['sectors', 'keywords', 'target_groups'],
  },
  transfer: { texts: { title: `coalesce(title, '')` }, lists: ['mechanisms'] },
  event: { texts: { title: `concat_ws(' ', title, alternative_title)` }, lists: ['types'] },
  output: { texts: { title: 'title' }, lists: ['languages'] },
  task: { texts: { title: 'title' } },
  action_plan: { texts: { title: 'title' } },
  source: { texts: { title: `coalesce(title, '')`, publisher: `coalesce(publisher, '')` } },
};

/**
 * What is searched of the published rows stands in a table of its own, kept by a trigger in the statement that changes
 * them. It is as public as they are, so it has no policies, and PostgreSQL may use its indexes and what it knows of its
 * values. For signed-in readers the same name means more: a schema that is called like their role comes first in the
 * search path, and there it is a view that adds the rows that are not published, as far as the reader may see them.
 */
function search(table: string): string[] {
  const { texts, lists = [] } = searched[table] ?? { texts: {} };
  const columns = [...Object.keys(texts), ...lists];
  const values = [...Object.values(texts).map((text) => `goodgraph_folded(${text})`), ...lists].join(', ');
  const excluded = columns.map((column) => `excluded.${column}`).join(', ');
  const keep = `insert into ${table}_search as s (id, ${columns.join(', ')})
      select id, ${values} from new_rows where publication_status = 'PUBLISHED'
      on conflict (id) do update set (${columns.join(', ')}) = row(${excluded})
      where row(${columns.map((column) => `s.${column}`).join(', ')}) is distinct from row(${excluded})`;
  return [
    `create table ${table}_search (
      id text collate "C" primary key references ${table} (id) on delete cascade,
      ${[...Object.keys(texts).map((name) => `${name} text not null`), ...lists.map((name) => `${name} text[] not null`)].join(', ')})`,
    `insert into ${table}_search select id, ${values} from ${table} where publication_status = 'PUBLISHED'`,
    ...Object.keys(texts).map(
      (name) => `create index ${table}_search_${name} on ${table}_search using gin (${name} gin_trgm_ops)`,
    ),
    // Of the usual hundred samples one in which a rare word stands by chance makes it a hundredth of all.
    ...Object.keys(texts).map((name) => `alter table ${table}_search alter ${name} set statistics 500`),
    ...lists.map((name) => `create index ${table}_search_${name} on ${table}_search using gin (${name})`),
    `create function goodgraph_keep_${table}_search() returns trigger language plpgsql set search_path from current as $$
    begin
      if tg_op = 'UPDATE' then
        delete from ${table}_search where id in (select id from new_rows where publication_status <> 'PUBLISHED');
      end if;
      ${keep};
      return null;
    end $$`,
    `create trigger keep_search_insert after insert on ${table} referencing new table as new_rows
      for each statement execute function goodgraph_keep_${table}_search()`,
    `create trigger keep_search_update after update on ${table} referencing new table as new_rows
      for each statement execute function goodgraph_keep_${table}_search()`,
    `create index ${table}_unpublished on ${table} (id) where publication_status <> 'PUBLISHED'`,
    `create view goodgraph_member.${table}_search with (security_invoker = true) as
      select id, ${columns.join(', ')} from ${table}_search
      union all select id, ${values} from ${table} where publication_status <> 'PUBLISHED'`,
    `grant select on ${table}_search to goodgraph_public, goodgraph_member`,
    `grant select on goodgraph_member.${table}_search to goodgraph_member`,
  ];
}

/** The first day after what is known of a date. */
const after = (date: string) =>
  `(${date} + case ${date}_precision when 'YEAR' then interval '1 year' when 'MONTH' then interval '1 month' else interval '1 day' end)::date`;

const inEuro = (name: string) => `case when ${name}_currency = 'EUR' then ${name}_amount::double precision end`;

/** What lists compare and order by, worked out of a record's other columns; no revision tells of them. */
const generated: [table: string, column: string, expression: string][] = [
  ['good_practice', 'cost_eur', inEuro('cost')],
  [
    'good_practice',
    'duration_years',
    `round((coalesce(${after('end_date')}, ${after('ongoing_as_of')}) - start_date) / 365.25, 2)::double precision`,
  ],
  ['project', 'budget_eur', inEuro('budget')],
  ['transfer', 'funding_eur', inEuro('funding')],
];

/** A region keeps its code for good: a transfer can hold that of its destination, to be ordered by it. */
const destinationCode = [
  `alter table transfer add destination_code text collate "C"`,
  `create function goodgraph_destination_code() returns trigger language plpgsql set search_path from current as $$
  begin
    new.destination_code := (select code from region where id = new.destination_id);
    return new;
  end $$`,
  `create trigger keep_destination_code before insert or update of destination_id on transfer
    for each row execute function goodgraph_destination_code()`,
  `alter table transfer disable trigger user`,
  `update transfer t set destination_code = (select code from region where id = t.destination_id)`,
  `alter table transfer enable trigger user`,
];

/** Revisions tell what people changed. */
const untold = [...generated.map(([, column]) => column), 'destination_code'].map((name) => `'${name}'`).join(', ');
const revisions = `do $do$
  declare
    known text := pg_get_functiondef('goodgraph_record_change()'::regprocedure);
    taught text := replace(replace(known, $$key not in ('version', 'updated_at')$$, $$key not in ('version', 'updated_at', ${untold})$$),
      $$from jsonb_each(to_jsonb(o)) b) d$$, $$from jsonb_each(to_jsonb(o)) b where b.key not in (${untold})) d$$);
  begin
    if length(taught) - length(known) < 2 * length($$, ${untold}$$) then raise 'goodgraph_record_change() is not as it was'; end if;
    execute taught;
  end $do$`;

const stage = `case status when 'INTEREST' then 1 when 'ASSESSED' then 2 when 'PLANNED' then 3 when 'IN_PROGRESS' then 4
  when 'IMPLEMENTED' then 5 when 'MAINSTREAMED' then 6 when 'ON_HOLD' then 7 when 'ABANDONED' then 8 else 9 end`;
const byName = (text: string) => `(${text}) collate "und-x-icu"`;
const orElse = (column: string, absent: string) => `(case when ${column} is null then ${absent} else ${column} end)`;
const lastDay = (column: string) => orElse(column, `'0001-01-01'`);

/** What lists are ordered by; the id, which ends every order, ends every one of these. */
const orders: Record<string, Record<string, string>> = {
  partner: { name: byName(orElse('name_english', orElse('name_latin', 'name_original'))), updated: 'updated_at' },
  project: {
    acronym: byName('acronym'),
    started: lastDay('start_date'),
    budget: orElse('budget_eur', '-1'),
    updated: 'updated_at',
  },
  good_practice: {
    title: byName('title'),
    started: lastDay('start_date'),
    cost: orElse('cost_eur', '1e18'),
    duration: orElse('duration_years', '-1'),
    updated: 'updated_at',
  },
  transfer: {
    reported: lastDay('reported_on'),
    started: lastDay('start_date'),
    destination: `destination_code, (${stage})`,
    stage: `(${stage}), destination_code`,
  },
  event: {
    start_first: orElse('start_date', "'9999-12-31'"),
    start_last: lastDay('start_date'),
    updated: 'updated_at',
  },
  output: { title: byName('title'), published: lastDay('published_on'), updated: 'updated_at' },
  task: { title: byName('title'), updated: 'updated_at' },
  action_plan: { title: byName('title'), status_told: lastDay('status_on'), updated: 'updated_at' },
  policy_instrument: { name: byName('name'), updated: 'updated_at' },
  source: { title: byName(orElse('title', 'slug')), published: lastDay('published'), updated: 'updated_at' },
};

/** What lists are filtered by; a column of which most rows say nothing is indexed where it says something. */
const filters: Record<string, string[]> = {
  partner: ['type', 'legal_status', 'confidence'],
  project: ['status', 'start_date', 'end_date', 'budget_eur', 'confidence'],
  participation: ['role'],
  good_practice: [
    'start_date',
    'duration_years',
    'cost_eur',
    'end_date',
    'validated_on',
    'transferability_rating',
    'practice_type',
    'confidence',
  ],
  transfer: ['kind', 'reported_on', 'end_date', 'funding_eur', 'confidence'],
  event: ['mode', 'confidence'],
  output: ['type', 'published_on', 'confidence'],
  output_update: ['status', 'reported_on'],
  task: ['kind', 'status'],
  action_plan: ['status', 'status_on'],
  source: ['kind', 'status', 'licence', 'published', 'retrieved'],
};

/**
 * PostgreSQL may answer the `exists` of a policy by reading the whole table it asks about, for it does not see that a
 * page needs few rows. With an offset it looks each row up.
 */
const policies = `do $do$
  declare
    policy record;
  begin
    for policy in select polname, polrelid::regclass as relation, polqual_text from (
        select polname, polrelid, pg_get_expr(polqual, polrelid) as polqual_text from pg_policy) p
      where polqual_text ~ '\\(EXISTS \\( SELECT\\s+FROM \\w+ a\\s+WHERE \\(a\\.id = [\\w."]+\\)\\)\\)'
    loop
      execute format('alter policy %I on %s using (%s)', policy.polname, policy.relation,
        regexp_replace(policy.polqual_text, '(\\(EXISTS \\( SELECT\\s+FROM \\w+ a\\s+WHERE \\(a\\.id = [\\w."]+\\))(\\)\\))', '\\1 offset 0\\2', 'g'));
    end loop;
  end $do$`;

const indexes = [
  'drop index transfer_reported_order, transfer_started_order, good_practice_cost',
  `create index partner_identified on partner (id) where identifiers <> '[]'`,
  `create index event_end_filter on event (${orElse('end_date', 'start_date')})`,
  ...Object.entries(orders).flatMap(([table, each]) =>
    Object.entries(each).map(([name, text]) => `create index ${table}_${name}_order on ${table} (${text}, id)`),
  ),
  ...Object.entries(filters).flatMap(([table, columns]) =>
    columns.map(
      (column) => `create index ${table}_${column}_filter on ${table} (${column}) where ${column} is not null`,
    ),
  ),
];

/** Keys by which lists are filtered and of which few are common: so many are to be known how common they are. */
const skewed = {
  region_id: ['partner', 'good_practice_region', 'transfer_origin', 'event', 'event_country'],
  destination_id: ['transfer'],
  theme_id: ['good_practice_theme', 'project_theme', 'event_theme'],
  programme_id: ['project'],
};

const statistics = Object.entries(skewed).flatMap(([column, tables]) =>
  tables.map((table) => `alter table ${table} alter ${column} set statistics 500`),
);

/** What the filters and orders of lists need to be answered from indexes. */
export class ListIndexes extends Migration {
  override up(): void {
    for (const statement of [
      extension('pg_trgm'),
      extension('unaccent'),
      folding,
      'create schema if not exists goodgraph_member',
      'grant usage on schema goodgraph_member to goodgraph_member',
      ...Object.keys(searched).flatMap(search),
      ...generated.map(
        ([table, column, text]) =>
          `alter table ${table} add ${column} double precision generated always as (${text}) stored`,
      ),
      ...destinationCode,
      revisions,
      policies,
      ...indexes,
      ...statistics,
    ])
      this.addSql(statement);
  }
}
