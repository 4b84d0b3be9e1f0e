import type { RawBuilder } from 'kysely';

/** Who asks. Row visibility follows from it in PostgreSQL alone (row-level security), never in a resolver. */
export interface Viewer {
  role: 'ANONYMOUS' | 'PARTNER' | 'REVIEWER' | 'ADMIN' | 'SERVICE';
  /** The id of the partner organisation a PARTNER speaks for. */
  partnerId: string | null;
}

export const anonymous: Viewer = { role: 'ANONYMOUS', partnerId: null };

/** Runs one statement as the viewer, with bound parameters, and returns its plain rows. */
export type Read = <Row>(query: RawBuilder<Row>) => Promise<Row[]>;

/** What every subgraph's context is made from. */
export interface RequestContext {
  viewer: Viewer;
  read: Read;
}
