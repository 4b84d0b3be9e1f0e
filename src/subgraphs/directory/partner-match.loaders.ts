import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { legalForms } from './legal-forms.fields.js';
import { identifiersOf, type Known, type NamedPartner } from './partner-candidates.service.js';

/** From this share of common trigrams on names are alike, legal forms aside. */
const threshold = 0.7;

/** Organisations that may share the beginnings of two words before these say nothing: `Gemeinde` and `Stadt` of thousands. */
const mostSharing = 25;

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
      select g.index, s.partner_id, 'identifier' from given g cross join jsonb_array_elements(g.identifiers) i
        join partner_person s on s.said -> 'identifiers' @> jsonb_build_array(i)
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

/**
 * For those whose names are much like others in their country, stored ones or earlier ones of the list: these. A name is held
 * against those that share the beginnings of two of its words, or of its only word; but beginnings that very many share tell
 * nobody from the others.
 */
export async function similarNamed(
  em: EntityManager,
  partners: readonly (NamedPartner & { index: number })[],
): Promise<Alike[]> {
  if (partners.length === 0) return [];
  const given = partners.map(({ index, name, country }) => ({ index, name, country }));
  const { rows } = await sql<Known & { other: number | null }>`
    with bared as materialized (
      select index, country, ${bare('name')} as bare
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (index int, name text, country text)),
    given as materialized (
      select index, country, bare, beginnings[:greatest(cardinality(beginnings) - words, 1)] as beginnings
      from bared cross join lateral goodgraph_name_beginnings(bare) beginnings
        cross join lateral (select count(*)::int as words from unnest(beginnings) b where b not like '% %') w),
    blocks as materialized (
      select beginning, ids from (select distinct unnest(beginnings) as beginning from given) b cross join lateral (
        select coalesce(array_agg(id), '{}') as ids from (
          select id from partner q where array[beginning] &&
            goodgraph_names_beginnings(q.name_original, q.name_latin, q.name_english, q.acronym, q.other_names)
          limit ${sql.lit(mostSharing + 1)}) q) found
      where cardinality(ids) <= ${mostSharing}),
    telling as materialized (
      select index, beginning, ids from (select *, unnest(beginnings) as beginning from given) g join blocks using (beginning)),
    met as materialized (select distinct index, id from telling cross join unnest(ids) id),
    names as materialized (
      select p.id, ${bare('x.name')} as bare from partner p cross join lateral (
        select goodgraph_names(p.name_original, p.name_latin, p.name_english, p.other_names) union select p.acronym) x (name)
      where p.id in (select id from met) and x.name is not null),
    stored as (
      select distinct m.index, m.id from met m join given g using (index) join names n on n.id = m.id
      where similarity(g.bare, n.bare) >= ${threshold}),
    pairs as (
      select distinct g.index, o.index as other
      from telling g join telling o on o.beginning = g.beginning and o.index < g.index)
    select s.index, p.id, p.slug, p.name, p.country, null::int as other
    from stored s join given g using (index) cross join lateral (
      select ${columns} from partner p where p.id = s.id and p.origin <> 'DEMONSTRATION' and p.publication_status <> 'WITHDRAWN') p
    where coalesce(g.country = p.country, true)
    union all
    select g.index, null, null, null, null, o.index
    from pairs join given g on g.index = pairs.index join given o on o.index = pairs.other
    where coalesce(o.country = g.country, true) and similarity(o.bare, g.bare) >= ${threshold}
    order by 1, 3, 6`.execute(em.getKysely<unknown>());
  return [...Map.groupBy(rows, ({ index }) => index)].map(([index, each]) => ({
    index,
    stored: each.filter(({ other }) => other === null),
    others: each.flatMap(({ other }) => other ?? []),
  }));
}
