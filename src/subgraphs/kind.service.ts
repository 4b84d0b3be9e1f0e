import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';
import type { JoinEdge } from '../graph/fields.js';
import { columnsOf, named, type Lie } from './entry.columns.js';
import type { RecordTypeName } from './records.js';
import type { Row, Saving } from './saving.service.js';

/** How entries of one type lie in tables. */
export interface Kind<Entity extends { id: string }> {
  entity: EntityClass<Entity>;
  /** Its fields that hold keys of other records, of what type: one or, of edges, several. */
  references: Readonly<Record<string, RecordTypeName>>;
  edges: Readonly<Record<string, JoinEdge>>;
  columns: Lie;
}

/** What every entry says beside its own fields: see `Change`. */
export const entryColumns: Lie = { source: named('sourceUrl'), mainSource: null };

type IdOf = (type: RecordTypeName, key: string | null) => string | null;

/** Stores entries whose keys are all known, and their edges; a record that is there keeps what its entry leaves out. */
export async function saveKind<Entity extends { id: string }>(
  saving: Saving,
  { entity, references, edges, columns }: Kind<Entity>,
  entries: readonly { id: string }[],
  { idOf, isNew }: { idOf: IdOf; isNew: (id: string) => boolean },
): Promise<void> {
  const named = (entry: object) =>
    Object.entries(references).flatMap(([field, type]) => {
      const value = (entry as Record<string, unknown>)[field] as string | string[] | null | undefined;
      return value === undefined ? [] : [{ field, type, value }];
    });
  const rows = entries.map((entry) => ({
    ...columnsOf(entry, columns),
    ...Object.fromEntries(
      named(entry).flatMap(({ field, type, value }) => (Array.isArray(value) ? [] : [[field, idOf(type, value)]])),
    ),
    id: entry.id,
  }));
  await saving.records(entity, rows as unknown as Row<Entity>[], isNew);
  for (const entry of entries)
    for (const { field, type, value } of named(entry)) {
      const edge = edges[field];
      if (edge && Array.isArray(value))
        saving.link(edge, [{ id: entry.id, targets: value.flatMap((key) => idOf(type, key) ?? []) }]);
    }
}

/** Makes the parts of these records those that are listed; one that is no longer listed is deleted. */
export async function saveParts<Part extends { id: string }>(
  em: EntityManager,
  saving: Saving,
  { entity, whole, among = {} }: { entity: EntityClass<Part>; whole: keyof Part & string; among?: object },
  wholes: readonly { id: string }[],
  rows: readonly (Row<Part> & { id: string })[],
): Promise<void> {
  const stored = wholes.flatMap(({ id }) => (saving.isNew(id) ? [] : [id]));
  const ids = rows.map(({ id }) => id);
  if (stored.length > 0)
    await em.nativeDelete(entity, { ...among, [whole]: { $in: stored }, id: { $nin: ids } } as never);
  const added = new Set(
    rows.flatMap((row) => (saving.isNew(String((row as Record<string, unknown>)[whole])) ? [row.id] : [])),
  );
  if (rows.length > 0) await saving.records(entity, rows, (id) => added.has(id));
}
