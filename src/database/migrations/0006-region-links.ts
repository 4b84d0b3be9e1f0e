import { Migration } from '@mikro-orm/migrations';

/** A region of an older version is known by its code; its name only where somebody has written it down. */
const namelessRegions = `
  alter table region
    alter column name_local drop not null,
    alter column name_latin drop not null,
    add constraint region_names check ((name_local is null) = (name_latin is null))`;

/** Which regions of a later version hold the area of one of an earlier version; part of the earlier region's record. */
const links = `
  create table region_link (
    from_id text collate "C" not null references region (id) on delete cascade,
    to_id text collate "C" not null references region (id) check (to_id <> from_id),
    weight_by_area double precision not null check (weight_by_area between 0 and 1),
    weight_by_population double precision check (weight_by_population between 0 and 1),
    confidence text not null check (confidence in ('STATED', 'DERIVED', 'UNCERTAIN', 'DISPUTED')),
    source_note text,
    primary key (from_id, to_id));
  create index region_link_to_id on region_link (to_id)`;

const visibility = `
  alter table region_link enable row level security;
  alter table region_link force row level security;
  create policy keeper on region_link to current_user using (true) with check (true);
  create policy part on region_link for select to goodgraph_public, goodgraph_member
    using (exists (select from region a where a.id = region_link.from_id)
       and exists (select from region a where a.id = region_link.to_id));
  grant select on region_link to goodgraph_public, goodgraph_member`;

const events = [
  ['insert', 'referencing new table as new_rows'],
  ['update', 'referencing old table as old_rows new table as new_rows'],
  ['delete', 'referencing old table as old_rows'],
] as const;

/** Regions through time: codes of older versions, and what became of them. */
export class RegionLinks extends Migration {
  override up(): void {
    for (const statement of [namelessRegions, links, visibility]) this.addSql(statement);
    for (const [event, referencing] of events)
      this.addSql(`create trigger touch_${event} after ${event} on region_link ${referencing}
        for each statement execute function goodgraph_touch_record('region', 'from_id')`);
  }
}
