import { Migration } from '@mikro-orm/migrations';
import { recordTables } from './0002-changes.js';

/** Records that a partner organisation owns, with the column that names the owner; the others have editors only. */
const ownerColumns: Record<string, string> = {
  partner: 'id',
  project: 'owner_id',
  participation: 'partner_id',
  good_practice: 'owner_id',
  transfer: 'owner_id',
};

/** Rows that are visible as far as the record they are part of is. */
const partTables = [
  ['good_practice_region', 'good_practice', 'good_practice_id'],
  ['good_practice_place', 'good_practice', 'good_practice_id'],
  ['good_practice_theme', 'good_practice', 'good_practice_id'],
  ['project_theme', 'project', 'project_id'],
  ['transfer_practice', 'transfer', 'transfer_id'],
  ['transfer_origin', 'transfer', 'transfer_id'],
] as const;

/** Records that also need the record above them to be visible. */
const aboves: Record<string, [table: string, column: string][]> = {
  participation: [
    ['project', 'project_id'],
    ['partner', 'partner_id'],
  ],
  measurement: [['good_practice', 'practice_id']],
  outcome: [['transfer', 'transfer_id']],
};

/**
 * Roles belong to the cluster: another database, or another process a moment ago, may have made them. Since PostgreSQL 16
 * a member that made a role may give it to others, but may take it only when it gives it to itself ("set").
 */
const role = (name: string) => `
  do $$ declare
    right_to_take text := case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end;
  begin
    if not exists (select from pg_roles where rolname = '${name}') then
      begin
        create role ${name} nologin;
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if not pg_has_role(current_user, '${name}', right_to_take) then execute format('grant ${name} to %I', current_user); end if;
  exception
    when unique_violation then null;
    when insufficient_privilege then
      raise insufficient_privilege using message = 'GoodGraph needs the database role ${name}', hint = (
        select format('Let an administrator run: %sgrant goodgraph_public, goodgraph_member to %I;',
          string_agg(format('create role %s nologin; ', needed), '' order by needed), current_user)
        from unnest('{goodgraph_public, goodgraph_member}'::text[]) needed
        where not exists (select from pg_roles where rolname = needed));
  end $$`;

const settings = [
  `create function goodgraph_viewer_role() returns text language sql stable parallel safe
    as $$ select current_setting('goodgraph.viewer_role', true) $$`,
  `create function goodgraph_viewer_partner() returns text language sql stable parallel safe
    as $$ select nullif(current_setting('goodgraph.viewer_partner', true), '') $$`,
];

const isOffice = `(select goodgraph_viewer_role()) in ('REVIEWER', 'ADMIN', 'SERVICE')`;

function policies(table: string): string[] {
  const above = (aboves[table] ?? [])
    .map(([other, column]) => ` and exists (select from ${other} a where a.id = ${table}.${column})`)
    .join('');
  const owner = ownerColumns[table];
  const owned = owner === undefined ? '' : ` or ${owner} = (select goodgraph_viewer_partner())`;
  return [
    `create policy published on ${table} for select to goodgraph_public using (publication_status = 'PUBLISHED'${above})`,
    `create policy member on ${table} for select to goodgraph_member
      using ((publication_status = 'PUBLISHED' or ${isOffice}${owned})${above})`,
  ];
}

/** Enables and forces row-level security; the role that migrates keeps full access to its own tables. */
const secure = (table: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy keeper on ${table} to current_user using (true) with check (true)`,
  `grant select on ${table} to goodgraph_public, goodgraph_member`,
];

const translatedTables = recordTables.filter((table) => !['region', 'place', 'participation'].includes(table));

/** Whether the viewer may see the record with this id; the prefix of an id tells its table. */
const recordVisible = (prefixes: Record<string, string>) => `
  create function goodgraph_record_visible(record text) returns boolean language sql stable parallel safe as $$
    select case split_part(record, '_', 1)
      ${translatedTables.map((table) => `when '${prefixes[table]}' then exists (select from ${table} where id = record)`).join('\n      ')}
      else false end $$`;

const prefixes = {
  programme: 'prg',
  partner: 'ptn',
  project: 'prj',
  theme: 'thm',
  indicator: 'ind',
  good_practice: 'gp',
  measurement: 'mea',
  transfer: 'trf',
  outcome: 'out',
};

/** Who sees which row is written here and nowhere else. */
export class Visibility extends Migration {
  override up(): void {
    for (const name of ['goodgraph_public', 'goodgraph_member']) this.addSql(role(name));
    for (const statement of settings) this.addSql(statement);
    for (const table of recordTables)
      for (const statement of [...secure(table), ...policies(table)]) this.addSql(statement);
    for (const [table, record, column] of partTables) {
      for (const statement of secure(table)) this.addSql(statement);
      this.addSql(`create policy part on ${table} for select to goodgraph_public, goodgraph_member
        using (exists (select from ${record} a where a.id = ${table}.${column}))`);
    }
    this.addSql(recordVisible(prefixes));
    for (const statement of secure('translation')) this.addSql(statement);
    this.addSql(`create policy part on translation for select to goodgraph_public, goodgraph_member
      using (goodgraph_record_visible(record_id))`);
  }
}
