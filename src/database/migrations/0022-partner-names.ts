import { Migration } from '@mikro-orm/migrations';

/**
 * How names are compared. An index takes only what never changes: the dictionary of accents that folding rests on is taken
 * as fixed, as long as PostgreSQL's own is.
 *
 * The key of a name is what is left without case, accents, spaces and punctuation, in its own script: `S.p.A. Città` is
 * `spacitta`. Its beginnings are those of its words, each with each: `Bor brot` and `brot kerz`, so that names alike are found
 * whatever else their words are. Of short names each by itself, too; of long ones the first eight words.
 */
const functions = `
  do $do$ begin
    execute format($$
      create function goodgraph_name_key(given text) returns text language sql immutable strict parallel safe as $key$
        select nullif(regexp_replace(%1$I.goodgraph_folded(normalize(given, NFKC)) collate "und-x-icu", '[^[:alnum:]]+', '', 'g'), '')
      $key$;
      create function goodgraph_name_beginnings(given text) returns text[] language sql immutable parallel safe as $beginnings$
        with words as (
          select left(word, 4) as word from (
            select word, place from regexp_split_to_table(
              %1$I.goodgraph_folded(normalize(given, NFKC)) collate "und-x-icu", '[^[:alnum:]]+') with ordinality w (word, place)
            where length(word) > 2 order by place limit 8) w
          group by 1)
        select array(select a.word || ' ' || b.word from words a join words b on a.word < b.word)
          || array(select word from words where (select count(*) from words) < 4)
      $beginnings$;
      create function goodgraph_names(original text, latin text, english text, others jsonb) returns setof text
        language sql immutable parallel safe as $names$
        select name from (select unnest(array[original, latin, english]) union select value ->> 'name' from jsonb_array_elements(others))
          names (name) where name is not null
      $names$;
      create function goodgraph_name_keys(original text, latin text, english text, others jsonb) returns text[]
        language sql immutable parallel safe cost 5000 as $keys$
        select array_agg(distinct %1$I.goodgraph_name_key(name)) from %1$I.goodgraph_names(original, latin, english, others) name
      $keys$;
      create function goodgraph_names_beginnings(original text, latin text, english text, acronym text, others jsonb)
        returns text[] language sql immutable parallel safe cost 5000 as $all$
        select array_agg(distinct beginning) from (
          select %1$I.goodgraph_names(original, latin, english, others) union select acronym where acronym is not null) names (name)
          cross join unnest(%1$I.goodgraph_name_beginnings(name)) beginning
      $all$ $$, current_schema());
  end $do$`;

/** Without a list of what is to be put in later: files are matched while they are brought in. */
const index = (name: string, on: string, where = '') =>
  `create index ${name} on partner using gin (${on}) with (fastupdate = off) ${where}`;

/** What partners are found by when files are brought in: any of their names, and their identifiers. */
export class PartnerNames extends Migration {
  override up(): void {
    for (const statement of [
      functions,
      index('partner_name_keys', 'goodgraph_name_keys(name_original, name_latin, name_english, other_names)'),
      index(
        'partner_name_beginnings',
        'goodgraph_names_beginnings(name_original, name_latin, name_english, acronym, other_names)',
      ),
      index('partner_identifiers', 'identifiers jsonb_path_ops', `where identifiers <> '[]'`),
    ])
      this.addSql(statement);
  }
}
