import { Migration } from '@mikro-orm/migrations';

/** Who takes part in a project is what its lead partner or the office published; a lead partner is named by the office. */
const standing = [
  `create function goodgraph_takes_part(project text) returns boolean
    language sql stable security definer set search_path from current as $$
    select exists (select from participation p where p.project_id = project and p.partner_id = goodgraph_editor_partner()
      and p.publication_status = 'PUBLISHED' and p.role in ('LEAD_PARTNER', 'PARTNER')) $$`,
  `create function goodgraph_leads(project text) returns boolean
    language sql stable security definer set search_path from current as $$
    select exists (select from participation p where p.project_id = project and p.partner_id = goodgraph_editor_partner()
      and p.publication_status = 'PUBLISHED' and p.role = 'LEAD_PARTNER') $$`,
  `create function goodgraph_hosts(event text) returns boolean
    language sql stable security definer set search_path from current as $$
    select exists (select from event_role r where r.event_id = event and r.session_id is null and r.role = 'HOST'
      and r.partner_id = goodgraph_editor_partner()) $$`,
  // Of a part of an event, the event counts.
  `create function goodgraph_record_shared(record text) returns boolean language sql stable as $$
    select case split_part(record, '_', 1)
      when 'ptn' then coalesce(goodgraph_viewer_role() = 'REVIEWER', false)
      when 'par' then goodgraph_leads((select project_id from participation where id = record))
      when 'tsk' then goodgraph_leads((select project_id from task where id = record))
      when 'evt' then goodgraph_hosts(record) or goodgraph_takes_part((select project_id from event where id = record))
      when 'ses' then goodgraph_record_shared((select event_id from session where id = record))
      when 'rol' then goodgraph_record_shared((select event_id from event_role where id = record))
      else false end $$`,
];

/** Records that others than their owner write too. What is not open yet, they must see to do so. */
const shared = [
  ['source', `(select goodgraph_viewer_role()) = 'REVIEWER'`, ['insert']],
  ['partner', `(select goodgraph_viewer_role()) = 'REVIEWER'`, ['insert', 'update']],
  ['participation', 'goodgraph_leads(participation.project_id)', ['insert', 'update', 'select']],
  ['task', 'goodgraph_leads(task.project_id)', ['insert', 'update', 'select']],
  ['event', 'goodgraph_hosts(event.id) or goodgraph_takes_part(event.project_id)', ['update']],
] as const;

/** Their parts, with the column that names the whole. */
const parts = [
  ['partner_contact', 'partner_id'],
  ['partner_contact_email', 'partner_id'],
  ['session', 'event_id'],
  ['event_role', 'event_id'],
  ['event_theme', 'event_id'],
  ['event_country', 'event_id'],
  ['session_practice', 'session_id'],
  ['record_source', 'record_id'],
  ['translation', 'record_id'],
] as const;

const policy = (table: string, command: 'select' | 'insert' | 'update' | 'delete', condition: string): string =>
  `create policy ${command}_shared on ${table} for ${command} to goodgraph_member
    ${command === 'insert' ? '' : `using (${condition})`}
    ${command === 'insert' || command === 'update' ? `with check (${condition})` : ''}`;

const policies = [
  ...shared.flatMap(([table, condition, commands]) =>
    commands.map((command) =>
      policy(table, command, command === 'select' ? `publication_status <> 'PUBLISHED' and ${condition}` : condition),
    ),
  ),
  ...parts.flatMap(([table, column]) =>
    (['insert', 'update', 'delete'] as const).map((command) =>
      policy(table, command, `goodgraph_record_shared(${table}.${column})`),
    ),
  ),
];

/** Everybody endorses for themselves: neither does the proposer for others. */
const endorsements = [
  ...['insert', 'update', 'delete'].map((command) => `drop policy ${command}_by on action_plan_endorsement`),
  ...(['insert', 'update', 'delete'] as const).map((command) =>
    policy(
      'action_plan_endorsement',
      command,
      `(select goodgraph_writes_all()) or (partner_id = (select goodgraph_editor_partner())
        and exists (select from action_plan a where a.id = action_plan_id and goodgraph_takes_part(a.project_id)))`,
    ),
  ),
];

/** A row's policy sees what comes out, not what was before: rights that a row gives are not taken by whoever gains by them. */
const guards = [
  `create function goodgraph_guard_participation() returns trigger language plpgsql as $$
  begin
    if current_user <> 'goodgraph_member' or goodgraph_viewer_role() <> 'PARTNER' then return null; end if;
    if new.role = 'LEAD_PARTNER' and (tg_op = 'INSERT' or old.role <> new.role) then
      raise insufficient_privilege using message = 'Lead partners are named by reviewers and admins.';
    end if;
    if goodgraph_leads(new.project_id) and (tg_op = 'INSERT' or goodgraph_leads(old.project_id)) then return null; end if;
    if (new.publication_status = 'PUBLISHED' and (tg_op = 'INSERT' or old.publication_status <> 'PUBLISHED'))
      or (tg_op = 'UPDATE' and old.publication_status = 'PUBLISHED'
        and (new.role, new.project_id, new.partner_id) is distinct from (old.role, old.project_id, old.partner_id)) then
      raise insufficient_privilege using message = 'The lead partner confirms who takes part, and as what.';
    end if;
    return null;
  end $$`,
  `create trigger guard_participation after insert or update on participation for each row
    execute function goodgraph_guard_participation()`,
  `create function goodgraph_guard_event() returns trigger language plpgsql as $$
  begin
    if current_user <> 'goodgraph_member' or goodgraph_writes_all() or old.owner_id = goodgraph_editor_partner() then return null; end if;
    raise insufficient_privilege using message = 'Who owns an event, and who sees it, is its owner''s to say.';
  end $$`,
  `create trigger guard_event after update on event for each row
    when ((new.owner_id, new.publication_status) is distinct from (old.owner_id, old.publication_status))
    execute function goodgraph_guard_event()`,
];

/** Why a step was taken: of all that its transaction changes. Read by who writes the record and by the office, through these alone. */
const reasons = [
  ['note', 'goodgraph.note'],
  ['note_source', 'goodgraph.source'],
].flatMap(([column, setting]) => [
  `alter table revision add ${column} text default nullif(current_setting('${setting}', true), '')`,
  `create function goodgraph_${column}_at(record text, at_version integer) returns text
    language sql stable security definer set search_path from current as $$
    select ${column} from revision where record_id = record and version = at_version
      and (goodgraph_viewer_role() in ('REVIEWER', 'ADMIN', 'SERVICE')
        or goodgraph_record_writable(record) or goodgraph_record_shared(record))
    order by id desc limit 1 $$`,
]);

/** Some records are written by others than their owner, and every step says why. */
export class SharedWriting extends Migration {
  override up(): void {
    for (const statement of [...standing, ...policies, ...endorsements, ...guards, ...reasons]) this.addSql(statement);
  }
}
