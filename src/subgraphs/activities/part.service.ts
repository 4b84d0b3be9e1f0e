import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from '../manifest.js';
import type { Confidence, Origin } from '../record.fields.js';
import { resolve } from '../reference.service.js';
import type { RecordTypeName } from '../records.js';

type Path = (string | number)[];

/** A part of an entry, and where it stands: in which entry, of which origin, below which path. */
export interface Placed<Part> {
  part: Part;
  entry: number;
  origin: Origin;
  path: Path;
}

/** The parts that entries list under `name`. */
export const partsOf = <Name extends string, Part extends object>(
  entries: readonly ({ [Key in Name]?: Part[] } & { origin: Origin })[],
  name: Name,
): Placed<Part>[] =>
  entries.flatMap((given, entry) =>
    (given[name] ?? []).map((part, index) => ({ part, entry, origin: given.origin, path: [name, index] })),
  );

/** Finds the ids for the keys that parts name; the errors stand where the parts do. */
export async function resolveParts<Part extends object>(
  em: EntityManager,
  parts: readonly Placed<Part>[],
  references: { [Field in keyof NoInfer<Part>]?: RecordTypeName },
) {
  const { errors, idOf } = await resolve(
    em,
    parts.map(({ part, origin }): Part => ({ ...part, origin })),
    references,
  );
  const placed = errors.flatMap((error): EntryError[] => {
    const at = parts[error.entry];
    return at === undefined ? [] : [{ ...error, entry: at.entry, field: [...at.path, ...error.field] }];
  });
  return { errors: placed, idOf };
}

interface Provenance {
  source?: string | null;
  mainSource?: string | null;
  confidence: Confidence;
  origin: Origin;
  language: string;
}
interface OwnProvenance {
  source: string | null;
  sourceNote: string | null;
  confidence: Confidence | null;
}

/** A part is as sure as its whole and from the same source, unless it says otherwise. */
export const inherited = (part: OwnProvenance, whole: Provenance) => ({
  sourceUrl: part.source ?? whole.source ?? whole.mainSource ?? null,
  sourceNote: part.sourceNote,
  confidence: part.confidence ?? whole.confidence,
  origin: whole.origin,
  language: whole.language,
});
