import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { JoinEdge } from '../graph/fields.js';
import type { EntryError } from './manifest.js';

/** Which keys each key leads to. */
export type Steps = ReadonlyMap<string, readonly string[]>;

/** The keys, each behind all that it leads to, as far as there is no cycle; the others come last. Linear in the steps. */
export function inOrderOf(steps: Steps): { order: string[]; unordered: ReadonlySet<string> } {
  const waiting = new Map(Array.from(steps, ([key, next]) => [key, new Set(next.filter((each) => steps.has(each)))]));
  const behind = new Map<string, string[]>();
  for (const [key, next] of waiting)
    for (const each of next) {
      const known = behind.get(each);
      if (known) known.push(key);
      else behind.set(each, [key]);
    }
  const order = [...waiting].flatMap(([key, next]) => (next.size === 0 ? [key] : []));
  for (const key of order)
    for (const each of behind.get(key) ?? []) {
      const left = waiting.get(each);
      if (left?.delete(key) && left.size === 0) order.push(each);
    }
  const free = new Set(order);
  const rest = [...steps.keys()].filter((key) => !free.has(key));
  return { order: [...order, ...rest], unordered: new Set(rest) };
}

/** The shortest way from a key back to itself, both ends included; empty where there is none. */
export function wayBack(steps: Steps, key: string): string[] {
  const from = new Map<string, string>();
  const found = [key];
  for (const each of found)
    for (const next of steps.get(each) ?? []) {
      if (from.has(next)) continue;
      from.set(next, each);
      if (next !== key) found.push(next);
    }
  if (!from.has(key)) return [];
  const way = [key];
  for (let at = from.get(key); at !== undefined && at !== key; at = from.get(at)) way.unshift(at);
  return [key, ...way];
}

/** The errors of entries that their own field leads back to. `steps` holds them and what is stored beside them. */
export function cyclesOf(
  steps: Steps,
  entries: readonly { key: string; path: (next: string) => (string | number)[] }[],
  field: string,
): EntryError[] {
  const { unordered } = inOrderOf(steps);
  return entries.flatMap(({ key, path }, entry) => {
    const way = unordered.has(key) ? wayBack(steps, key) : [];
    if (way.length === 0) return [];
    const message = `\`${field}\` leads back to it: ${way.join(', ')}. Take one of them out.`;
    return [{ entry, field: path(way[1] as string), code: 'CYCLE', message }];
  });
}

/**
 * Entries of one kind whose `field` names others of it by slug: in an order in which each comes behind those that it
 * names, and the errors of those that a chain of them leads back to, through stored records too.
 */
export async function chained<
  Field extends string,
  Entry extends { slug: string } & Partial<Record<Field, string[] | string | null>>,
>(
  em: EntityManager,
  entries: readonly Entry[],
  field: Field,
  { through, key, target, table }: JoinEdge,
): Promise<{ order: Entry[]; errors: EntryError[] }> {
  // What is stored has no cycle, and entries that name none of their kind close none.
  if (entries.every((entry) => [entry[field] ?? []].flat().length === 0)) return { order: [...entries], errors: [] };
  const slugs = await slugsOf(
    em,
    table,
    entries.flatMap((entry) => entry[field] ?? []),
  );
  const { rows } = await sql<{ slug: string; next: string[] }>`
    select a.slug, array_agg(b.slug) as next from ${sql.table(through)} e
      join ${sql.table(table)} a on a.id = e.${sql.ref(key)} join ${sql.table(table)} b on b.id = e.${sql.ref(target)}
    group by a.slug`.execute(em.getKysely<unknown>());
  const named = (entry: Entry): readonly string[] =>
    [entry[field] ?? []].flat().map((each: string) => slugs.get(each) ?? each);
  const steps = new Map<string, readonly string[]>(rows.map(({ slug, next }) => [slug, next]));
  for (const entry of entries) if (entry[field] !== undefined) steps.set(entry.slug, named(entry));
  const bySlug = new Map(entries.map((entry) => [entry.slug, entry]));
  const listed = entries.map((entry) => ({
    key: entry.slug,
    path: (next: string) => (Array.isArray(entry[field]) ? [field, named(entry).indexOf(next)] : [field]),
  }));
  return {
    order: inOrderOf(steps).order.flatMap((slug) => bySlug.get(slug) ?? []),
    errors: cyclesOf(steps, listed, field),
  };
}

/** The slugs of the records that are named by their ids, which hold an underscore as no slug does. */
export async function slugsOf(em: EntityManager, table: string, keys: readonly string[]): Promise<Map<string, string>> {
  const ids = keys.filter((key) => key.includes('_'));
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; slug: string }>`
    select id, slug from ${sql.table(table)} where id = any(${ids}::text[])`.execute(em.getKysely<unknown>());
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}
