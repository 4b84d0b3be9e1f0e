import type { SearchEngine } from './engine.js';
import type { Vocabulary } from './query.js';

/** How far behind the records an engine is. */
export interface Freshness {
  /** ISO 8601: changes up to this moment are in. */
  upTo: string;
  /** Seconds between the last change that is in and the last there is. */
  lag: number;
}

/** What a process that serves searches has for all of its requests. */
export interface Search {
  engine: SearchEngine;
  vocabulary: Vocabulary;
  /** Null where nothing keeps the engine up. */
  freshness(): Promise<Freshness | null>;
}
