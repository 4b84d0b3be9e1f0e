import { Migration } from '@mikro-orm/migrations';

/**
 * A name as it is compared: without case, accents, spaces and punctuation, in its own script, so that `S.p.A. Città` is
 * `spacitta`. An index takes only what never changes: the dictionary of accents that it rests on is taken as fixed, as
 * long as PostgreSQL's own is.
 */
const keys = `
  do $do$ begin
    execute format($$
      create function goodgraph_name_key(given text) returns text language sql immutable strict parallel safe as $key$
        select nullif(regexp_replace(%1$I.goodgraph_folded(normalize(given, NFKC)) collate "und-x-icu", '[^[:alnum:]]+', '', 'g'), '')
      $key$;
      create function goodgraph_name_keys(original text, latin text, english text, others jsonb) returns text[]
        language sql immutable parallel safe cost 5000 as $keys$
        select array_agg(distinct %1$I.goodgraph_name_key(name)) filter (where name is not null)
        from (select unnest(array[original, latin, english]) as name
          union all select value ->> 'name' from jsonb_array_elements(others)) names
      $keys$ $$, current_schema());
  end $do$`;

/** What partners are found by when files are brought in: any of their names, and their identifiers. */
export class PartnerNames extends Migration {
  override up(): void {
    for (const statement of [
      keys,
      // Without a list of what is to be put in later: files are matched while they are brought in.
      `create index partner_name_keys on partner
        using gin (goodgraph_name_keys(name_original, name_latin, name_english, other_names)) with (fastupdate = off)`,
      `create index partner_identifiers on partner using gin (identifiers jsonb_path_ops) with (fastupdate = off)
        where identifiers <> '[]'`,
    ])
      this.addSql(statement);
  }
}
