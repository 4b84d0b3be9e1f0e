import type { EntityManager } from '@mikro-orm/postgresql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { sql } from 'kysely';
import { seedId } from '../graph/ids.js';
import { currentVersion } from './directory/region.fields.js';
import type { EntryError } from './manifest.js';
import type { Origin } from './record.fields.js';
import { records, type RecordTypeName } from './records.js';
import { isAddress } from './source.service.js';

/** Which fields of an entry hold keys (one, a list or null), and of what: ids, slugs, or codes of regions. */
type References<Entry> = { [Field in keyof Entry]?: RecordTypeName };

interface Mention {
  entry: number;
  field: (string | number)[];
  type: RecordTypeName;
  key: string;
}

function mentionsOf<Entry extends object>(entries: readonly Entry[], references: References<Entry>): Mention[] {
  const types = Object.entries(references) as [keyof Entry & string, RecordTypeName][];
  return entries.flatMap((given, entry) =>
    types
      .flatMap(([name, type]): Mention[] => {
        const value: unknown = given[name];
        if (Array.isArray(value))
          return value.map((key, index) => ({ entry, field: [name, index], type, key: String(key) }));
        return typeof value === 'string' ? [{ entry, field: [name], type, key: value }] : [];
      })
      .concat(sourceMentions(given, entry)),
  );
}

/** Every `source` and `furtherSources` in an entry, parts included, that is a slug; an address needs no entry. */
function sourceMentions(value: unknown, entry: number, field: Mention['field'] = []): Mention[] {
  if (typeof value === 'string') {
    const isSource = field.at(-1) === 'source' || field.at(-2) === 'furtherSources';
    return isSource && !isAddress(value) ? [{ entry, field, type: 'Source', key: value }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => sourceMentions(each, entry, [...field, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => sourceMentions(each, entry, [...field, name]));
}

interface Found {
  type: RecordTypeName;
  key: string;
  id: string;
  origin: Origin;
}

/** The ids of the records with these keys, of several types by one statement; null stands for all of a type. */
async function idsOf(
  em: EntityManager,
  wanted: ReadonlyMap<RecordTypeName, { key: string }[] | null>,
): Promise<Found[]> {
  if (wanted.size === 0) return [];
  const selects = Array.from(wanted, ([type, named]) => {
    const key = sql.ref(keyColumn(type));
    const keys = named && named.map((each) => each.key);
    const version = type === 'Region' ? sql`and code_version = ${currentVersion}` : sql``;
    const table = sql.table(records[type].table);
    const ids = keys?.filter((each) => isIdOf(type, each)) ?? [];
    const byKey = sql`select ${sql.lit(type)} as type, ${key} as key, id, origin from ${table}
      where (${keys}::text[] is null or ${key} = any(${keys}::text[])) ${version} ${type === 'Partner' ? personsBySlug(keys) : sql``}`;
    if (ids.length === 0) return byKey;
    return sql`${byKey} union all
      select ${sql.lit(type)}, id, id, origin from ${table} where id = any(${ids}::text[]) ${version}`;
  });
  return (await sql<Found>`${sql.join(selects, sql` union all `)}`.execute(em.getKysely<unknown>())).rows;
}

/** Natural persons by the slugs that entries give them, for those who may know; nobody is told these slugs. */
const personsBySlug = (keys: readonly string[] | null) => sql`union all
  select 'Partner', p.said ->> 'slug', o.id, o.origin from partner_person p join partner o on o.id = p.partner_id
  where p.said ->> 'slug' = any(${keys}::text[])`;

/** No slug and no code holds an underscore. */
const isIdOf = (type: RecordTypeName, key: string) => key.startsWith(`${records[type].prefix}_`);

const keyColumn = (type: RecordTypeName) => (type === 'Region' ? 'code' : 'slug');

/** What the demonstration shares with what is real: it refers to these, and has none or its own of all else. */
const shared: readonly RecordTypeName[] = ['Region', 'Theme'];

/**
 * What is real and what is made up keep apart: neither refers to the other, nor takes its slug. Entries that do not say
 * their origin are not held to it.
 */
function mixed(entries: readonly { origin?: Origin }[], mentions: Mention[], found: Found[]): EntryError[] {
  const origins = new Map(found.map(({ type, key, origin }) => [`${type} ${key}`, origin]));
  return mentions.flatMap(({ entry, field, type, key }) => {
    const [origin, other] = [entries[entry]?.origin, origins.get(`${type} ${key}`)];
    const isMadeUp = origin === 'DEMONSTRATION';
    if (origin === undefined || other === undefined || isMadeUp === (other === 'DEMONSTRATION')) return [];
    if (isMadeUp && shared.includes(type) && field[0] !== 'slug') return [];
    const noun = records[type].table.replaceAll('_', ' ');
    return { entry, field, code: 'CONFLICT', message: mixture(isMadeUp, noun, key) };
  });
}

/** Why what is made up, or is not, cannot go with a record of the other kind. */
export const mixture = (isMadeUp: boolean, noun: string, key: string): string =>
  isMadeUp
    ? `'${key}' is a real ${noun}, and nothing made up may hang on it. Name one of the demonstration, or choose another name.`
    : `'${key}' is a made-up ${noun} of the demonstration. Name a real one, or choose another name.`;

/**
 * Finds the ids for all keys that entries name; `errors` holds those that name nothing, or mix what is real with what is
 * made up. `ids` may know some beforehand, by `Type key`; what is stored prevails.
 */
export async function resolve<Entry extends object>(
  em: EntityManager,
  entries: readonly Entry[],
  references: References<Entry>,
  ids = new Map<string, string>(),
) {
  const mentions = mentionsOf(entries, references);
  const byType = Map.groupBy(mentions, ({ type }) => type);
  const found = await idsOf(em, byType);
  const stored = new Set(found.map(({ id }) => id));
  for (const { type, key, id } of found) ids.set(`${type} ${key}`, id);
  return {
    errors: [...(await notFound(em, mentions, ids)), ...mixed(entries, mentions, found)],
    /** Whether nothing is stored under an id that was found or made here. */
    isNew: (id: string) => !stored.has(id),
    /** The id for a key that is known to be resolved; null for null. */
    idOf: <Key extends string | null>(type: RecordTypeName, key: Key) =>
      (key === null ? null : ids.get(`${type} ${key}`)) as Key extends string ? string : null,
  };
}

/**
 * The same for entries that become records with a slug, and may name each other: a new one has the id that it comes with,
 * or else that of its slug.
 */
export async function resolveWithSlugs<Entry extends { slug: string; id?: string }>(
  em: EntityManager,
  type: RecordTypeName,
  entries: readonly Entry[],
  references: References<Entry> = {},
) {
  const ids = new Map(entries.map(({ slug, id }) => [`${type} ${slug}`, id ?? seedId(records[type].prefix, slug)]));
  const resolved = await resolve(em, entries, { slug: type, ...references }, ids);
  return { ...resolved, errors: [...repeated(entries, 'slug'), ...taken(entries, ids, type), ...resolved.errors] };
}

/** An error for each entry that comes with an id, and with the slug of another record. */
function taken(
  entries: readonly { slug: string; id?: string }[],
  ids: ReadonlyMap<string, string>,
  type: RecordTypeName,
): EntryError[] {
  return entries.flatMap(({ slug, id }, entry) => {
    if (id === undefined || ids.get(`${type} ${slug}`) === id) return [];
    const message = `'${slug}' is taken. Choose another slug, or leave it out.`;
    return [{ entry, field: ['slug'], code: 'DUPLICATE', message }];
  });
}

async function notFound(
  em: EntityManager,
  mentions: Mention[],
  ids: ReadonlyMap<string, string>,
): Promise<EntryError[]> {
  const unknown = mentions.filter(({ type, key }) => !ids.has(`${type} ${key}`));
  const stored = await idsOf(em, new Map(unknown.map(({ type }) => [type, null])));
  const known = [...ids.keys(), ...stored.map(({ type, key }) => `${type} ${key}`)];
  return unknown.map(({ entry, field, type, key }) => {
    const keys = known.flatMap((each) => (each.startsWith(`${type} `) ? each.slice(type.length + 1) : []));
    const nearest = suggestionList(key, keys)[0];
    const advice = nearest === undefined ? 'Add it first, or correct the reference.' : `Did you mean '${nearest}'?`;
    const message = `No ${records[type].table.replaceAll('_', ' ')} has the ${keyColumn(type)} '${key}'. ${advice}`;
    return { entry, field, code: 'NOT_FOUND', message, missing: key };
  });
}

/** An error for each entry that has the same values in these fields as one before it; null is like nothing. */
export function repeated<Entry extends object>(
  entries: readonly Entry[],
  ...fields: (keyof Entry & string)[]
): EntryError[] {
  const seen = new Set<string>();
  return entries.flatMap((given, entry) => {
    const values = fields.map((name) => given[name]);
    if (values.some((value) => value == null)) return [];
    const key = JSON.stringify(values);
    if (seen.size < seen.add(key).size) return [];
    const message = `An entry before this one has the same ${fields.join(' and ')}: ${values.join(', ')}. Each may stand once.`;
    return { entry, field: fields.slice(-1), code: 'DUPLICATE', message };
  });
}
