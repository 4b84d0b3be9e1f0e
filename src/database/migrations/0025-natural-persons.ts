import { Migration } from '@mikro-orm/migrations';

/** What tells who a natural person is, in the columns of `partner`. */
const personal = [
  'slug',
  'name_original',
  'name_original_language',
  'name_latin',
  'name_english',
  'acronym',
  'former_names',
  'other_names',
  'identifiers',
  'website',
  'source_note',
];
const personalColumns = `'{${personal.join(',')}}'::text[]`;

/** What stands in those columns instead; the end of the id tells one person from another. */
const neutral = `jsonb_build_object(
  'slug', 'natural-person-' || right(given, 10), 'name_original', 'Natural person ' || right(given, 6),
  'name_original_language', null, 'name_latin', null, 'name_english', null, 'acronym', null,
  'former_names', '[]'::jsonb, 'other_names', '[]'::jsonb, 'identifiers', '[]'::jsonb, 'website', null, 'source_note', null)`;

const tables = [
  `alter table partner add is_natural_person boolean not null default false`,
  `create index partner_natural_person on partner (id) where is_natural_person`,
  // Deferred: what is said of a person goes in a moment before the person does.
  `create table partner_person (
    partner_id text collate "C" primary key references partner (id) on delete cascade deferrable initially deferred,
    -- By column of partner: what would stand there of an organisation.
    said jsonb not null)`,
  `create unique index partner_person_slug_key on partner_person ((said ->> 'slug'))`,
  // By these alone persons are found again when files are brought in.
  `create index partner_person_identifiers on partner_person using gin ((said -> 'identifiers') jsonb_path_ops)`,
  `create function goodgraph_neutral_person(given text) returns jsonb language sql immutable parallel safe as $$ select ${neutral} $$`,
  // The trigger sees to it; this is for whoever writes past triggers.
  `alter table partner add constraint partner_person_is_neutral check (not is_natural_person
    or (slug, name_original, former_names, other_names, identifiers)
        = ('natural-person-' || right(id, 10), 'Natural person ' || right(id, 6), '{}'::text[], '[]'::jsonb, '[]'::jsonb)
      and num_nonnulls(name_original_language, name_latin, name_english, acronym, website, source_note) = 0)`,
];

/** Moves what tells who somebody is out of the row before it is stored, and back when it turns out to be an organisation. */
const keeping = [
  `create function goodgraph_hide_person() returns trigger language plpgsql security definer set search_path from current as $$
  declare
    instead jsonb;
    known jsonb;
    said jsonb;
  begin
    if new.is_natural_person then
      instead := goodgraph_neutral_person(new.id);
      select p.said into known from partner_person p where p.partner_id = new.id;
      select coalesce(known, '{}') || coalesce(jsonb_object_agg(given.key, given.value), '{}') into said
        from jsonb_each(to_jsonb(new)) given
        where given.key = any(${personalColumns}) and given.value is distinct from instead -> given.key;
      new := jsonb_populate_record(new, instead);
      if said is distinct from known then
        insert into partner_person (partner_id, said) values (new.id, said)
          on conflict (partner_id) do update set said = excluded.said;
        new.updated_at := clock_timestamp();
      end if;
    else
      delete from partner_person p where p.partner_id = new.id returning p.said into known;
      new := jsonb_populate_record(new, coalesce((select jsonb_object_agg(kept.key, kept.value) from jsonb_each(known) kept
        where to_jsonb(new) -> kept.key is not distinct from to_jsonb(old) -> kept.key), '{}'));
    end if;
    return new;
  end $$`,
  // Before next_version: PostgreSQL fires triggers in the order of their names.
  `create trigger hide_person_insert before insert on partner for each row when (new.is_natural_person)
    execute function goodgraph_hide_person()`,
  `create trigger hide_person_update before update on partner for each row when (new.is_natural_person or old.is_natural_person)
    execute function goodgraph_hide_person()`,
  // What is taken back from what is said; the trigger above writes the row of the partner itself.
  `create trigger touch_update after update on partner_person referencing old table as old_rows new table as new_rows
    for each statement when (pg_trigger_depth() = 0) execute function goodgraph_touch_record('partner', 'partner_id')`,
];

/** An organisation that turns out to be a natural person: what is kept of it before loses what tells who it is. */
const erasing = [
  `create function goodgraph_scrub_person() returns trigger language plpgsql security definer set search_path from current as $$
  declare
    persons text[];
  begin
    select array_agg(n.id) into persons from new_rows n join old_rows o using (id)
      where n.is_natural_person and not o.is_natural_person;
    if persons is null then return null; end if;
    update revision set changes = changes - ${personalColumns} where record_id = any(persons) and changes ?| ${personalColumns};
    delete from translation where record_id = any(persons);
    return null;
  end $$`,
  // After record_update, which writes the revision of this very change.
  `create trigger scrub_person after update on partner referencing old table as old_rows new table as new_rows
    for each statement execute function goodgraph_scrub_person()`,
];

/** Who a natural person is know the person itself, as the account of that partner, and those who review and keep the records. */
const reading = [
  `create function goodgraph_sees_person(partner text) returns boolean language sql stable parallel safe as $$
    select coalesce(goodgraph_viewer_role() in ('REVIEWER', 'ADMIN', 'SERVICE') or goodgraph_viewer_partner() = partner, false) $$`,
  `alter table partner_person enable row level security`,
  `alter table partner_person force row level security`,
  `create policy keeper on partner_person to current_user using (true) with check (true)`,
  `grant select, update on partner_person to goodgraph_member`,
  `create policy member on partner_person for select to goodgraph_member using (goodgraph_sees_person(partner_id))`,
  `create policy update_by on partner_person for update to goodgraph_member
    using (goodgraph_record_writable(partner_id) or goodgraph_record_shared(partner_id))
    with check (goodgraph_record_writable(partner_id) or goodgraph_record_shared(partner_id))`,
  // For statements that every role sends alike: the public one may not name the table.
  `create function goodgraph_person(partner text) returns jsonb
    language sql stable security definer set search_path from current as $$
    select said from partner_person where partner_id = partner and goodgraph_sees_person(partner) $$`,
  `create function goodgraph_person_hidden(partner text) returns boolean
    language sql stable security definer set search_path from current as $$
    select exists (select from partner p where p.id = partner and p.is_natural_person) and not goodgraph_sees_person(partner) $$`,
  // Sources' words on a person, the ways to reach one, and the past of the record are for the same readers.
  ...(
    [
      ['claim', 'record_id'],
      ['revision', 'record_id'],
      ['partner_contact', 'partner_id'],
      ['partner_contact_email', 'partner_id'],
    ] as const
  ).flatMap(([table, column]) => [
    `create policy persons on ${table} as restrictive for select to goodgraph_public
      using (left(${column}, 4) <> 'ptn_' or not exists (
        select from partner a where a.id = ${table}.${column} and a.is_natural_person offset 0))`,
    `create policy persons_member on ${table} as restrictive for select to goodgraph_member
      using (left(${column}, 4) <> 'ptn_' or not goodgraph_person_hidden(${column}))`,
  ]),
];

/** Partners that are natural persons, such as sole traders: their names lie apart, where the public does not read. */
export class NaturalPersons extends Migration {
  override up(): void {
    for (const statement of [...tables, ...keeping, ...erasing, ...reading]) this.addSql(statement);
  }
}
