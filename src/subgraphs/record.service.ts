import type { EntityClass, EntityManager, FilterQuery, RequiredEntityData } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { JoinEdge } from '../graph/fields.js';
import { recordSources, type DatePrecision, type Origin } from './record.fields.js';
import type { PartialDate } from './record.inputs.js';
import { sourcesOf } from './source.service.js';

/** What rows say of where they come from: slugs or addresses of sources, the main one first. */
interface Sourced {
  sourceUrl?: string | null;
  furtherSources?: readonly string[];
  origin?: Origin;
}

/**
 * Inserts the rows with a new id and updates the records that differ, and links them to their sources. Rows may refer
 * to each other.
 */
export async function saveRecords<Entity extends { id: string }>(
  em: EntityManager,
  type: EntityClass<Entity>,
  given: readonly (RequiredEntityData<Entity> & { id: string } & Sourced)[],
): Promise<void> {
  const keysOf = ({ sourceUrl, furtherSources = [] }: Sourced) => [
    ...(sourceUrl ? [sourceUrl] : []),
    ...furtherSources,
  ];
  const sources = await sourcesOf(em, given.flatMap(keysOf), given);
  const rows = given.map(({ furtherSources: _further, ...row }) => ({
    ...row,
    ...(row.sourceUrl && { sourceUrl: sources.get(row.sourceUrl)?.url ?? null }),
  })) as unknown as typeof given;
  const where = { id: { $in: rows.map(({ id }) => id) } } as unknown as FilterQuery<Entity>;
  const stored = new Map((await em.find(type, where)).map((record) => [record.id, record]));
  // Not through the unit of work: it would store a row without its reference to another new one, and then change it.
  await em.insertMany(
    type,
    rows.filter(({ id }) => !stored.has(id)),
  );
  for (const row of rows) {
    const record = stored.get(row.id);
    if (record) em.assign(record, row as never);
  }
  await em.flush();
  const targets = (row: Sourced) => keysOf(row).flatMap((key) => sources.get(key)?.id ?? []);
  if (sources.size > 0)
    await saveEdges(
      em,
      recordSources,
      given.map((row) => ({ id: row.id, targets: targets(row) })),
    );
}

/** Makes an edge lead from each record to exactly these targets, in their order; leaves alone what is so already. */
export async function saveEdges(
  em: EntityManager,
  { through, key, target }: JoinEdge,
  edges: readonly { id: string; targets: readonly string[] }[],
): Promise<void> {
  const [table, from, to] = [sql.table(through), sql.ref(key), sql.ref(target)];
  const ids = edges.map(({ id }) => id);
  const wanted = edges.flatMap(({ id, targets }) => targets.map((aim, position) => ({ id, aim, position })));
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (id text, aim text, position smallint)),
    gone as (
      delete from ${table} where ${from} = any(${ids}::text[])
        and not exists (select from wanted w where w.id = ${from} and w.aim = ${to}))
    insert into ${table} as t (${from}, ${to}, position) select id, aim, position from wanted
    on conflict (${from}, ${to}) do update set position = excluded.position
    where t.position <> excluded.position`.execute(em.getKysely<unknown>());
}

/** Each of these keys with its number among those alike, from 0: a part keeps its own when another is put before it. */
export function numbered(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const number = seen.get(key) ?? 0;
    seen.set(key, number + 1);
    return `${key}/${number}`;
  });
}

/** The columns of what every entry says of itself; `saveRecords` makes links of the sources. */
export function provenance<Entry extends { source: string }>({ source, ...entry }: Entry) {
  return { ...entry, sourceUrl: source };
}

type DateColumns<Name extends string> = Record<Name, string | null> & Record<`${Name}Precision`, DatePrecision | null>;

export function dateColumns<Name extends string>(name: Name, value: PartialDate | null): DateColumns<Name> {
  const columns = { [name]: value?.date ?? null, [`${name}Precision`]: value?.precision ?? null };
  return columns as DateColumns<Name>;
}

type MoneyColumns<Name extends string> = Record<`${Name}Amount` | `${Name}Currency`, string | null>;

export function moneyColumns<Name extends string>(
  name: Name,
  value: { amount: string; currency: string } | null,
): MoneyColumns<Name> {
  const columns = { [`${name}Amount`]: value?.amount ?? null, [`${name}Currency`]: value?.currency ?? null };
  return columns as MoneyColumns<Name>;
}
