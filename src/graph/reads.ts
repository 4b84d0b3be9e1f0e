import { Extensions } from 'type-graphql';
import type { Fields, JoinEdge } from './fields.js';

/** What a loader reads, as data. */
export type LoaderSource =
  /** One row of `row` by a unique column, among those that `where` (SQL over `t`) leaves. */
  | { row: Fields; column: string; where?: string }
  /** The rows of `rows` that share a column, ordered by `order` (SQL over `t`). */
  | { rows: Fields; column: string; order: string }
  /** What lies at the far end of an edge. */
  | { edge: JoinEdge }
  /** A connection below a parent, or the root list. */
  | { list: Fields; parent: string | null };

/** What the resolver of a field reads, in terms of the row that it gets. */
export type FieldSource =
  /** A property of the row, as it stands. */
  | { column: string }
  /** Properties of the row as one value, null where one of them is. */
  | { columns: Readonly<Record<string, string>> }
  /** The record with this key, to be hydrated by its owner; or the records of a folded edge. */
  | { reference: string }
  | { references: string }
  /** What the loader of this name finds by a property of the row, `id` where none is named. */
  | { loader: string; key?: string }
  /** The one record that an argument names, each with its loader; null is an error. */
  | { loaders: Readonly<Record<string, string>> };

/**
 * Says as data what a field's resolver reads, for an executor that answers without calling it. Only for a resolver that does
 * nothing else as long as it gets no arguments but those of a page, or the key of a record.
 */
export const Reads = (source: FieldSource) => Extensions({ reads: source });

/** A loader that says what it reads. */
export function telling<Loader extends object>(
  loader: Loader,
  source: LoaderSource,
): Loader & { source: LoaderSource } {
  return Object.assign(loader, { source });
}

/** What a loader says that it reads; undefined where that is more than a declaration can say. */
export function sourceOf(loader: unknown): LoaderSource | undefined {
  return (loader as { source?: LoaderSource } | undefined)?.source;
}
