import type { EntityManager } from '@mikro-orm/postgresql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { sql } from 'kysely';
import { seedId } from '../graph/ids.js';
import { currentVersion } from './directory/region.fields.js';
import type { EntryError } from './manifest.js';
import type { Origin } from './record.fields.js';
import { records, type RecordTypeName } from './records.js';
import { isAddress } from './source.service.js';

/** Which fields of an entry hold keys (one, a list or null), and of what: slugs, or codes of regions. */
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
    return sql`select ${sql.lit(type)} as type, ${key} as key, id, origin from ${sql.table(records[type].table)}
      where (${keys}::text[] is null or ${key} = any(${keys}::text[])) ${version}`;
  });
  return (await sql<Found>`${sql.join(selects, sql` union all `)}`.execute(em.getKysely<unknown>())).rows;
}

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
    const message = isMadeUp
      ? `'${key}' is a real ${noun}, and nothing made up may hang on it. Name one of the demonstration, or choose another name.`
      : `'${key}' is a made-up ${noun} of the demonstration. Name a real one, or choose another name.`;
    return { entry, field, code: 'CONFLICT', message };
  });
}

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
  for (const { type, key, id } of found) ids.set(`${type} ${key}`, id);
  return {
    errors: [...(await notFound(em, mentions, ids)), ...mixed(entries, mentions, found)],
    /** The id for a key that is known to be resolved; null for null. */
    idOf: <Key extends string | null>(type: RecordTypeName, key: Key) =>
      (key === null ? null : ids.get(`${type} ${key}`)) as Key extends string ? string : null,
  };
}

/** The same for entries that become records with a slug, and may name each other: a new one has the id of its slug. */
export async function resolveWithSlugs<Entry extends { slug: string }>(
  em: EntityManager,
  type: RecordTypeName,
  entries: readonly Entry[],
  references: References<Entry> = {},
) {
  const ids = new Map(entries.map(({ slug }) => [`${type} ${slug}`, seedId(records[type].prefix, slug)]));
  const resolved = await resolve(em, entries, { slug: type, ...references }, ids);
  return { ...resolved, errors: [...repeated(entries, 'slug'), ...resolved.errors] };
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
