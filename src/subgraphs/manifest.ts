import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext, Write } from '../graph/context.js';
import type { UserError } from '../graph/errors.js';
import type { Fields } from '../graph/fields.js';
import type { Subgraph } from '../graph/subgraph.js';
import type { ZodType } from 'zod';
import type { Search } from './discovery/search/search.js';

/** What contexts are made from: the request, and what its process has for all of them. */
export interface HouseRequest extends Omit<RequestContext, 'write'> {
  /** Absent where nothing is written, as in tests that only read. */
  write?: Write;
  /** Absent in tests that search nothing. */
  search?: Search;
}

/** What the rest of the house knows of a subgraph. */
export interface Manifest {
  name: string;
  build(): Subgraph;
  /** The context its resolvers get in one request. */
  context(request: HouseRequest): unknown;
  /** The declarations of the records it owns. */
  fields: readonly Fields[];
  /** Seconds that a shared cache may keep answers with its other types. */
  maxAges?: Readonly<Record<string, number>>;
  /** The tables it owns, as classes for writing. */
  entities: readonly EntityClass[];
  /** The seed files it reads, in the order in which they refer to each other. */
  seeds: readonly SeedFile[];
}

type EntityClass = abstract new (...args: never[]) => object;

/** One file of `seeds/`: entries that a service saves. */
export interface SeedFile<Entry = unknown> {
  /** The path below `seeds/`: `.tsv`, an entry a line below a header, or `.yaml`, a list of entries (a mapping is one). */
  file: string;
  /** Whether it is read before the files of all subgraphs: entries of any may refer to it. */
  isFirst?: boolean;
  /** What an entry must be. */
  entry: ZodType<Entry>;
  /** Files that the service needs beside this one, read and checked alike. */
  beside?: readonly Pick<SeedFile, 'file' | 'entry'>[];
  /** Saves all entries idempotently, or none and says why. */
  save(em: EntityManager, entries: Entry[], ...beside: unknown[][]): Promise<EntryError[]>;
}

/** Declares a seed file whose service takes what its schema gives. */
export const seedFile = <Entry>(file: SeedFile<Entry>): SeedFile => file;

/** What is changed of a stored record, or a whole new one; what it leaves out stays as it is. */
export type Change<Entry> = Partial<Omit<Entry, Kept | 'source'>> &
  Pick<Entry, Kept & keyof Entry> & {
    id?: string;
    source?: string | null;
    /** The page that it names first, where its sources stay as they are. */
    mainSource?: string | null;
  };
/** What services look at whatever is changed. */
type Kept = 'slug' | 'origin' | 'confidence' | 'language';

/** A mistake in one of many entries that came together. */
export interface EntryError extends UserError {
  /** Its index. */
  entry: number;
  /** The file beside that it came from, where it is not the main one. */
  file?: string;
  /** Told, and stored all the same. Without it nothing is stored. */
  isWarning?: boolean;
  /** For NOT_FOUND: the key that names nothing. */
  missing?: string;
}
