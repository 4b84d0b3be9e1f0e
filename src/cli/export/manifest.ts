import { z } from 'zod';
import type { FieldKind } from './shape.js';

/** Why a directory cannot be written or read; the message says what is wrong, each with its place, and what to do. */
export class ExportError extends Error {
  override name = 'ExportError';
}

export const manifestFile = 'manifest.json';

/** The form of the files; a reader knows the forms before its own. */
export const formatVersion = 1;

const entrySchema = z.strictObject({
  type: z.string(),
  file: z.string().regex(/^[A-Za-z]+\.ndjson$/, 'is not the name of a file beside the manifest'),
  lines: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256'),
  fields: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])) as z.ZodType<
    Record<string, FieldKind>
  >,
});

export const manifestSchema = z.strictObject({
  format: z.literal('goodgraph-export'),
  formatVersion: z.literal(formatVersion),
  about: z.array(z.string()),
  licence: z.string(),
  attribution: z.array(z.string()),
  /** The last migration of the database that it was read from. */
  migration: z.string(),
  readAs: z.enum(['PUBLIC', 'ADMIN']),
  files: z.array(entrySchema),
});

/** One file of an export, and what it must hold. */
export type Entry = z.infer<typeof entrySchema>;
/** What an export holds. No time stands in it: the same records give the same bytes. */
export type Manifest = z.infer<typeof manifestSchema>;

/** What a reader who knows nothing of us needs to know. */
const about = [
  'Each file holds the records of one type, one a line, as JSON in UTF-8, ordered by id; `fields` says what each key of a line holds.',
  'Decimals, days (2012-01-31) and times (UTC) are texts. A day is known as far as the field of its name with `Precision` says.',
  '`id of` and `ids of` lead to lines of other files. `recordId` names a record of any type: the letters before the `_` of an id tell it.',
  '`language` is that of the texts of a line; `translations` holds them in others.',
];

/** Of what seeds/LICENSE.md tells in full. */
const attribution = [
  'GoodGraph contributors. Facts are restated from the pages that `sources` names (Source.ndjson); those keep their own terms.',
  'Codes and names of regions: NUTS 2024 and statistical regions, Eurostat.',
  'What became of older codes: European Commission, Joint Research Centre, tables of NUTS codes between versions, release 2025.08; changed.',
  'Points of cities: GeoNames (CC BY 4.0).',
  'Records whose origin is DEMONSTRATION are made up.',
];

export function manifestOf({ migration, readAs, files }: Pick<Manifest, 'migration' | 'readAs' | 'files'>): Manifest {
  const licence = 'CC-BY-4.0';
  return { format: 'goodgraph-export', formatVersion, about, licence, attribution, migration, readAs, files };
}

/** A line an entry, so that it can be read and compared by eye. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 1)}\n`;
