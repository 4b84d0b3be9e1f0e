/** What the migrations after 0003 say of tables alike. 0001 to 0003 keep their own words: a merged one is never edited. */

const listed = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

export const choice = (column: string, ...values: string[]) =>
  `${column} text check (${column} in (${listed(values)}))`;

/** Several of these values. */
export const choices = (column: string, ...values: string[]) =>
  `${column} text[] not null default '{}' check (${column} <@ array[${listed(values)}])`;

export const texts = (column: string) => `${column} text[] not null default '{}'`;

/** A day whose precision says how much of it is known; both or neither. */
export const partialDate = (
  column: string,
) => `${column} date, ${choice(`${column}_precision`, 'DAY', 'MONTH', 'YEAR')},
  check ((${column} is null) = (${column}_precision is null))`;

export const slug = `slug text collate "C" not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')`;

export const key = (column: string, table: string) => `${column} text collate "C" references ${table} (id)`;

/** The columns of every record; `prefix` is that of its ids. */
export const record = (prefix: string) => `
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

type End = [column: string, table: string];

/** An edge table; `position` keeps the order the record's author gave. */
export const edge = (table: string, [from, source]: End, [to, target]: End): string[] => [
  `create table ${table} (
    ${from} text collate "C" not null references ${source} (id) on delete cascade,
    ${to} text collate "C" not null references ${target} (id),
    position smallint not null default 0,
    primary key (${from}, ${to}))`,
  `create index ${table}_${to} on ${table} (${to})`,
];

const events = [
  ['insert', 'referencing new table as new_rows'],
  ['update', 'referencing old table as old_rows new table as new_rows'],
  ['delete', 'referencing old table as old_rows'],
] as const;

/** Counts the versions of a record table and writes its changes. */
export const recordTriggers = (table: string): string[] => [
  `create trigger next_version before update on ${table} for each row execute function goodgraph_next_version()`,
  ...events.map(
    ([event, referencing]) => `create trigger record_${event} after ${event} on ${table} ${referencing}
      for each statement execute function goodgraph_record_change()`,
  ),
];

/** A change of these rows is a change of the record in `whole` that `column` names. */
export const touchTriggers = (table: string, whole: string, column: string): string[] =>
  events.map(
    ([event, referencing]) => `create trigger touch_${event} after ${event} on ${table} ${referencing}
      for each statement execute function goodgraph_touch_record('${whole}', '${column}')`,
  );

/** Enables and forces row-level security; the role that migrates keeps full access to its own tables. */
const secure = (table: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy keeper on ${table} to current_user using (true) with check (true)`,
  `grant select on ${table} to goodgraph_public, goodgraph_member`,
];

const isOffice = `(select goodgraph_viewer_role()) in ('REVIEWER', 'ADMIN', 'SERVICE')`;

/**
 * Who sees which row of a record table: the published ones everybody, the others its owner (a partner's id in `owner`)
 * and reviewers; and no one a row below a record that they may not see. A column of `aboves` may be null: nothing above.
 */
export function recordPolicies(table: string, aboves: readonly End[] = [], owner?: string): string[] {
  const above = aboves
    .map(([column, other]) => {
      const own = `${table}.${column}`;
      return ` and (${own} is null or exists (select from ${other} a where a.id = ${own}))`;
    })
    .join('');
  const owned = owner === undefined ? '' : ` or ${owner} = (select goodgraph_viewer_partner())`;
  return [
    ...secure(table),
    `create policy published on ${table} for select to goodgraph_public using (publication_status = 'PUBLISHED'${above})`,
    `create policy member on ${table} for select to goodgraph_member
      using ((publication_status = 'PUBLISHED' or ${isOffice}${owned})${above})`,
  ];
}

/** Rows that are visible as far as the record that `column` names is. */
export const partPolicies = (table: string, whole: string, column: string): string[] => [
  ...secure(table),
  `create policy part on ${table} for select to goodgraph_public, goodgraph_member
    using (exists (select from ${whole} a where a.id = ${table}.${column}))`,
];

/**
 * Teaches `goodgraph_record_visible` these prefixes too, so that translations of their records follow them. It extends
 * what is there: migrations that add record tables side by side need not know of each other.
 */
export function recordsVisible(tables: Record<string, string>): string {
  const cases = Object.entries(tables)
    .map(([prefix, table]) => `when ''${prefix}'' then exists (select from ${table} where id = record)`)
    .join('\n      ');
  return `do $$ begin execute replace(pg_get_functiondef('goodgraph_record_visible(text)'::regprocedure),
    'else false end', '${cases}\n      else false end'); end $$`;
}
