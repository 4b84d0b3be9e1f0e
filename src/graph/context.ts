import type { RawBuilder } from 'kysely';
import { inWaves } from './waves.js';

/** Who asks. Row visibility follows from it in PostgreSQL alone (row-level security), never in a resolver. */
export interface Viewer {
  role: 'ANONYMOUS' | 'PARTNER' | 'REVIEWER' | 'ADMIN' | 'SERVICE';
  /** The id of the partner organisation a PARTNER speaks for. */
  partnerId: string | null;
}

export const anonymous: Viewer = { role: 'ANONYMOUS', partnerId: null };

/** Runs statements as the viewer, with bound parameters, and returns their plain rows. One object per request. */
export interface Read {
  <Row>(query: RawBuilder<Row>): Promise<Row[]>;
  /** When a loader may send its batch: DataLoader's `batchScheduleFn`. */
  schedule(dispatch: () => void): void;
}

/** The `Read` of one request, over the database's way of running a statement as its viewer. */
export function readInWaves(run: <Row>(query: RawBuilder<Row>) => Promise<Row[]>): Read {
  const waves = inWaves<RawBuilder<unknown>>(run);
  const read = <Row>(query: RawBuilder<Row>) => waves.run(query) as Promise<Row[]>;
  return Object.assign(read, { schedule: waves.schedule });
}

/** What every subgraph's context is made from. */
export interface RequestContext {
  viewer: Viewer;
  read: Read;
}
