/** Of each pool that requests read by. */
const connections = 20;

/** The limits every answer keeps, whatever mode serves it. Times in milliseconds. */
export const limits = {
  /** Rows of one page when the client names no size, and at most. */
  pageDefault: 20,
  page: 100,
  /** `totalCount` is exact up to this many rows. */
  exactCount: 10_000,
  /** One `where`: its comparisons, and how deep `and`, `or` and `not` may lie in each other. */
  where: { conditions: 50, depth: 8 },
  /** How deep lists and objects may lie in each other in the variables. */
  inputDepth: 32,
  /** Rows that one request may read, and list items that its answer may hold. */
  rows: 50_000,
  bodyBytes: 64 * 1024,
  tokens: 5_000,
  connections,
  /**
   * Operations under way: one for each connection, as each has at least one statement to wait for. Those that wait for a
   * place do so for `patience` at most, and more than `waiting` are turned away at once.
   */
  operations: { running: connections, waiting: 4 * connections, patience: 500 },
  /** An operation that takes longer is logged. */
  slow: 1_000,
  /** `headers` and `request`: what a client has for sending them; `silence`: a connection on which nothing moves. */
  deadline: {
    headers: 5_000,
    request: 10_000,
    silence: 10_000,
    pool: 500,
    statement: 2_000,
    operation: 5_000,
    lameDuck: 1_000,
    shutdown: 10_000,
  },
} as const;
