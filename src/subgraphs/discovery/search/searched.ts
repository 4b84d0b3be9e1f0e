import type { SearchedType, TextField } from './document.js';

/**
 * Where the documents of a type come from: SQL over its table `t`. Lists of ids name records whose names, places and
 * programmes the document takes over.
 */
export interface Source {
  /** The list of its pages: `/practices/<slug>`. */
  page: string;
  /** Which of its records have no document. */
  unless?: string;
  title: string;
  /** The language of the title, where it is not that of the record. */
  titleLanguage?: string;
  /** Columns with texts by their GraphQL name, under which translations are kept; lists have an item a line. */
  texts: Partial<Record<TextField, Record<string, string>>>;
  /** Other names: a jsonb list of `{"language", "text"}`. */
  names?: string;
  /** Words of the record for what it is about, a text[]. */
  keywords?: string;
  /** Each a text[] of ids. */
  regions?: string;
  places?: string;
  themes?: string;
  partners?: string;
  projects?: string;
  practices?: string;
  sectors?: string;
  /** The day that tells the year. */
  began?: string;
  validation?: string;
  status?: string;
}

const lines = (...columns: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [camelCase(column), `array_to_string(t.${column}, E'\\n')`]));
const columns = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [camelCase(name), `t.${name}`]));
const camelCase = (column: string): string => column.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const named = (...names: [text: string, language: string][]): string =>
  `jsonb_build_array(${names.map(([text, language]) => `jsonb_build_object('text', ${text}, 'language', ${language})`).join(', ')})`;
const listed = (list: string): string =>
  `(select coalesce(jsonb_agg(jsonb_build_object('text', n, 'language', null)), '[]') from unnest(${list}) n)`;
const among = (column: string, table: string, key: string): string =>
  `array(select j.${column} from ${table} j where j.${key} = t.id)`;

export const sources: Record<SearchedType, Source> = {
  GoodPractice: {
    page: 'practices',
    title: 't.title',
    texts: {
      summary: columns('summary'),
      body: columns(
        'description',
        'problem',
        'evidence',
        'practice_type',
        'resources_text',
        'timeframe',
        'difficulties',
        'lessons_learnt',
        'success_factors',
        'prerequisites',
        'constraints',
        'adaptable_parts',
        'owner_text',
      ),
    },
    keywords: 't.sectors || t.keywords || t.target_groups',
    regions: among('region_id', 'good_practice_region', 'good_practice_id'),
    places: among('place_id', 'good_practice_place', 'good_practice_id'),
    themes: among('theme_id', 'good_practice_theme', 'good_practice_id'),
    partners: 'array[t.owner_id]',
    projects: 'array[t.identified_in_id]',
    sectors: 't.sectors',
    began: 't.start_date',
    validation: 't.validation_level',
  },
  Partner: {
    page: 'partners',
    unless: 't.is_natural_person',
    title: 'coalesce(t.name_english, t.name_latin, t.name_original)',
    titleLanguage: `case when t.name_english is not null then 'en' when t.name_latin is null then t.name_original_language end`,
    texts: {},
    names: `${named(
      ['t.name_original', 't.name_original_language'],
      ['t.name_latin', 'null'],
      ['t.name_english', `'en'`],
      ['t.acronym', 'null'],
    )} || ${listed('t.former_names')} || ${listed(`array(select i ->> 'value' from jsonb_array_elements(t.identifiers) i)`)}
      || (select coalesce(jsonb_agg(jsonb_build_object('text', n -> 'name', 'language', n -> 'language')), '[]')
        from jsonb_array_elements(t.other_names) n)`,
    keywords: 't.specialisations',
    regions: 'array[t.region_id]',
    places: 'array[t.place_id]',
    projects: among('project_id', 'participation', 'partner_id'),
  },
  Project: {
    page: 'projects',
    title: 't.title',
    texts: { summary: columns('aim'), body: columns('objective', 'phase', 'priority', 'intervention_type') },
    names: `${named(['t.acronym', 'null'], ['t.reference', 'null'])} || ${listed('t.aliases')}`,
    keywords: 't.sectors || t.target_groups || t.context_tags',
    regions: `array(select o.region_id from participation c join partner o on o.id = c.partner_id where c.project_id = t.id)`,
    themes: among('theme_id', 'project_theme', 'project_id'),
    projects: 'array[t.id]',
    sectors: 't.sectors',
    began: 't.start_date',
  },
  Transfer: {
    page: 'transfers',
    title: `coalesce(t.title, (select concat(string_agg(g.title, ', ' order by j.position, g.id), ' → ') from transfer_practice j
      join good_practice g on g.id = j.practice_id where j.transfer_id = t.id)
      || (select coalesce(r.name_english, r.name_latin, r.code) from region r where r.id = t.destination_id))`,
    titleLanguage: 'case when t.title is not null then t.language end',
    texts: {
      summary: columns('action'),
      body: columns('adaptation', 'enablers', 'barriers', 'lessons', 'funding_text', 'note', 'receiver_text'),
    },
    regions: 'array[t.destination_id]',
    places: 'array[t.destination_place_id]',
    themes: `array(select g.theme_id from transfer_practice j join good_practice_theme g on g.good_practice_id = j.practice_id
      where j.transfer_id = t.id)`,
    partners: 'array[t.receiver_id]',
    projects: 'array[t.project_id]',
    practices: among('practice_id', 'transfer_practice', 'transfer_id'),
    began: 'coalesce(t.start_date, t.reported_on)',
    status: 't.status',
  },
  Event: {
    page: 'events',
    title: 't.title',
    texts: {
      name: columns('alternative_title'),
      summary: columns('description'),
      body: {
        ...columns('method'),
        ...lines('objectives', 'agenda', 'decisions', 'follow_ups'),
        sessions: `(select string_agg(s.subject, E'\\n' order by s.day, s.position, s.id) from session s where s.event_id = t.id)`,
      },
    },
    regions: 'array[t.region_id]',
    places: `array[t.venue_id, t.city_id]
      || array(select v from session s, unnest(array[s.venue_id, s.visited_id]) v where s.event_id = t.id)`,
    themes: among('theme_id', 'event_theme', 'event_id'),
    partners: `array(select e.partner_id from event_role e where e.event_id = t.id and e.role = 'HOST')`,
    projects: 'array[t.project_id]',
    practices: `array(select j.practice_id from session s join session_practice j on j.session_id = s.id where s.event_id = t.id)`,
    began: 't.start_date',
  },
  Output: {
    page: 'outputs',
    title: 't.title',
    texts: {
      summary: columns('purpose'),
      body: {
        ...columns('description', 'technology'),
        updates: `(select string_agg(u.note, E'\\n' order by u.reported_on, u.id) from output_update u where u.output_id = t.id)`,
      },
    },
    partners: 'array[t.responsible_id]',
    projects: 'array[t.project_id]',
    began: 't.published_on',
  },
};
