import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { slugOf } from '../../subgraphs/record.inputs.js';
import { records, type RecordTypeName } from '../../subgraphs/records.js';
import type { Draft } from './read-row.js';

/** What a slug is made of where the mapping gives none. */
const namedBy: Readonly<Record<string, string>> = {
  partner: 'nameOriginal',
  place: 'name',
  programme: 'name',
  project: 'acronym',
};

interface Sluggish {
  draft: Draft;
  slug: string | null;
  own: string | null;
}

/** A slug for each new record that its mapping gives none: made of its name, with the end of the id where that is taken. */
export async function freeSlugs(
  em: EntityManager,
  type: RecordTypeName,
  given: readonly Sluggish[],
  isKnown: (own: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, string>();
  for (const { draft, slug, own } of given) {
    if (own === null || slug !== null || wanted.has(own) || isKnown(own)) continue;
    const name = draft.entry[namedBy[draft.reading.kind.name] ?? 'title'];
    wanted.set(
      own,
      slugOf(String(name ?? ''))
        .slice(0, 80)
        .replace(/-$/, '') || own.replace('_', '-'),
    );
  }
  if (wanted.size === 0) return wanted;
  const slugs = [...new Set(wanted.values())];
  const { rows } = await sql<{ slug: string }>`
    select slug from ${sql.table(records[type].table)} where slug = any(${slugs}::text[])
    union select said ->> 'slug' from partner_person where ${type} = 'Partner' and said ->> 'slug' = any(${slugs}::text[])`.execute(
    em.getKysely<unknown>(),
  );
  const taken = new Set(rows.map(({ slug }) => slug));
  for (const [own, slug] of wanted) {
    const free = taken.has(slug) ? `${slug}-${own.slice(-6)}` : slug;
    taken.add(free);
    wanted.set(own, free);
  }
  return wanted;
}
