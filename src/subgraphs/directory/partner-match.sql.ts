import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { legalForms } from './legal-forms.js';
import { identifiersOf, type Known, type NamedPartner } from './partner-match.js';

/** From this share of common trigrams on names are alike, legal forms aside. */
const threshold = 0.7;

/** The country of a partner `p`: that of its region, else of its place. */
const countryOf = sql`coalesce(
  (select r.country_code from region r where r.id = p.region_id),
  (select r.country_code from place c join region r on r.id = c.region_id where c.id = p.place_id))`;
const columns = sql`p.id, p.slug, coalesce(p.name_english, p.name_latin, p.name_original) as name, ${countryOf} as country,
  p.identifiers, p.publication_status = 'WITHDRAWN' as "isWithdrawn"`;

interface Row extends Omit<Known, 'id'> {
  key: string | null;
  /** Null where nothing is stored that it may be. */
  id: string | null;
}

/** How each name is compared, and who is stored under it, or under one of its identifiers, whatever the country. */
export async function sameNamed(
  em: EntityManager,
  partners: readonly NamedPartner[],
): Promise<{ keys: (string | null)[]; known: Known[] }> {
  const given = partners.map(({ name, identifiers }, index) => ({
    index,
    name,
    identifiers: identifiersOf(identifiers),
  }));
  const { rows } = await sql<Row>`
    with given as (
      select index, goodgraph_name_key(name) as key, identifiers
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (index int, name text, identifiers jsonb)),
    hit as (
      select g.index, p.id, 'identifier' as by from given g cross join jsonb_array_elements(g.identifiers) i
        join partner p on p.identifiers <> '[]' and p.identifiers @> jsonb_build_array(i)
      union
      select g.index, p.id, 'name' from given g
        join partner p on goodgraph_name_keys(p.name_original, p.name_latin, p.name_english, p.other_names) && array[g.key])
    select g.index, g.key, h.by, ${columns} from given g
      left join hit h on h.index = g.index left join partner p on p.id = h.id and p.origin <> 'DEMONSTRATION'
    order by g.index, p.slug`.execute(em.getKysely<unknown>());
  const keys = new Map(rows.map(({ index, key }) => [index, key]));
  return {
    keys: partners.map((_, index) => keys.get(index) ?? null),
    known: rows.filter((row): row is Row & Known => row.id !== null),
  };
}

/** A name without its legal form; as it is where it is nothing else. */
const bare = (name: string) =>
  sql`coalesce(nullif(btrim(regexp_replace(goodgraph_folded(${sql.ref(name)}), ${legalForms}, ' ', 'g')), ''), goodgraph_folded(${sql.ref(name)}))`;

interface Alike {
  index: number;
  stored: Known[];
  /** Indexes of earlier ones in the file. */
  others: number[];
}

/** For those whose names are much like others in their country, stored ones or earlier ones of the list: these. */
export async function similarNamed(
  em: EntityManager,
  partners: readonly (NamedPartner & { index: number })[],
): Promise<Alike[]> {
  if (partners.length === 0) return [];
  const db = em.getKysely<unknown>();
  // What the index looks for, until the transaction ends; without one the usual threshold finds more. PostgreSQL takes the
  // comparison for cheap, and would read a table that has just been filled from its beginning for each name.
  await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(threshold)}, true),
    set_config('enable_seqscan', 'off', true)`.execute(db);
  const given = partners.map(({ index, name, country }) => ({ index, name, country }));
  const { rows } = await sql<Known & { other: number | null }>`
    with given as materialized (
      select index, country, ${bare('name')} as bare
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (index int, name text, country text)),
    near as materialized (
      select g.index, s.id from given g join goodgraph_member.partner_search s on g.bare <% s.name),
    stored as (
      select g.index, g.country as asked, ${columns}, names.other
      from near n join given g on g.index = n.index
        join partner p on p.id = n.id and p.origin <> 'DEMONSTRATION' and p.publication_status <> 'WITHDRAWN'
        cross join lateral (select max(similarity(g.bare, ${bare('x.name')})) as likeness, null::int as other from (
          select unnest(array[p.name_original, p.name_latin, p.name_english, p.acronym]) as name
          union all select value ->> 'name' from jsonb_array_elements(p.other_names)) x) names
      where names.likeness >= ${threshold})
    select index, id, slug, name, country, other from stored where coalesce(asked = country, true)
    union all
    select g.index, null, null, null, null, o.index from given g join given o on o.index < g.index
      and coalesce(o.country = g.country, true)
      and least(length(o.bare), length(g.bare)) * 2 > greatest(length(o.bare), length(g.bare))
      and similarity(o.bare, g.bare) >= ${threshold}
    order by 1, 3, 6`.execute(db);
  await sql`select set_config('enable_seqscan', 'on', true)`.execute(db);
  return [...Map.groupBy(rows, ({ index }) => index)].map(([index, each]) => ({
    index,
    stored: each.filter(({ other }) => other === null),
    others: each.flatMap(({ other }) => other ?? []),
  }));
}
