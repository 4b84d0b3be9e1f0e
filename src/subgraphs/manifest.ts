import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../graph/context.js';
import type { UserError } from '../graph/errors.js';
import type { Subgraph } from '../graph/subgraph.js';
import type { ZodType } from 'zod';

/** What the rest of the house knows of a subgraph. */
export interface Manifest {
  name: string;
  build(): Subgraph;
  /** The context its resolvers get in one request. */
  context(request: RequestContext): unknown;
  /** The tables it owns, as classes for writing. */
  entities: readonly EntityClass[];
  /** The seed files it reads, in the order in which they refer to each other. */
  seeds: readonly SeedFile[];
}

type EntityClass = abstract new (...args: never[]) => object;

/** One file of `seeds/`: a list of entries, each saved by the service that the API uses. */
export interface SeedFile<Entry = unknown> {
  /** The path below `seeds/`. */
  file: string;
  /** Reads the file's text into entries; YAML where it is absent. */
  parse?: (text: string, em: EntityManager) => unknown[];
  entry: ZodType<Entry>;
  /** Saves entries idempotently; the index says to which entry an error belongs. */
  save(em: EntityManager, entries: Entry[]): Promise<EntryError[]>;
}

export interface EntryError extends UserError {
  entry: number;
}
