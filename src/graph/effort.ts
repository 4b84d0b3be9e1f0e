/** What the reads of one request came to so far. */
export interface Effort {
  statements: number;
  rows: number;
  /** How many keys each loader batch held. */
  batches: number[];
}

export const noEffort = (): Effort => ({ statements: 0, rows: 0, batches: [] });
