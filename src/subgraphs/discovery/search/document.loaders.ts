import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Run } from '../../../graph/context.js';
import { prefixOf } from '../../../graph/ids.js';
import { records } from '../../records.js';
import { searchedTypes, type SearchDocument, type SearchedType, type SearchText, type TextField } from './document.js';
import { mentionsOf, type Mentions } from './mention.loaders.js';
import { sources, type Source } from './searched.js';

/** A record as its document needs it: its own columns, and the ids of records that it takes names and places from. */
interface Row {
  id: string;
  slug: string;
  updatedAt: string;
  language: string;
  origin: string;
  title: string | null;
  titleLanguage: string | null;
  texts: { field: TextField; name: string; text: string }[];
  names: { text: string | null; language: string | null }[];
  keywords: string[];
  sectors: string[];
  year: string | null;
  validation: string | null;
  status: string | null;
  regions: string[];
  places: string[];
  themes: string[];
  partners: string[];
  projects: string[];
  practices: string[];
}

const typeOfPrefix = new Map(searchedTypes.map((type) => [records[type].prefix as string, type]));

/** The type of a searched record by its id; undefined for what is not searched. */
export const searchedTypeOf = (id: string): SearchedType | undefined => typeOfPrefix.get(prefixOf(id));

/**
 * The documents of those of these records that the reader behind `run` may see, in no order: an anonymous one, for an
 * index holds public data only. An id without a document is to be removed.
 */
export async function documentsOf(run: Run, ids: readonly string[]): Promise<SearchDocument[]> {
  const groups = [...Map.groupBy(ids, searchedTypeOf)];
  const documents = groups.map(([type, group]) => (type === undefined ? [] : documentsOfType(run, type, group)));
  return (await Promise.all(documents)).flat();
}

/** All documents there are, in batches of at most `size`, type by type in the order of their ids. */
export async function* allDocuments(run: Run, size = 1_000): AsyncGenerator<SearchDocument[]> {
  for (const type of searchedTypes) {
    const table = sql.table(records[type].table);
    for (let after = ''; ;) {
      const rows = await run(
        sql<{ id: string }>`select id from ${table} where id > ${after} order by id limit ${size}`,
      );
      const last = rows.at(-1);
      if (last === undefined) break;
      yield await documentsOfType(
        run,
        type,
        rows.map(({ id }) => id),
      );
      after = last.id;
    }
  }
}

async function documentsOfType(run: Run, type: SearchedType, ids: readonly string[]): Promise<SearchDocument[]> {
  const [rows, translations] = await Promise.all([run(rowsOf(type, ids)), run(translationsOf(ids))]);
  const translated = Map.groupBy(translations, (each) => each.id);
  const mentions = await mentionsOf(run, rows);
  return rows.map((row) => documentOf(type, row, translated.get(row.id) ?? [], mentions));
}

const nothing = "'{}'::text[]";
const set = (list = nothing) => sql.raw(`array_remove(${list}, null)`);

const textsOf = ({ texts }: Source): string => {
  const parts = Object.entries(texts).flatMap(([field, columns]) =>
    Object.entries(columns).map(([name, text]) => `('${field}', '${name}', ${text})`),
  );
  return parts.length === 0
    ? `'[]'::jsonb`
    : `(select coalesce(jsonb_agg(to_jsonb(v)), '[]') from (values ${parts.join(', ')}) v (field, name, text) where v.text <> '')`;
};

function rowsOf(type: SearchedType, ids: readonly string[]) {
  const source = sources[type];
  return sql<Row>`
    select t.id, t.slug, to_char(t.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
      t.language, t.origin, ${sql.raw(source.title)} as "title", ${sql.raw(source.titleLanguage ?? 't.language')} as "titleLanguage",
      ${sql.raw(textsOf(source))} as "texts", ${sql.raw(source.names ?? `'[]'::jsonb`)} as "names",
      ${set(source.keywords)} as "keywords", ${set(source.sectors)} as "sectors",
      extract(year from ${sql.raw(source.began ?? 'null::date')})::text as "year",
      ${sql.raw(source.validation ?? 'null')} as "validation", ${sql.raw(source.status ?? 'null')} as "status",
      ${set(source.regions)} as "regions", ${set(source.places)} as "places", ${set(source.themes)} as "themes",
      ${set(source.partners)} as "partners", ${set(source.projects)} as "projects", ${set(source.practices)} as "practices"
    from ${sql.table(records[type].table)} t
    where t.id = any(${[...ids]}::text[]) and not ${sql.raw(source.unless ?? 'false')} order by t.id`;
}

interface Translation {
  id: string;
  name: string;
  language: string;
  text: string;
}

const translationsOf = (ids: readonly string[]) => sql<Translation>`
  select t.record_id as "id", t.field as "name", t.language, t.text from translation t
  where t.record_id = any(${[...ids]}::text[]) order by t.record_id, t.field, t.language`;

function documentOf(type: SearchedType, row: Row, translations: Translation[], mentions: Mentions): SearchDocument {
  const fields = new Map(row.texts.map(({ name, field }) => [name, field]));
  const title = row.title ?? row.slug;
  const { texts: mentioned, regions, countries, themes, programmes, point } = mentions.of(row);
  const texts: SearchText[] = [
    { field: 'title', language: row.titleLanguage, text: title },
    ...row.texts.map(({ field, text }) => ({ field, language: row.language, text })),
    ...translations.flatMap(({ name, language, text }): SearchText[] => {
      const field = name === 'title' ? name : fields.get(name);
      return field === undefined ? [] : [{ field, language, text }];
    }),
    ...row.names.flatMap(({ text, language }): SearchText[] =>
      text === null || text === title ? [] : [{ field: 'name', language, text }],
    ),
    ...row.keywords.map((text): SearchText => ({ field: 'keyword', language: row.language, text })),
    ...mentioned,
  ];
  return hashed({
    id: row.id,
    type,
    url: `/${sources[type].page}/${row.slug}`,
    title,
    language: row.titleLanguage,
    texts: distinct(texts),
    facets: {
      type: [type],
      country: countries,
      region: regions,
      theme: themes,
      sector: sorted(row.sectors),
      year: row.year === null ? [] : [row.year],
      programme: programmes,
      validation: row.validation === null ? [] : [row.validation],
      status: row.status === null ? [] : [row.status],
      origin: [row.origin],
    },
    point,
    updatedAt: row.updatedAt,
  });
}

const sorted = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

/** Each text once: the title first, then the record's own words, translations, and what it mentions. */
const distinct = (texts: readonly SearchText[]): SearchText[] => [
  ...new Map(texts.map((each) => [`${each.field} ${each.language} ${each.text}`, each])).values(),
];

/** A document with the hash of all that it holds: SHA-256 of its JSON, whose keys stand in the order of this module. */
export function hashed(document: Omit<SearchDocument, 'hash'>): SearchDocument {
  return { ...document, hash: createHash('sha256').update(JSON.stringify(document)).digest('hex') };
}
