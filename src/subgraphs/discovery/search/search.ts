import type { SearchEngine } from './engine.js';
import type { Vocabulary } from './query.js';

/** How far behind the records an engine is. */
export interface Freshness {
  /** ISO 8601: when the last change that is in was made. */
  upTo: string;
  /** Seconds since the oldest change that is not in; 0 where all are. */
  lag: number;
}

/** What a process that serves searches has for all of its requests. */
export interface Search {
  engine: SearchEngine;
  vocabulary: Vocabulary;
  /** Of the engine that answers, or, `isDegraded`, of the one in its place; null where nothing keeps it up. */
  freshness(isDegraded: boolean): Promise<Freshness | null>;
}
