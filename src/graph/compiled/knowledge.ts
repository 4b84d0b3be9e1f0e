import type { Fields, JoinEdge } from '../fields.js';
import { sourceOf, type FieldSource, type LoaderSource } from '../reads.js';

/** What a field is read from: all that is needed to read it without its resolver. */
export type Source =
  | { kind: 'column'; column: string }
  | { kind: 'columns'; columns: Readonly<Record<string, string>> }
  /** The record with this key. */
  | { kind: 'one'; key: string }
  /** The records at the far end of the edge of this name, which the row's declaration has. */
  | { kind: 'folded'; edge: string }
  | { kind: 'edge'; edge: JoinEdge; key: string }
  | { kind: 'rows'; fields: Fields; column: string; order: string; key: string }
  | { kind: 'list'; fields: Fields; parent: string | null; key: string }
  /** The record that one of these arguments names. */
  | { kind: 'find'; by: ReadonlyMap<string, { column: string; where?: string | undefined }> };

/** All that declarations say of a graph. */
export interface Knowledge {
  /** What a field is read from; undefined where only its resolver knows. */
  source(type: string, field: string): Source | undefined;
  /** The declaration of a record's type. */
  fields(type: string): Fields | undefined;
}

/** One subgraph, as far as it can be told without asking it. */
export interface Told {
  /** By `Type.field`, as a `Subgraph` has them. */
  sources: ReadonlyMap<string, FieldSource | null>;
  /** Its loaders by their names. Those of any request: they are asked what they read, and for no data. */
  loaders: Readonly<Record<string, unknown>>;
}

/** Throws where a field names a loader that cannot say what it reads. */
export function knowledgeOf(subgraphs: readonly Told[], declarations: readonly Fields[]): Knowledge {
  const types = new Map(declarations.map((fields) => [fields.type, fields]));
  const told = new Map<string, Source | null>();
  for (const { sources, loaders } of subgraphs)
    for (const [field, source] of sources) {
      const found = source && resolved(field, source, loaders);
      const before = told.get(field);
      // Where subgraphs tell a field differently, which of them answers depends on more than the field.
      told.set(field, before === undefined || same(before, found) ? found : null);
    }
  return {
    source: (type, field) => told.get(`${type}.${field}`) ?? undefined,
    fields: (type) => types.get(type),
  };
}

const same = (a: Source | null, b: Source | null) => a?.kind === 'column' && b?.kind === 'column';

function resolved(field: string, source: FieldSource, loaders: Told['loaders']): Source | null {
  const says = (name: string): LoaderSource => {
    const found = sourceOf(loaders[name]);
    if (!found) throw new Error(`${field} names the loader '${name}', which does not say what it reads.`);
    return found;
  };
  if ('column' in source) return { kind: 'column', column: source.column };
  if ('columns' in source) return { kind: 'columns', columns: source.columns };
  if ('reference' in source) return { kind: 'one', key: source.reference };
  if ('references' in source) return { kind: 'folded', edge: source.references.replace(/Ids$/, '') };
  if ('loader' in source) return ofLoader(says(source.loader), source.key ?? 'id');
  const by = Object.entries(source.loaders).flatMap(([argument, name]) => {
    const found = says(name);
    return 'row' in found ? [[argument, found] as const] : [];
  });
  return { kind: 'find', by: new Map(by) };
}

function ofLoader(found: LoaderSource, key: string): Source | null {
  if ('list' in found) return { kind: 'list', fields: found.list, parent: found.parent, key };
  if ('edge' in found) return { kind: 'edge', edge: found.edge, key };
  if ('rows' in found) return { kind: 'rows', fields: found.rows, column: found.column, order: found.order, key };
  return found.column === 'id' && found.where === undefined ? { kind: 'one', key } : null;
}
