import type { EntityClass, EntityManager, FilterQuery, RequiredEntityData } from '@mikro-orm/postgresql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { sql } from 'kysely';
import type { JoinEdge } from '../graph/fields.js';
import { seedId } from '../graph/ids.js';
import { currentVersion } from './directory/region.fields.js';
import type { EntryError } from './manifest.js';
import type { DatePrecision } from './record.fields.js';
import type { PartialDate } from './record.inputs.js';
import { records, type RecordTypeName } from './records.js';

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
    types.flatMap(([name, type]) => {
      const value: unknown = given[name];
      if (Array.isArray(value)) return value.map((key, index) => ({ entry, field: [name, index], type, key: String(key) }));
      return typeof value === 'string' ? [{ entry, field: [name], type, key: value }] : [];
    }),
  );
}

/** The ids of the records with these keys, of several types by one statement; without keys, those of all records. */
async function idsOf(em: EntityManager, wanted: Map<RecordTypeName, string[] | null>): Promise<{ type: RecordTypeName; key: string; id: string }[]> {
  if (wanted.size === 0) return [];
  const selects = Array.from(wanted, ([type, keys]) => {
    const key = sql.ref(keyColumn(type));
    const version = type === 'Region' ? sql`and code_version = ${currentVersion}` : sql``;
    return sql`select ${sql.lit(type)} as type, ${key} as key, id from ${sql.table(records[type].table)}
      where (${keys}::text[] is null or ${key} = any(${keys}::text[])) ${version}`;
  });
  const query = sql<{ type: RecordTypeName; key: string; id: string }>`${sql.join(selects, sql` union all `)}`;
  return (await query.execute(em.getKysely<unknown>())).rows;
}

const keyColumn = (type: RecordTypeName) => (type === 'Region' ? 'code' : 'slug');

/**
 * Resolves every key that entries name, and the slugs of the entries themselves, which may name each other; a new one
 * gets the id of its slug. `errors` holds the keys that name nothing and the slugs given twice.
 */
export async function resolve<Entry extends { slug?: string }>(em: EntityManager, own: RecordTypeName, entries: readonly Entry[], references: References<Entry>) {
  const slugs = entries.flatMap(({ slug }) => slug ?? []);
  const mentions = mentionsOf(entries, references);
  const ids = new Map(slugs.map((slug) => [`${own} ${slug}`, seedId(records[own].prefix, slug)]));
  const keys = Map.groupBy([...mentions, ...slugs.map((key) => ({ type: own, key }))], ({ type }) => type);
  const found = await idsOf(em, new Map(Array.from(keys, ([type, named]) => [type, named.map(({ key }) => key)])));
  for (const { type, key, id } of found) ids.set(`${type} ${key}`, id);
  const unknown = mentions.filter(({ type, key }) => !ids.has(`${type} ${key}`));
  return {
    errors: [...repeated(entries, 'slug'), ...(await notFound(em, unknown))],
    /** The id for a key that is known to be resolved; null for null. */
    idOf: <Key extends string | null>(type: RecordTypeName, key: Key) =>
      (key === null ? null : ids.get(`${type} ${key}`)) as Key extends string ? string : null,
  };
}

async function notFound(em: EntityManager, unknown: Mention[]): Promise<EntryError[]> {
  const known = Map.groupBy(await idsOf(em, new Map(unknown.map(({ type }) => [type, null]))), ({ type }) => type);
  return unknown.map(({ entry, field, type, key }) => {
    const nearest = suggestionList(key, (known.get(type) ?? []).map((each) => each.key))[0];
    const advice = nearest === undefined ? 'Add it first, or correct the reference.' : `Did you mean '${nearest}'?`;
    const message = `No ${records[type].table.replaceAll('_', ' ')} has the ${keyColumn(type)} '${key}'. ${advice}`;
    return { entry, field, code: 'NOT_FOUND', message, missing: key };
  });
}

/** An error for each entry that has the same values in these fields as one before it; null is like nothing. */
export function repeated<Entry extends object>(entries: readonly Entry[], ...fields: (keyof Entry & string)[]): EntryError[] {
  const seen = new Set<string>();
  return entries.flatMap((given, entry) => {
    const values = fields.map((name) => given[name]);
    if (values.some((value) => value == null)) return [];
    const key = JSON.stringify(values);
    if (!seen.has(key)) return void seen.add(key) ?? [];
    const message = `An entry before this one has the same ${fields.join(' and ')}: ${values.join(', ')}. Each may stand once.`;
    return { entry, field: fields.slice(-1), code: 'DUPLICATE', message };
  });
}

/** Inserts the rows whose key is not known and updates the known records that differ. Rows may refer to each other. */
export async function saveRecords<Entity extends { id: string }>(
  em: EntityManager,
  type: EntityClass<Entity>,
  known: ReadonlyMap<string, Entity>,
  rows: ReadonlyMap<string, RequiredEntityData<Entity> & { id: string }>,
): Promise<void> {
  await em.insertMany(type, Array.from(rows).flatMap(([key, row]) => (known.has(key) ? [] : [row])));
  for (const [key, record] of known) {
    const row = rows.get(key);
    if (row) em.assign(record, { ...row, id: record.id } as never);
  }
  await em.flush();
}

/** Saves rows that their slug tells apart. */
export async function saveBySlug<Entity extends { id: string; slug: string }>(
  em: EntityManager,
  type: EntityClass<Entity>,
  rows: readonly (RequiredEntityData<Entity> & { id: string; slug: string })[],
): Promise<void> {
  const known = await em.find(type, { slug: { $in: rows.map(({ slug }) => slug) } } as FilterQuery<Entity>);
  await saveRecords(em, type, new Map(known.map((record) => [record.slug, record])), new Map(rows.map((row) => [row.slug, row])));
}

/** Makes an edge lead from each of these records to exactly these targets, in their order; leaves alone what is so. */
export async function saveEdges(em: EntityManager, { through, key, target }: JoinEdge, records_: readonly (readonly [id: string, targets: readonly string[]])[]): Promise<void> {
  const [table, from, to] = [sql.table(through), sql.ref(key), sql.ref(target)];
  const wanted = records_.flatMap(([source, targets]) => targets.map((destination, position) => ({ source, destination, position })));
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (source text, destination text, position smallint)),
    gone as (
      delete from ${table} where ${from} = any(${records_.map(([id]) => id)}::text[])
        and not exists (select from wanted w where w.source = ${from} and w.destination = ${to}))
    insert into ${table} as t (${from}, ${to}, position) select source, destination, position from wanted
    on conflict (${from}, ${to}) do update set position = excluded.position where t.position <> excluded.position`.execute(em.getKysely<unknown>());
}

/** The columns of what every entry says of itself. */
export function provenance<Entry extends { source: string }>({ source, ...entry }: Entry) {
  return { ...entry, sourceUrl: source };
}

export function dateColumns<Name extends string>(name: Name, value: PartialDate | null) {
  return { [name]: value?.date ?? null, [`${name}Precision`]: value?.precision ?? null } as Record<Name, string | null> & Record<`${Name}Precision`, DatePrecision | null>;
}

export function moneyColumns<Name extends string>(name: Name, value: { amount: string; currency: string } | null) {
  return { [`${name}Amount`]: value?.amount ?? null, [`${name}Currency`]: value?.currency ?? null } as Record<`${Name}Amount` | `${Name}Currency`, string | null>;
}
