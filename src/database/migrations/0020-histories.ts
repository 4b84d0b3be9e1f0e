import { Migration } from '@mikro-orm/migrations';

const policy = (table: string, command: 'insert' | 'update' | 'delete', name: string, condition: string): string =>
  `create policy ${command}_${name} on ${table} for ${command} to goodgraph_member
    ${command === 'insert' ? '' : `using (${condition})`} ${command === 'delete' ? '' : `with check (${condition})`}`;

/** Parts of records, which are open with them. */
const parts = [
  ['measurement', 'practice_id'],
  ['outcome', 'transfer_id'],
  ['session', 'event_id'],
  ['event_role', 'event_id'],
  ['output_update', 'output_id'],
  ['action', 'action_plan_id'],
].map(([table, column]) => `union select id from ${table} where ${column} = any(records)`);

const isReviewer = `(select goodgraph_viewer_role()) = 'REVIEWER'`;
const seen = `${isReviewer} and goodgraph_record_visible(claim.record_id)`;

/** Reviewers say what other sources claim, and owners see what they took back; a source that a claim brought in is seen with the record that it is about. */
const claims = [
  `create policy member_own on claim for select to goodgraph_member
    using (publication_status <> 'PUBLISHED' and goodgraph_record_writable(claim.record_id))`,
  policy('claim', 'insert', 'review', seen),
  policy('claim', 'update', 'review', seen),
  `create policy member_claims on source for select to goodgraph_member using (publication_status = 'DRAFT'
    and introduced_by is not null and exists (select from claim a where a.source_id = source.id offset 0))`,
  `create or replace function goodgraph_open_named(records text[]) returns void
    language plpgsql security definer set search_path from current as $$
  declare
    opened text[];
  begin
    update indicator set publication_status = 'PUBLISHED' where publication_status = 'DRAFT' and introduced_by is not null and id in (
      select indicator_id from measurement where practice_id = any(records) or id = any(records)
      union select indicator_id from outcome where transfer_id = any(records) or id = any(records));
    select array_agg(id) into opened from (select unnest(records) as id ${parts.join(' ')}
      union select indicator_id from measurement where practice_id = any(records)
      union select indicator_id from outcome where transfer_id = any(records)) whole;
    update source set publication_status = 'PUBLISHED' where publication_status = 'DRAFT' and introduced_by is not null and id in (
      select source_id from record_source where record_id = any(opened)
      union select source_id from claim where record_id = any(opened) and publication_status = 'PUBLISHED');
  end $$`,
  ...['insert', 'update'].map(
    (event) => `create trigger open_introduced_${event} after ${event} on claim referencing new table as new_rows
      for each statement execute function goodgraph_open_introduced('record_id',
        'publication_status = ''PUBLISHED'' and goodgraph_record_or_whole_open(record_id)')`,
  ),
];

/**
 * Takes a contact out for good: its row, its e-mail address, and that address from what is kept of the organisation's
 * changes, where somebody wrote it elsewhere. Returns whether there was one.
 */
const contacts = [
  `create function goodgraph_erase_contact(partner text, contact_role text) returns boolean
    language plpgsql security definer set search_path from current as $$
  declare
    erased record;
    address text;
  begin
    if not goodgraph_record_writable(partner) then
      raise insufficient_privilege using message = 'Contacts are erased by their organisation and by admins.';
    end if;
    select c.position, e.email into erased from partner_contact c left join partner_contact_email e using (partner_id, position)
      where c.partner_id = partner and c.role = contact_role;
    if not found then return false; end if;
    delete from partner_contact where partner_id = partner and position = erased.position;
    address := btrim(to_json(erased.email)::text, '"');
    update revision r set changes = replace(changes::text, address, '[erased]')::jsonb, note = replace(note, erased.email, '[erased]')
      where r.record_id = partner and address is not null
        and (position(address in changes::text) > 0 or position(erased.email in note) > 0);
    return true;
  end $$`,
];

/** What is written of records beside themselves: texts in other languages, what sources claim, and what is erased. */
export class Histories extends Migration {
  override up(): void {
    for (const statement of [...claims, ...contacts]) this.addSql(statement);
  }
}
