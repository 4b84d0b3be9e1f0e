import type { EntityClass, EntityManager, FilterQuery, RequiredEntityData } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { JoinEdge } from '../graph/fields.js';
import { recordSources, type Origin } from './record.fields.js';
import { sourcesOf, type KnownSource } from './source.service.js';

/** What rows say of where they come from: slugs or addresses of sources, the main one first. */
export interface Sourced {
  /** A row that leaves it out keeps the sources it has. */
  sourceUrl?: string | null;
  furtherSources?: readonly string[];
  origin?: Origin;
}

/** The rows of one entity; one that is stored already may leave out what stays as it is. */
export type Row<Entity> = Partial<RequiredEntityData<Entity>> & { id: string } & Sourced;

interface Links {
  edge: JoinEdge;
  id: string;
  targets: readonly string[];
}

/** The slugs and addresses of sources that a row, or an entry, names. */
export const keysOf = ({
  source,
  sourceUrl = source,
  furtherSources = [],
}: Sourced & { source?: string | null }): string[] => [...(sourceUrl ? [sourceUrl] : []), ...furtherSources];

/**
 * What one call of a service stores: rows, kind by kind in the order of their references, and at its end the edges of all of
 * them by one statement. It asks for nothing that it knows: which rows are new, and which sources there are.
 */
export class Saving {
  private readonly sources = new Map<string, KnownSource>();
  private readonly added = new Set<string>();
  private readonly links: Links[] = [];

  constructor(private readonly em: EntityManager) {}

  /** Finds the sources with these slugs or addresses, and makes those that are not there, for rows of one origin. */
  async nameSources(keys: readonly string[], origin: Origin | undefined): Promise<void> {
    const unknown = keys.filter((key) => !this.sources.has(key));
    if (unknown.length === 0) return;
    for (const [key, source] of await sourcesOf(this.em, unknown, [{ origin }])) this.sources.set(key, source);
  }

  /**
   * Inserts the rows with a new id and updates the records that differ, and links them to their sources. Rows may refer to
   * each other. `isNew` tells ids of which nothing is stored for sure.
   */
  async records<Entity extends { id: string }>(
    type: EntityClass<Entity>,
    given: readonly Row<Entity>[],
    isNew: (id: string) => boolean = () => false,
  ): Promise<void> {
    await this.nameSources(given.flatMap(keysOf), given[0]?.origin);
    const rows = given.map(({ furtherSources: _further, ...row }) => ({
      ...row,
      ...(row.sourceUrl && { sourceUrl: this.sources.get(row.sourceUrl)?.url ?? null }),
    })) as unknown as readonly Row<Entity>[];
    const asked = rows.filter(({ id }) => !isNew(id)).map(({ id }) => id);
    const where = { id: { $in: asked } } as unknown as FilterQuery<Entity>;
    const stored = new Map(asked.length === 0 ? [] : (await this.em.find(type, where)).map((each) => [each.id, each]));
    const fresh = rows.filter(({ id }) => !stored.has(id));
    for (const { id } of fresh) this.added.add(id);
    // Not through the unit of work: it would store a row without its reference to another new one, and then change it.
    if (fresh.length > 0) await this.em.insertMany(type, fresh as RequiredEntityData<Entity>[]);
    for (const row of rows) {
      const record = stored.get(row.id);
      if (record) this.em.assign(record, row as never);
    }
    if (stored.size > 0) await this.em.flush();
    this.link(
      recordSources,
      given.flatMap((row) =>
        row.sourceUrl === undefined
          ? []
          : [{ id: row.id, targets: keysOf(row).flatMap((key) => this.sources.get(key)?.id ?? []) }],
      ),
    );
  }

  /** Whether the record was inserted by this call. */
  isNew(id: string): boolean {
    return this.added.has(id);
  }

  /** Makes an edge lead from each record to exactly these targets, in their order; leaves alone what is so already. */
  link(edge: JoinEdge, links: readonly { id: string; targets: readonly string[] }[]): void {
    for (const { id, targets } of links)
      if (targets.length > 0 || !this.added.has(id)) this.links.push({ edge, id, targets: [...new Set(targets)] });
  }

  /** Stores the edges. */
  async end(): Promise<void> {
    const links = this.links.splice(0);
    if (links.length === 0) return;
    const kinds = [...Map.groupBy(links, ({ edge }) => `${edge.through} ${edge.key}`).values()];
    const wanted = kinds.flatMap((same, kind) =>
      same.flatMap(({ id, targets }) => targets.map((aim, position) => ({ kind, id, aim, position }))),
    );
    const stores = kinds.flatMap((same, kind) => storesOf(same, kind, (id) => this.added.has(id)));
    await sql`
      with wanted as (
        select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
          as w (kind int, id text, aim text, position smallint)),
      ${sql.join(stores)}
      select`.execute(this.em.getKysely<unknown>());
  }
}

/** The parts of the statement for the edges of one kind. */
function storesOf(links: readonly Links[], kind: number, isNew: (id: string) => boolean) {
  const [{ edge }] = links as [Links];
  const [table, from, to] = [sql.table(edge.through), sql.ref(edge.key), sql.ref(edge.target)];
  const ids = links.map(({ id }) => id).filter((id) => !isNew(id));
  const gone = sql`${sql.raw(`gone${kind}`)} as (
    delete from ${table} where ${from} = any(${ids}::text[])
      and not exists (select from wanted w where w.kind = ${kind}::int and w.id = ${from} and w.aim = ${to}))`;
  // Nothing is met that is new: to look for it, PostgreSQL would ask who may read and change each row, too.
  const unlessKnown =
    ids.length === 0
      ? sql``
      : sql`on conflict (${from}, ${to}) do update set position = excluded.position where t.position <> excluded.position`;
  const kept = sql`${sql.raw(`kept${kind}`)} as (
    insert into ${table} as t (${from}, ${to}, position)
    select id, aim, position from wanted where kind = ${kind}::int ${unlessKnown})`;
  return [...(ids.length > 0 ? [gone] : []), ...(links.some(({ targets }) => targets.length > 0) ? [kept] : [])];
}
