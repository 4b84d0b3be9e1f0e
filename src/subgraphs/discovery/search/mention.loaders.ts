import { sql, type RawBuilder } from 'kysely';
import type { Run } from '../../../graph/context.js';
import type { SearchDocument, SearchText } from './document.js';

/** The ids of records that a document takes over something from. */
export interface Mentioning {
  language: string;
  regions: string[];
  places: string[];
  themes: string[];
  partners: string[];
  projects: string[];
  practices: string[];
}

interface RegionRow {
  id: string;
  path: string;
  country: string;
  /** Of the region and of all that hold it. */
  names: string[];
}
interface PlaceRow {
  id: string;
  names: string[];
  regionId: string | null;
  latitude: number | null;
  longitude: number | null;
}
interface ThemeRow {
  id: string;
  path: string;
  labels: { language: string; text: string }[];
}
interface NamedRow {
  id: string;
  language: string | null;
  names: string[];
}
interface ProjectRow extends NamedRow {
  programme: string | null;
}

export interface Mentions {
  of(row: Mentioning): {
    /** Names of what is mentioned: whoever looks for a practice may know its town, its owner or its theme. */
    texts: SearchText[];
    regions: string[];
    countries: string[];
    themes: string[];
    programmes: string[];
    point: SearchDocument['point'];
  };
}

const names = (...columns: string[]) => sql.raw(`array_remove(array[${columns.join(', ')}], null)`);

const regionsSql = (ids: string[]) => sql<RegionRow>`
  select r.id, r.path, r.country_code as "country",
    array(select distinct n from region a, unnest(array[a.name_english, a.name_latin, a.name_local]) n
      where a.path = any(array(select string_agg(part, '/') over (order by at) || '/'
        from unnest(string_to_array(rtrim(r.path, '/'), '/')) with ordinality p (part, at))) and n is not null order by n) as "names"
  from region r where r.id = any(${ids}::text[])`;
const placesSql = (ids: string[]) => sql<PlaceRow>`
  select p.id, ${names('p.name', 'p.name_local')} as "names", p.region_id as "regionId",
    p.latitude::float8 as "latitude", p.longitude::float8 as "longitude"
  from place p where p.id = any(${ids}::text[])`;
/** The labels of a theme `h` in all languages, alternative ones too. */
export const labelsOfTheme = sql.raw(`
  select h.language, h.label as text
  union select x.language, x.text from translation x where x.record_id = h.id and x.field = 'label'
  union select a ->> 'language', b from jsonb_array_elements(h.alternative_labels) a, jsonb_array_elements_text(a -> 'labels') b`);
const themesSql = (ids: string[]) => sql<ThemeRow>`
  select h.id, h.path, (select jsonb_agg(jsonb_build_object('language', l.language, 'text', l.text) order by l.language, l.text)
    from (${labelsOfTheme}) l) as "labels"
  from theme h where h.id = any(${ids}::text[])`;
const partnersSql = (ids: string[]) => sql<NamedRow>`
  select o.id, null as "language", ${names('o.name_english', 'o.name_latin', 'o.name_original', 'o.acronym')} as "names"
  from partner o where o.id = any(${ids}::text[]) and not o.is_natural_person`;
const projectsSql = (ids: string[]) => sql<ProjectRow>`
  select j.id, null as "language", array[j.acronym] as "names", g.slug as "programme"
  from project j left join programme g on g.id = j.programme_id where j.id = any(${ids}::text[])`;
const practicesSql = (ids: string[]) => sql<NamedRow>`
  select g.id, g.language, array[g.title] as "names" from good_practice g where g.id = any(${ids}::text[])`;

/** Reads what these rows mention: a statement for each kind. */
export async function mentionsOf(run: Run, rows: readonly Mentioning[]): Promise<Mentions> {
  type Kind = Exclude<keyof Mentioning, 'language'>;
  async function byId<Row extends { id: string }>(
    kind: Kind,
    query: (ids: string[]) => RawBuilder<Row>,
    more: string[] = [],
  ) {
    const ids = [...new Set([...rows.flatMap((row) => row[kind]), ...more])];
    const found = ids.length === 0 ? [] : await run(query(ids));
    return new Map(found.map((row) => [row.id, row]));
  }
  const [places, themes, partners, projects, practices] = await Promise.all([
    byId('places', placesSql),
    byId('themes', themesSql),
    byId('partners', partnersSql),
    byId('projects', projectsSql),
    byId('practices', practicesSql),
  ]);
  const around = [...places.values()].flatMap(({ regionId }) => regionId ?? []);
  const regions = await byId('regions', regionsSql, around);
  return { of: (row) => mentioned(row, { regions, places, themes, partners, projects, practices }) };
}

interface Found {
  regions: Map<string, RegionRow>;
  places: Map<string, PlaceRow>;
  themes: Map<string, ThemeRow>;
  partners: Map<string, NamedRow>;
  projects: Map<string, ProjectRow>;
  practices: Map<string, NamedRow>;
}

function mentioned(row: Mentioning, found: Found): ReturnType<Mentions['of']> {
  const places = some(row.places, found.places);
  const regions = some([...row.regions, ...places.flatMap(({ regionId }) => regionId ?? [])], found.regions);
  const themes = some(row.themes, found.themes);
  const projects = some(row.projects, found.projects);
  const others = [...some(row.partners, found.partners), ...projects, ...some(row.practices, found.practices)];
  const placed = places.find(({ latitude }) => latitude !== null);
  const keyword =
    (language: string | null) =>
    (text: string): SearchText => ({ field: 'keyword', language, text });
  return {
    texts: [
      ...themes.flatMap(({ labels }) => labels.map(({ language, text }) => keyword(language)(text))),
      ...others.flatMap((each) => each.names.map(keyword(each.language))),
      ...[...places, ...regions].flatMap((each) => each.names.map(keyword(null))),
    ],
    regions: sorted(regions.map(({ path }) => path)),
    countries: sorted(regions.map(({ country }) => country)),
    themes: sorted(themes.map(({ path }) => path)),
    programmes: sorted(projects.flatMap(({ programme }) => programme ?? [])),
    point: placed ? { latitude: placed.latitude as number, longitude: placed.longitude as number } : null,
  };
}

/** What there is of these, each once, in the order of their ids. */
const some = <Row>(ids: readonly string[], rows: Map<string, Row>): Row[] =>
  sorted(ids).flatMap((id) => rows.get(id) ?? []);

const sorted = (values: readonly string[]): string[] => [...new Set(values)].toSorted();
