import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { currentVersion } from './region.fields.js';

export interface CodedRow {
  asked: string;
  version: number;
  isCurrent: boolean;
  id: string;
  code: string;
  /** A region of today that an older one became, with its share of the area or of the population, whichever is smaller. */
  successor: { id: string; code: string; weight: number } | null;
}

/**
 * The regions of all versions with these codes, a row for each of what they became. A code in a country whose regions are
 * not kept means that country: UKI31 is UK.
 */
export async function regionsCoded(em: EntityManager, codes: readonly string[]): Promise<CodedRow[]> {
  const { rows } = await sql<CodedRow>`
    select asked, r.code_version as version, r.code_version = ${currentVersion} as "isCurrent", r.id, r.code,
      case when t.id is not null then json_build_object('id', t.id, 'code', t.code,
        'weight', least(l.weight_by_area, l.weight_by_population)) end as successor
    from unnest(${codes}::text[]) asked
      join region r on r.code = asked or (r.code = left(asked, 2) and r.scheme = 'ISO3166')
      left join region_link l on l.from_id = r.id left join region t on t.id = l.to_id`.execute(
    em.getKysely<unknown>(),
  );
  return rows;
}

export interface AskedName {
  index: number;
  name: string;
  country: string | null;
  level: number | null;
}

export interface NamedRow {
  index: number;
  id: string;
  code: string;
  level: number;
  parentId: string | null;
  children: number;
}

/**
 * The names of the regions of today: whole, and each of those that stand side by side: Valle d’Aosta/Vallée d’Aoste. Without
 * the country in brackets only where the country is known: Limburg (NL) is not the only one.
 */
const names = (given: readonly AskedName[]) => sql`
  given as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
    as g (index int, name text, country text, level int)),
  named as materialized (
    select distinct r.id, r.country_code, r.level, r.code, r.parent_id, n.name, n.is_bare
    from region r cross join unnest(array[r.name_local, r.name_latin, r.name_english]) w (whole)
      cross join lateral (
        select w.whole as name, false as is_bare
        union select part, false from regexp_split_to_table(w.whole, '/') part
        union select regexp_replace(w.whole, '\\s*\\([A-Z]{2}\\)$', ''), w.whole ~ '\\([A-Z]{2}\\)$') n
    where r.code_version = ${currentVersion} and w.whole is not null
      and (r.country_code in (select country from given) or exists (select from given where country is null)))`;

const inPlace = sql`(n.country_code = g.country or g.country is null and not n.is_bare) and (g.level is null or n.level = g.level)`;

/** The regions that have one of these names, by code. */
export async function regionsNamed(em: EntityManager, given: readonly AskedName[]): Promise<NamedRow[]> {
  const { rows } = await sql<NamedRow>`
    with ${names(given)}
    select distinct g.index, n.id, n.code, n.level, n.parent_id as "parentId",
      (select count(*)::int from region c where c.parent_id = n.id) as children
    from (select *, goodgraph_name_key(name) as key from given) g
      join (select *, goodgraph_name_key(name) as key from named) n on n.key = g.key and ${inPlace}
    order by g.index, n.code`.execute(em.getKysely<unknown>());
  return rows;
}

interface LikeRow {
  index: number;
  code: string;
  likeness: number;
}

/** Regions whose name holds one of these, or is held by it, or nearly so. */
export async function regionsLike(em: EntityManager, given: readonly AskedName[]): Promise<LikeRow[]> {
  const { rows } = await sql<LikeRow>`
    with ${names(given)}
    select g.index, n.code, max(similarity(g.folded, n.folded)) as likeness
    from (select *, goodgraph_folded(name) as folded from given) g
      join (select *, goodgraph_folded(name) as folded from named) n on ${inPlace}
    where greatest(word_similarity(g.folded, n.folded), word_similarity(n.folded, g.folded))
      >= case when g.country is null then 0.8 else 0.6 end
    group by 1, 2 order by 1, 3 desc, 2`.execute(em.getKysely<unknown>());
  return rows;
}

/** The codes of those that are most alike. */
export const codesLike = (rows: readonly LikeRow[]): string[] => rows.slice(0, 5).map(({ code }) => code);

/** The countries of today, with their codes of ISO 3166-1. */
export async function countries(em: EntityManager): Promise<{ id: string; code: string; iso: string }[]> {
  const { rows } = await sql<{ id: string; code: string; iso: string }>`
    select id, code, iso_country_code as iso from region where level = 0 and code_version = ${currentVersion}
    order by code`.execute(em.getKysely<unknown>());
  return rows;
}
