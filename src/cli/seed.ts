import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { core } from 'zod';
import type { EntryError, Manifest, SeedFile } from '../subgraphs/manifest.js';
import type { Origin } from '../subgraphs/record.fields.js';
import { explain } from '../subgraphs/record.inputs.js';
import { readSource, type Path, type Source } from './seed-source.js';

export interface SeedFault {
  /** The path below the directory of the seeds. */
  file: string;
  /** From 1. */
  line: number;
  /** The path in the entry, such as `measurements.2.unit`; empty when the entry or the file is meant. */
  field: string;
  /** What is wrong and how to mend it. */
  reason: string;
}

const lineOf = ({ file, line, field, reason }: SeedFault): string =>
  `${file}:${line}${field && ` ${field}`}: ${reason}`;

/** Every fault of one seed file and of those read beside it. Nothing was stored. */
export class SeedError extends Error {
  override name = 'SeedError';
  constructor(readonly faults: readonly SeedFault[]) {
    const lines = faults.slice(0, 100).map(lineOf);
    const more = faults.length > lines.length ? [`and ${faults.length - lines.length} more`] : [];
    super(['The seeds cannot be loaded, and nothing of them was stored:', ...lines, ...more].join('\n'));
  }
}

export interface SeedOptions {
  em: EntityManager;
  subgraphs: readonly Manifest[];
  /** `demo` loads what is real, and then the demonstration. */
  seed?: 'real' | 'demo';
  directory?: string;
  log?: (message: string) => void;
}

const ownSeeds = fileURLToPath(new URL('../../seeds', import.meta.url));

/** Any constant of ours: processes that seed one database at once wait for each other on it. */
const lock = 7_463_012_002;

/** The folder below the seeds whose records are made up, each of them, whatever its entry says. */
const demonstration = 'demonstration';
const isOfDemonstration = (file: string): boolean => file.startsWith(`${demonstration}/`);

/**
 * Loads every seed file in one transaction; loading the same again changes nothing, and a record whose entry was taken
 * out stays. Returns the files in their order. Throws a SeedError.
 */
export async function seedDatabase({
  em,
  subgraphs,
  seed: wanted = 'real',
  directory = ownSeeds,
  log,
}: SeedOptions): Promise<{ file: string; entries: number }[]> {
  return em.transactional(async (tx) => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(tx.getKysely<unknown>());
    const loaded = new Map<string, number>();
    const all = subgraphs.flatMap((subgraph) => subgraph.seeds);
    const seeds = all.toSorted((a, b) => Number(b.isFirst ?? false) - Number(a.isFirst ?? false));
    for (const seed of wanted === 'demo' ? [...seeds, ...(await madeUpFiles(directory, seeds))] : seeds) {
      const entries = await load(tx, directory, seed, log);
      if (!loaded.has(seed.file)) log?.(`${seed.file}: ${entries} entries`);
      loaded.set(seed.file, entries);
    }
    return Array.from(loaded, ([file, entries]) => ({ file, entries }));
  });
}

/** The files of the demonstration: those kinds of seeds that are there. Throws a SeedError for a file of no kind. */
async function madeUpFiles(directory: string, seeds: readonly SeedFile[]): Promise<SeedFile[]> {
  const found = (await filesIn(join(directory, demonstration))).filter((name) => /\.ya?ml$/.test(name));
  const kinds = [...new Set(seeds.map(({ file }) => file).filter((file) => !file.includes('/')))];
  const faultIn = (file: string, reason: string): SeedFault => ({ file, line: 1, field: '', reason });
  const faults = found
    .filter((name) => !kinds.includes(name))
    .map((name) => faultIn(`${demonstration}/${name}`, `No seeds have this name. Choose one of ${kinds.join(', ')}.`));
  if (found.length === 0) faults.push(faultIn(demonstration, 'There is nothing to load. Put the folder back.'));
  if (faults.length > 0) throw new SeedError(faults);
  return seeds
    .filter(({ file }) => found.includes(file))
    .map((seed) => ({ ...seed, file: `${demonstration}/${seed.file}` }));
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Checks and saves one file; returns how many entries it has. */
async function load(em: EntityManager, directory: string, seed: SeedFile, log: SeedOptions['log']): Promise<number> {
  const kinds = [seed, ...(seed.beside ?? [])];
  const files = await Promise.all(
    kinds.map(async ({ file, entry }) => checked(await readSource(directory, file), entry)),
  );
  const faults = files.flatMap((file) => file.faults);
  if (files.every(({ source }) => source.faults.length === 0)) {
    const [main = [], ...beside] = files.map(({ valid }) => valid.map(({ data }) => data));
    const broken = new Set(files.flatMap((file) => file.broken));
    const told = await seed.save(em, main, ...beside).catch((error: unknown) => refusal(error, main));
    const { true: warnings = [], false: errors = [] } = Object.groupBy(told, ({ isWarning }) =>
      isWarning === true ? 'true' : 'false',
    );
    for (const warning of warnings) log?.(`Warning: ${lineOf(faultOf(warning, files))}`);
    faults.push(
      ...errors
        .filter(({ missing }) => missing === undefined || !broken.has(missing))
        .map((error) => faultOf(error, files)),
    );
  }
  if (faults.length > 0)
    throw new SeedError(faults.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line));
  return files[0]?.valid.length ?? 0;
}

/** A file whose entries were held against their schema. */
interface Checked {
  source: Source;
  faults: SeedFault[];
  valid: { entry: number; data: unknown }[];
  /** Every text in a faulty entry: whoever refers to it must not be told that it is missing. */
  broken: string[];
}

function checked(source: Source, schema: SeedFile['entry']): Checked {
  const { file } = source;
  const result: Checked = {
    source,
    faults: source.faults.map((fault) => ({ file, field: '', ...fault })),
    valid: [],
    broken: [],
  };
  for (const [entry, given] of source.entries.entries()) {
    const { data, error } = schema.safeParse(placedIn(file, given), { error: explain });
    if (error === undefined && !isOfDemonstration(file) && isMadeUp(data))
      result.faults.push(
        fault(source, entry, ['origin'], `Only what stands in ${demonstration}/ is made up. Move it there.`),
      );
    else if (error === undefined) result.valid.push({ entry, data });
    else {
      result.faults.push(...error.issues.flatMap(placed).map(({ path, reason }) => fault(source, entry, path, reason)));
      result.broken.push(...Object.values(given ?? {}).filter((value) => typeof value === 'string'));
    }
  }
  return result;
}

/** An entry with the origin that its folder gives it. */
const placedIn = (file: string, given: unknown): unknown =>
  isOfDemonstration(file) && typeof given === 'object' && given !== null
    ? { ...given, origin: 'DEMONSTRATION' satisfies Origin }
    : given;

const isMadeUp = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'origin' in data && data.origin === 'DEMONSTRATION';

/** One fault per unknown key; the others stand where they stand. */
function placed(issue: core.$ZodIssue): { path: Path; reason: string }[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, reason: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], reason: issue.message }));
}

const fault = (source: Source, entry: number, path: Path, reason: string): SeedFault => ({
  file: source.file,
  line: source.lineOf(entry, path),
  field: path.join('.'),
  reason,
});

function faultOf({ entry, field, message, file }: EntryError, files: Checked[]): SeedFault {
  const { source, valid } = files.find((each) => each.source.file === file) ?? (files[0] as Checked);
  return fault(source, valid[entry]?.entry ?? 0, field, message);
}

/**
 * What only the database sees: a notation that an entry under its earlier slug still holds (SQLSTATE class 23), or a
 * value that its column cannot hold (class 22).
 */
function refusal(error: unknown, entries: readonly unknown[]): EntryError[] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error) || !/^2[23]...$/.test(code)) throw error;
  const detail = 'detail' in error && error.detail ? String(error.detail) : error.message;
  if (code.startsWith('23'))
    return [{ entry: 0, field: [], code: 'CONFLICT', message: `What is stored already stands against it: ${detail}` }];
  // PostgreSQL quotes the value, and knows nothing of entries.
  const value = /"([^"]+)"/.exec(detail)?.[1];
  const entry = entries.findIndex((given) => value !== undefined && JSON.stringify(given).includes(value));
  return [{ entry: Math.max(entry, 0), field: [], code: 'INVALID', message: `The database cannot hold it: ${detail}` }];
}
