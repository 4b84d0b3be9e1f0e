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
  /**
   * A search: characters of its query, and its words and phrases, after which words are left out; hits that its pages reach; values
   * of one facet; hits of `suggest` and the like.
   */
  search: { query: 500, words: 30, reach: 10_000, facetValues: 100, suggestions: 20 },
  /** How deep lists and objects may lie in each other in the variables. */
  inputDepth: 32,
  /** Rows that one request may read, and list items that its answer may hold. */
  rows: 50_000,
  bodyBytes: 64 * 1024,
  /** From a router, which asks for the entities of a whole answer at once. */
  routerBodyBytes: 2 * 1024 * 1024,
  tokens: 5_000,
  connections,
  /**
   * Operations under way: one for each connection, as each has at least one statement to wait for. Those that wait for a
   * place do so for `patience` at most, and more than `waiting` are turned away at once.
   */
  operations: { running: connections, waiting: 4 * connections, patience: 500 },
  /**
   * Lists as files: how many are under way at once, of all clients and of one, and of how many a page is read at the same time;
   * rows of the first page, which its reader waits for, and of the others; what one counts towards the quota, which is what the
   * dearest operation of anyone may; `connections` of the pools that they read by; `piece`: bytes that a client has
   * `deadline.reading` to take.
   */
  lists: { open: 24, each: 4, reading: 2, firstPage: 25, page: 50, cost: 2_000, connections: 8, piece: 64 * 1024 },
  /** An operation that takes longer is logged. */
  slow: 1_000,
  /**
   * One operation with its fragments written out: how deep its fields lie, and how many of each it may hold; `pairs` of
   * fields that bear one name at one place; and how many operations a document.
   */
  document: {
    depth: 12,
    introspectionDepth: 15,
    fields: 1_000,
    aliases: 30,
    directives: 50,
    pairs: 10_000,
    variables: 100,
    operations: 50,
  },
  /** What one operation may cost, in values of its answer: by anyone, and by those we know. */
  cost: { anonymous: 2_000, known: 10_000 },
  /**
   * How long a document may be validated, in time of the processor: meanwhile everybody else waits. The largest of ours take
   * a fifth of it in a process that has just begun.
   */
  validation: 100,
  /**
   * What the operations of one account, or of one address of the anonymous, may cost in a window of time; a request is at
   * least worth `least`. IPv6 addresses count by their network of 64 bits. At most `counters` of them are counted apart.
   */
  quota: { cost: 600_000, seconds: 60, least: 10, counters: 65_536 },
  /** Tokens that let nobody in, of one address in a window of time; after them no token of that address is looked at. */
  failedSignIns: { most: 600, seconds: 60, counters: 65_536 },
  /**
   * `headers` and `request`: what a client has for sending them; `silence`: a connection on which nothing moves;
   * `reading`: what a client has for taking an answer.
   */
  deadline: {
    headers: 5_000,
    request: 10_000,
    silence: 10_000,
    reading: 30_000,
    pool: 500,
    statement: 2_000,
    operation: 5_000,
    lameDuck: 1_000,
    shutdown: 10_000,
  },
} as const;
