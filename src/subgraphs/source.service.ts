import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { seedId } from '../graph/ids.js';
import type { Origin } from './record.fields.js';
import { records } from './records.js';

export const isAddress = (source: string): boolean => /^https?:/i.test(source);

export interface KnownSource {
  id: string;
  slug: string;
  url: string | null;
}

/** Whose sources: those that the demonstration's records name are made up like them. */
interface Naming {
  origin?: Origin;
}

/**
 * The sources with these slugs or addresses, for rows of one origin; an address that is none yet becomes one, to be
 * described later.
 */
export async function sourcesOf(
  em: EntityManager,
  keys: readonly string[],
  [first]: readonly Naming[],
  isAgain = false,
): Promise<Map<string, KnownSource>> {
  const origin: Origin = first?.origin === 'DEMONSTRATION' ? 'DEMONSTRATION' : 'REPORTED';
  if (keys.length === 0) return new Map();
  const wanted = [...new Set(keys)];
  const added = wanted.filter(isAddress).map((url) => {
    const id = seedId(records.Source.prefix, url);
    // Readable as far as the host, and told apart by the end of the id.
    return { id, url, origin, slug: `${new URL(url).hostname.replaceAll(/[^a-z0-9]+/g, '-')}-${id.slice(-8)}` };
  });
  // What is inserted is not seen beside its insertion, and what was there is not inserted.
  const { rows } = await sql<KnownSource>`
    with made as (
      insert into source (id, slug, url, origin)
      select * from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as a (id text, slug text, url text, origin text)
      on conflict do nothing returning id, slug, url)
    select id, slug, url from made union all
    select id, slug, url from goodgraph_sources_named(${wanted}::text[])`.execute(em.getKysely<unknown>());
  // Somebody else made one at this moment: it is seen from the next statement on.
  const isWhole = isAgain || added.every(({ url }) => rows.some((row) => row.url === url));
  if (!isWhole) return sourcesOf(em, keys, [{ origin }], true);
  return new Map(rows.flatMap((row) => [row.slug, row.url].flatMap((key) => (key === null ? [] : [[key, row]]))));
}

/** The same as a function from the slug or address to the id. Throws for a slug that nobody checked. */
export async function sourceIds(
  em: EntityManager,
  keys: readonly string[],
  rows: readonly Naming[],
): Promise<(key: string) => string> {
  const known = await sourcesOf(em, keys, rows);
  return (key) => {
    const source = known.get(key);
    if (source === undefined) throw new Error(`There is no source '${key}'.`);
    return source.id;
  };
}
